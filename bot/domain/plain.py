"""Plain words: what somebody may want who types without knowing a command (FEATURES I8)."""

import re
from dataclasses import dataclass
from typing import Literal

Want = Literal[
    "menu",
    "help",
    "log",
    "find",
    "stop",
    "pause",
    "question",
    "thank",
    "thanked",
    "add",
    "checkin",
    "settings",
    "contacts",
    "ask",
    "talks",
    "start",
    "due",
]
MOST = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that may be wanted, with what it is about: a name, a field, a day."""

    want: Want
    about: str = ""


_ABOUT = r"(?P<about>.{1,120})"
_WITH = r"(?:talked|spoke|chatted|met(?: up)?|interviewed|called)"
_HAD = r"had (?:a )?(?:coffee|call|lunch|chat|talk|interview|meeting)"
_KIN = (
    r"my (?:aunt|uncle|mom|dad|mother|father|cousin|coach|boss|neighbou?r|friend|professor|teacher)"
)
_SEEK = (
    r"(?:find|search(?: for)?|look(?:ing)? for|show me|i need|interested in|curious about"
    r"|i want(?: to (?:talk to|meet|be|work in|work with|do))?|i'd like to (?:meet|be|work in)"
    r"|who (?:works|is) (?:in|at|with)|(?:some|any)(?:one|body) (?:in|at|who (?:works|is) in)"
    r"|(?:people|alumni|alums) (?:in|at|who work in))"
)
_WRITE = r"(?:ask|write(?: to)?|e-?mail|message|contact|reach out to|draft(?: a note to)?)"
_RULES: tuple[tuple[Want, str], ...] = (
    ("stop", r"(please )?(stop|unsubscribe|quit|leave me alone|no more( messages)?|opt out)\b.*"),
    ("pause", r"(pause|quiet|silence|mute)( me)?( (until|till|for) (?P<about>.{1,60}))?"),
    ("pause", r"(i'?m |i am )?(away|on (holiday|vacation)|sick|busy)( until (?P<about>.{1,60}))?"),
    ("start", r"(start|join|opt in|sign me up|subscribe|count me in|resume)\b.*"),
    ("menu", r"(hi|hello|hey|hallo|hola|moin|good (morning|afternoon|evening)|yo)( there| all)?"),
    ("menu", r"(hi |hello |hey )?(snowball|menu|home|today)"),
    ("help", r"(help|what can you do|how does (this|it) work|commands|\?+)\b.*"),
    ("thanked", rf"(i |i've |i have )?(just )?(thanked|said thank you to) {_ABOUT}"),
    ("thank", rf"(say )?(thanks?|thank you)( note| letter)?( to| for)? {_ABOUT}"),
    ("thank", r"(say )?(thank you|thanks)( note)?"),
    ("log", rf"(i |i've |i have |we |just )*({_WITH}|{_HAD})( with| to)? {_ABOUT}"),
    ("log", rf"log( a| my)?( talk| interview| chat)?( with)?( {_ABOUT})?"),
    ("question", r"(give me |i need |get )?(a |some |good )*questions?( .*)?"),
    ("question", r"what (should|can|do) i ask.*"),
    ("checkin", r"(check ?-?in|my week|weekly)\b.*"),
    ("settings", r"(change |set )?(my )?(settings|time ?zone|quiet hours|goal|reminders?)\b.*"),
    ("contacts", r"(my )?(contacts|people|list|network|who do i know)\b.*"),
    ("talks", r"(my )?(talks|interviews|log)\b.*"),
    ("due", r"(what('s| is) )?(due|next|open)\b.*"),
    ("ask", rf"(i want to |help me |can i |how (do|can) i )?{_WRITE} {_ABOUT}"),
    ("add", rf"(add|save|remember|new contact:?|i know|{_KIN}) {_ABOUT}"),
    ("find", rf"(can you |please |help me )*{_SEEK} {_ABOUT}"),
)
_COMPILED = tuple(
    (want, re.compile(rf"\s*{rule}\s*[.!?]*\s*", re.IGNORECASE)) for want, rule in _RULES
)
_NOISE = re.compile(
    r"^(a|an|the|some|any|someone|somebody|people|alumni|alums?|folks|who works?|in|at|with|to|"
    r"about|for|my)\s+",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\s+(today|yesterday|this (morning|afternoon|week)|last (night|week)|now|please|just now|"
    r"earlier)$",
    re.IGNORECASE,
)


def guess(words: str) -> list[Guess]:
    """Up to three things that these words may want, the likeliest first; [] when nothing fits."""
    plain = words.replace("’", "'").strip()
    found: list[Guess] = []
    for want, rule in _COMPILED:
        fits = rule.fullmatch(plain)
        if fits is None or any(each.want == want for each in found):
            continue
        about = (fits.groupdict().get("about") or "").strip(" .!?,")
        found.append(Guess(want, _trimmed(about)))
    return found[:MOST]


def _trimmed(about: str) -> str:
    about = _TIME.sub("", about)
    while (shorter := _NOISE.sub("", about)) != about:
        about = shorter
    return about.strip()
