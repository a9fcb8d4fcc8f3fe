"""A time zone inside typed words: "their time", "ET", "Berlin time", "in London"."""

import re

from whenever import Instant

from bot.domain.cities import SHORT
from bot.domain.time_phrases import UnreadableError
from bot.domain.zones import parse_zone

_THEIRS = re.compile(r"\b(?:(?:in )?(?:their|his|her) (?:own )?(?:time ?zone|time|zone))\b")
_MINE = re.compile(r"\b(?:(?:in )?(?:my|our|local) (?:own )?(?:time ?zone|time|zone)|here)\b")
_BEFORE_TIME = re.compile(r"(?P<words>(?:[^\W\d_][\w.'-]*\s+){1,4})time(?: ?zone)?\b")
_IN_PLACE = re.compile(r"\bin (?P<words>[^\W\d_][^\d:]*)$")
# Short names that are also everyday words are zones only before "time".
_SHORT = sorted(set(SHORT) - {"at", "eat", "art", "wat", "west", "z", "central", "mountain"})
_SHORT_NAME = re.compile(r"(?<=[\d\s])(?P<short>" + "|".join(_SHORT) + r")\b(?! time)")

UNKNOWN_THEIRS = "I do not know their time zone. Add a large city, as in “15:00 Chicago time”."
SEVERAL = "That time zone could be several. Name a large city, as in “15:00 Chicago time”."


def take_zone(text: str, zone: str, their_zone: str | None, now: Instant) -> tuple[str | None, str]:
    """The zone that `text` names, if it names one, and the words around it."""
    if found := _THEIRS.search(text):
        if their_zone is None:
            raise UnreadableError(UNKNOWN_THEIRS)
        return their_zone, _cut(text, *found.span())
    if found := _MINE.search(text):
        return zone, _cut(text, *found.span())
    if found := _BEFORE_TIME.search(text):
        return _named_before(text, found, now)
    if found := _SHORT_NAME.search(text):
        named = "UTC" if found["short"] == "gmt" else parse_zone(found["short"], now)
        if named is None:
            raise UnreadableError(SEVERAL)
        return named, _cut(text, *found.span())
    found = _IN_PLACE.search(text)
    named = parse_zone(found["words"], now, whole=True) if found else None
    return (named, text[: found.start()]) if found and named else (None, text)


def _named_before(text: str, found: re.Match[str], now: Instant) -> tuple[str | None, str]:
    """The longest run of words before "time" that names a zone."""
    words = found["words"].split()
    for first in range(len(words)):
        name = " ".join(words[first:])
        if named := parse_zone(name, now, whole=True):
            start = text.rindex(words[first], 0, found.end("words"))
            if first == 0:
                start = found.start()
            return named, _cut(text, start, found.end())
    if words[-1] in SHORT:
        raise UnreadableError(SEVERAL)
    return None, text


def _cut(text: str, start: int, end: int) -> str:
    return f"{text[:start]} {text[end:]}"
