"""Plain words: what somebody may want who types without knowing a command (FEATURES I8)."""

import re
from dataclasses import dataclass

from bot.domain.plain_rules import RULES, Want

MOST = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """One thing that may be wanted, with what it is about: a name, a field, a day."""

    want: Want
    about: str = ""
    place: str = ""
    company: str = ""
    when: str = ""


_END = r"\s*[.!?…]*\s*"
_COMPILED = tuple(
    (want, re.compile(rf"\s*(?:{rule}){_END}", re.IGNORECASE)) for want, rule in RULES
)
_POLITE = re.compile(
    r"((please|pls|can you|could you|would you|can i|i just|hey|hi|hello|hallo|snowball|um+|so|well"
    r"|ok|okay|yes|yeah|no|just)[,!.]?\s+)+",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"(a|an|the|some|any|someone|somebody|anyone|people|alumni|alums?|folks|who works?|who is|who|"
    r"in|at|with|to|about|for|my|as|else|good)\s+",
    re.IGNORECASE,
)
_ANYBODY = re.compile(
    r"(me|(some|any)(one|body)|everyone|people|folks|alum(ni|nus|na|s)?|an?|person|mentor|guy|man"
    r"|woman|else|who|that|(is )?work(s|ing)?|is|does|doing|in|as)(\s+|$)",
    re.IGNORECASE,
)
"""What stands before the field in "somebody who works in film"; alone it names none."""
_PLACED = re.compile(r"(?P<about>.+?) (?:in|near|around) (?P<place>.+)", re.IGNORECASE)
_BEHIND = re.compile(
    r"(\s+(today|yesterday|now|please|pls|just now|earlier|for me|again|too|already|first))+$",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s*(,| (is|was|works|who|and (she|he|they)|because|but)\b).*", re.IGNORECASE)
_NOBODY_IN = re.compile(
    r"(?:an? |the |some )?(?:someone|somebody|(?:wo)?man|guy|lady|girl|boy|person|people)"
    r" (?:at|in|from|on|who|there)\b.*",
    re.IGNORECASE,
)
_NO_NAME = frozenset(
    {
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "him",
        "her",
        "them",
        "people",
        "they",
        "she",
        "he",
        "it",
        "this",
        "that",
        "one",
        "me",
        "you",
        "us",
        "guy",
        "woman",
        "man",
        "person",
        "alum",
        "alumna",
        "alumnus",
        "stranger",
        "nobody",
        "friend",
        "everyone",
        "family",
        "parents",
        "mentor",
    }
)
_NAMED: frozenset[Want] = frozenset(
    (
        "log", "book", "prep", "thank", "thanked", "ask", "add", "replied", "declined", "silence",
        "rebook", "remove", "sent",
    )
)  # fmt: skip
LONGEST = 300
"""More than this is a story; what it wants is not guessed."""


def guess(words: str) -> list[Guess]:
    """Up to three things that these words may want, the likeliest first; [] when nothing fits."""
    plain = " ".join(words.replace("’", "'").split()).lstrip("/").strip()
    if not plain or len(plain) > LONGEST:
        return []
    if not any(each.isalnum() or each == "?" for each in plain):
        return [Guess("menu")]  # a thumb, a heart: somebody is there
    plain = re.sub(r"[^\w.!?)\"']+$", "", plain)
    return _guessed(plain) or _guessed(_POLITE.sub("", plain, count=1))


def _guessed(plain: str) -> list[Guess]:
    found: list[Guess] = []
    for want, rule in _COMPILED:
        fits = rule.fullmatch(plain)
        if fits is None or any(each.want == want for each in found):
            continue
        found.append(_from(want, {key: said or "" for key, said in fits.groupdict().items()}))
    return found[:MOST]


def _from(want: Want, said: dict[str, str]) -> Guess:
    about = said.get("about", "").strip(" .!?,")
    if want in _NAMED:
        about = "" if _NOBODY_IN.fullmatch(about) else _CLAUSE.sub("", about)
    about = _trimmed(about)
    if want in _NAMED and about.casefold() in _NO_NAME:
        about = ""
    place, company, when = (said.get(key, "").strip() for key in ("place", "company", "when"))
    if want == "find":
        about, place = _sought(about, place)
    return Guess(want, about, place, company, when)


def _sought(about: str, place: str) -> tuple[str, str]:
    """Without a word for anybody: "somebody in film in Chicago" is film, in Chicago.

    What is "in" one thing only may be a place or a field; who knows both decides.
    """
    while (fits := _ANYBODY.match(about)) is not None:
        about = about[fits.end() :]
    if not about and (both := _PLACED.fullmatch(place)) is not None:
        return both["about"], both["place"]
    return about, place


def _trimmed(about: str) -> str:
    about = _BEHIND.sub("", about)
    while (fits := _NOISE.match(about)) is not None:
        about = about[fits.end() :]
    return about.strip()
