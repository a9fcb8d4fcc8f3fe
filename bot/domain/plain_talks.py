"""How people say that a note is sent, a talk moves or fell through, or a name goes off the list."""

from typing import Literal

TalksWant = Literal["rebook", "remove", "sent"]

_ABOUT = r"(?P<about>.{1,120}?)"
_TALK = r"(?:coffee|call|phone call|lunch|chat|talk|interview|meeting|conversation|zoom|booking)"
_CHANGE = r"(?:move|reschedule|postpone|put off|cancel|call off|change)"
_NOT = r"(?:did(?:n'?t| not)|never)"
TALKS: tuple[tuple[TalksWant, str], ...] = (
    (
        "sent",
        (
            r"(?:i |i've |i have )?(?:just |already |finally )*(?:sent|e-?mailed|mailed)"
            r"(?: (?:it|this|that|them|(?:the|my|a) (?:note|mail|e-?mail|message|letter|ask)))?"
            rf"(?: (?:off|out))?(?: to)?(?: {_ABOUT})?(?: (?:today|yesterday|already|just now))*"
        ),
    ),
    (
        "rebook",
        (
            r"(?:i (?:need|have|want|would like) to |i'?d like to |can (?:we|i) )?"
            rf"{_CHANGE} (?:my |the |our |an? )?{_TALK}(?: with {_ABOUT})?"
        ),
    ),
    (
        "rebook",
        (
            rf"{_ABOUT} (?:has |had to |just )*(?:cancel\w*|call\w* (?:it )?off|postponed?"
            rf"|reschedul\w+|stood me up|no-?show\w*|{_NOT} (?:show(?:ed)?(?: up)?|come|came"
            r"|turn(?:ed)? up|make it))(?: (?:on me|today|yesterday|our|the|it|talk|call|meeting))*"
        ),
    ),
)
REMOVE: tuple[tuple[TalksWant, str], ...] = (
    (
        "remove",
        (
            rf"(?:delete|remove|take) {_ABOUT}"
            r"(?: (?:from|off)(?: of)? (?:my|the) (?:list|contacts?|people))?"
        ),
    ),
)
"""Behind "delete everything": only a name that is on the list is meant."""
