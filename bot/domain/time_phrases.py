"""A time of day inside typed words: "3pm", "half past four", "14h30", "noon", "24:00".

`take_time` cuts it out and hands back what is left, so that nothing is overlooked.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import LiteralString

from whenever import Time


class UnreadableError(ValueError):
    """The words cannot mean what they say; `why` is a sentence without any of them."""

    def __init__(self, why: LiteralString) -> None:
        super().__init__(why)
        self.why: LiteralString = why


@dataclass(frozen=True, slots=True)
class TimeFound:
    """A wall-clock time; `other` is the second way to read it. 24:00 is midnight a day later."""

    time: Time
    days: int = 0
    other: Time | None = None


_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "twenty-five": 25,
    "twenty five": 25, "quarter": 15, "a quarter": 15, "half": 30,
}  # fmt: skip
_HOUR_WORD = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_HALF = r"(?:\s*(?P<half>am|pm|a\.m\.?|p\.m\.?|[ap])(?![\w.]))?"
_PART = re.compile(
    r"\b(?:in the |this )?(?P<part>morning|afternoon|evening|night|tonight|nachmittags?|abends?)\b"
)
_HOURS = rf"(?P<hours>\d{{1,3}}(?:\.\d)?|half an?|an?|{_HOUR_WORD}) ?(?:hours?|hrs?|h)(?![a-z])"
_MINUTES = rf"(?P<minutes>\d{{1,4}}|{_HOUR_WORD}|twenty|a) ?(?:minutes?|mins?|min|m)?"
_LENGTH = rf"(?:{_HOURS}(?P<half> and a half)?)?(?: ?(?:and )?{_MINUTES}\b)?"
_SPAN = re.compile(rf"in (?=[\w.])(?![\d]+$){_LENGTH}")
_SPAN_BACK = re.compile(rf"{_LENGTH} (?:(?P<back>ago)|from now|later)")
_OF_PART = re.compile(
    rf"(?<![\w:./])(?:at )?(?P<hour>{_HOUR_WORD}|\d{{1,2}})(?::(?P<minute>\d{{2}}))? "
    r"(?:in the (?P<part>morning|afternoon|evening)|at night)\b"
)
_NO_SUCH_TIME = "There is no such time of day."

_CLOCK = re.compile(
    rf"(?<![\w:./])(?P<hour>\d{{1,2}})(?::|h|\.)(?P<minute>\d{{2}})(?::\d{{2}})?(?![\d./:]\d|\d)"
    rf"{_HALF}(?:\s*(?:uhr|hrs|hours|h)\b)?"
)
_HALF_ONLY = re.compile(
    r"(?<![\w:./])(?P<hour>\d{1,2})\s*(?P<half>am|pm|a\.m\.?|p\.m\.?|[ap])(?![\w.])"
)
_UHR = re.compile(r"(?<![\w:./])(?P<hour>\d{1,2})\s*(?:uhr|h)\b(?:\s*(?P<minute>\d{2})\b)?")
_MILITARY = re.compile(r"\b(?P<hour>\d{2})(?P<minute>\d{2})\s*(?:h|hrs|hours|uhr)\b")
_AT_MILITARY = re.compile(r"(?:\bat |@ ?)(?P<hour>\d{2})(?P<minute>\d{2})\b")
_PAST = re.compile(
    r"\b(?P<minutes>half|a quarter|quarter|five|ten|twenty[ -]five|twenty|\d{1,2})"
    r"(?: minutes?| mins?)? (?P<side>past|after|to|before|till) "
    rf"(?P<hour>{_HOUR_WORD}|\d{{1,2}}|noon|midnight)\b{_HALF}"
)
_OCLOCK = re.compile(rf"\b(?P<hour>{_HOUR_WORD}|\d{{1,2}}) ?o'?clock\b{_HALF}")
_AT = re.compile(rf"(?:\bat |@ ?)(?P<hour>{_HOUR_WORD}|\d{{1,2}})(?![\w:./])")
_NAMED = re.compile(r"\b(?P<named>noon|midday|midnight|mittags?|mitternacht|midi|minuit)\b")
_BARE = re.compile(rf"^(?P<hour>{_HOUR_WORD}|\d{{1,2}})$")
_NOON = ("noon", "midday", "mittag", "mittags", "midi")


def take_time(text: str, *, daytime: bool = True) -> tuple[TimeFound | None, str]:
    """The one time in `text` and the words around it.

    daytime: "half past four" is the afternoon's, since hardly anybody meets at night; the other
    reading is kept beside it. Raises `UnreadableError` for 25:00 and for "tomorrow morning".
    """
    if found := _OF_PART.search(text):
        groups = found.groupdict()
        return _read_hour(groups, groups.pop("part") or "night", daytime), _cut(text, found)
    part = _PART.search(text)
    rest = _cut(text, part) if part else text
    for pattern, read in _READERS:
        if found := pattern.search(rest):
            time = read(found.groupdict(), part["part"] if part else "", daytime)
            return time, _cut(rest, found)
    if part:
        raise UnreadableError("At what time? Add one, such as 9:30 or 3pm.")
    return None, text


def without_part_of_day(text: str) -> str:
    """`text` without "afternoon" and the like, which tell no day."""
    return _PART.sub(" ", text)


def take_bare_time(text: str, *, daytime: bool = True) -> TimeFound | None:
    """A number that stands alone where only a time is missing ("tomorrow 9")."""
    found = _BARE.match(text.strip())
    return _read_hour(found.groupdict(), "", daytime) if found else None


def take_hours(text: str) -> int | None:
    """Seconds from now, for a text that is nothing but hours and minutes ("in 90 minutes")."""
    found = _SPAN.fullmatch(text) or _SPAN_BACK.fullmatch(text)
    if found is None:
        return None
    groups = found.groupdict()
    minutes = _amount(groups["hours"]) * 60 + _amount(groups["minutes"])
    minutes += 30 if groups["half"] else 0
    return round(minutes * 60) * (-1 if groups.get("back") else 1)


def _amount(written: str | None) -> float:
    if not written:
        return 0
    if written in ("half an", "half a"):
        return 0.5
    if written in ("a", "an"):
        return 1
    return _WORDS.get(written) or float(written)


def _cut(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"


Groups = dict[str, str | None]


def _read_hour(groups: Groups, part: str, daytime: bool) -> TimeFound:
    written = groups["hour"] or ""
    hour = _WORDS.get(written) or int(written)
    minute = int(groups.get("minute") or 0)
    half = (groups.get("half") or _half_of(part, hour))[:1]
    exact = written.startswith("0") or not daytime
    return _settle(hour, minute, half, exact=exact)


def _half_of(part: str, hour: int) -> str:
    if part == "morning":
        return "a"
    if part == "night" and hour < 6:
        return "a"
    return "p" if part else ""


def _settle(hour: int, minute: int, half: str, *, exact: bool) -> TimeFound:
    if hour == 24 and minute == 0 and not half:
        return TimeFound(Time(0), days=1)
    if hour > 23 or minute > 59 or (half and hour == 0):
        raise UnreadableError(_NO_SUCH_TIME)
    if half and hour <= 12:
        return TimeFound(Time(hour % 12 + (12 if half == "p" else 0), minute))
    if half == "a":
        raise UnreadableError(_NO_SUCH_TIME)
    if exact or hour == 0 or hour > 12:
        return TimeFound(Time(hour, minute))
    other = Time((hour + 12) % 24, minute)
    if hour < 7:
        return TimeFound(other, other=Time(hour, minute))
    return TimeFound(Time(hour, minute), other=other if hour < 12 else None)


def _read_past(groups: Groups, part: str, daytime: bool) -> TimeFound:
    hour_word, minutes_word = groups["hour"] or "", groups["minutes"] or ""
    named = {"noon": 12, "midnight": 24}.get(hour_word)
    hour = named or _WORDS.get(hour_word) or int(hour_word)
    minutes = _WORDS.get(minutes_word.replace("-", " ")) or int(minutes_word)
    if minutes > 59 or hour > 24:
        raise UnreadableError(_NO_SUCH_TIME)
    if groups["side"] in ("to", "before", "till"):
        hour, minutes = hour - 1 or 12, 60 - minutes
    if hour == 24:
        hour = 0
    half = (groups.get("half") or _half_of(part, hour))[:1]
    return _settle(hour, minutes, half, exact=not daytime or bool(named))


def _read_named(groups: Groups, part: str, daytime: bool) -> TimeFound:
    del part, daytime
    # Midnight is the end of the day it is said of, as in "the deadline is Friday midnight".
    return TimeFound(Time(12)) if groups["named"] in _NOON else TimeFound(Time(0), days=1)


Reader = Callable[[Groups, str, bool], TimeFound]
_READERS: tuple[tuple[re.Pattern[str], Reader], ...] = (
    (_PAST, _read_past),
    (_CLOCK, _read_hour),
    (_HALF_ONLY, _read_hour),
    (_MILITARY, _read_hour),
    (_AT_MILITARY, _read_hour),
    (_UHR, _read_hour),
    (_OCLOCK, _read_hour),
    (_NAMED, _read_named),
    (_AT, _read_hour),
)
