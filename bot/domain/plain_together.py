"""How people say what they want of what the class does together (FEATURES I8, E5, G3, G4)."""

from typing import Literal

TogetherWant = Literal["partner", "events", "going", "not going", "met there", "new event", "win"]

_ABOUT = r"(?P<about>.{2,80}?)"
_EVENTS = r"(?:events?|careers? (?:nights?|fairs?|days?)|job fairs?|meet-?ups?|happenings)"
_PEOPLE = r"(?:people|someone|somebody|folks|recruiters?|employers?|alumni|nobody|no ?one)"
_PRACTISE = r"(?:practi[cs]e|rehears\w+)"
TOGETHER: tuple[tuple[TogetherWant, str], ...] = (
    ("partner", r"(?:no more|stop|cancel|quit)(?: the| my)?(?: practi[cs]e)? partners?"),
    (
        "partner",
        (
            r"(?:find|get|give|i (?:want|need)|i'?d like|can i have|looking for|who(?: is|'?s))"
            r"(?: me| us)?(?: an?| my)?(?: new)?"
            r"(?: practi[cs]e| rehears\w+| study| interview)*"
            r" (?:partner|buddy)(?: please| this week)?"
        ),
    ),
    (
        "partner",
        (
            rf"(?:i (?:want|need|would like) to |can (?:i|we) |let(?:'s| me) )?{_PRACTISE}"
            r"(?: (?:an? )?(?:talk|interview|mock interview))?"
            r"(?: with (?:someone|somebody|an?(?:other)? (?:classmate|student|partner|friend)))?"
        ),
    ),
    ("partner", r"(?:an? )?mock interviews?|pair me(?: up)?(?: with (?:someone|somebody))?"),
    (
        "partner",
        r"we (?:practi[cs]ed?|did(?:n'?t| not)? practi[cs]e)(?: together| this week)?",
    ),
    (
        "new event",
        (
            rf"(?:add|post|announce|share|create|new)(?: an?| the| my)?(?: new)? {_EVENTS}"
            r"(?: (?:called|named) .{2,60})?"
        ),
    ),
    ("new event", rf"there(?:'s| is)(?: going to be)? an? {_EVENTS}(?: .{{2,80}})?"),
    (
        "events",
        (
            r"(?:any|what|which|are there(?: any)?|is there an?|show(?: me)?|list|see|upcoming|next"
            rf"|the next)?(?: the| all| any| our)?(?: upcoming| next)? ?{_EVENTS}"
            r"(?: (?:on|coming(?: up)?|ahead|near me|this week|this month|soon|today|tomorrow))*"
        ),
    ),
    ("events", r"what(?:'?s| is) (?:on|happening|coming up)(?: this (?:week|month)| soon)?"),
    (
        "not going",
        (
            r"(?:sorry )?(?:i |we )?(?:can'?t|cannot|won'?t|will not) (?:make it(?: to)?|go to"
            rf"|come to|be at|attend) {_ABOUT}"
        ),
    ),
    ("not going", rf"(?:i'?m |i am |we'?re )not (?:going|coming) to {_ABOUT}"),
    ("going", rf"(?:i'?m |i am |we'?re |i will be |i'?ll be )(?:going|coming) to {_ABOUT}"),
    (
        "going",
        (
            r"(?:count me in|sign me up|rsvp|put me down|register me|i want to go|i'?d like to go"
            rf"|i'?ll (?:go|come)|i will (?:go|come))(?: for| to| at)+ {_ABOUT}"
        ),
    ),
    (
        "met there",
        (
            r"(?:i |we )?(?:just )?met (?:a |an |few |some |lots of |many |new |great |nice "
            rf"|two |three )*{_PEOPLE} at {_ABOUT}"
        ),
    ),
    (
        "met there",
        rf"(?:i |we )(?:just )?(?:went to|was at|were at|have been to|attended) {_ABOUT}",
    ),
    (
        "win",
        r"(?:share|post|tell(?: the| my)? class)(?: an?| my| this| about my)* (?:win|success)\b.*",
    ),
    ("win", r"(?:i (?:have|had) )?(?:an? |my )?(?:big |small |little )?(?:win|success)(?: today)?"),
)
"""What is named is looked for among the events; where there is none, nothing was meant."""
