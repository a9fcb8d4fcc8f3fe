"""Whom a student should meet, in which order and why (FEATURES K1).

People they know, alumni in the field, alumni next to it; leaders only when known or introduced.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.fields import Fields, Meant
from bot.domain.people import ContactKind
from bot.domain.promises import split_names
from bot.domain.tidy import fold

MOST_KNOWN = 10
"""Names taken from one form."""
CONTRASTING = 3
UNSURE = frozenset({"not sure", "not sure yet", "unsure", "no idea", "i dont know", "dont know"})
_CLAUSE = re.compile(r"[,;.\n]+|\band\b|\bor\b|\bund\b|&")
_IS_A = re.compile(r",\s*((?:an?|the)\s+[^,;\n]+)")
_ARTICLE = re.compile(r"(?:an?|the)\s+(.+)")
_MY = re.compile(r"^(?:(?:my|our|an?|the|old|former|first|best|dear)\s+)+", re.IGNORECASE)
_BEFORE_NAME = re.compile(r"^(?:[a-zà-ÿ-]+\s+)+(?=\S)")
_FAR_APART = ("nursing", "software-development", "marketing", "high-school-teaching", "accounting")
"""Where interests say nothing: work of five sorts that most directories have people in."""


class Reason(StrEnum):
    """Why somebody is proposed; in the order of the wish list."""

    KNOWN = "known"
    FIELD = "field"
    NEAR = "near"
    LEADER = "leader"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody who may be met. ``near``: the neighbouring field they work in, if it is one.

    ``known``: the student knows them; ``introduced_by``: who told the student about them.
    """

    id: int
    name: str
    leads: bool = False
    """Whether their title says that they lead an organisation."""
    listed: bool = False
    """Whether they are a contact already; ``id`` is then the contact's, else the alum's."""
    known: bool = False
    introduced_by: str = ""
    near: str = ""


def reason_for(candidate: Candidate) -> Reason | None:
    """Why to meet them; None: not now, a leader is reached through somebody."""
    if candidate.leads:
        return Reason.LEADER if candidate.known or candidate.introduced_by else None
    if candidate.known:
        return Reason.KNOWN
    return Reason.NEAR if candidate.near else Reason.FIELD


def in_order(candidates: Iterable[Candidate]) -> list[tuple[Candidate, Reason]]:
    """Whom to meet, who is nearest first; within a reason the order given stays."""
    places = {reason: place for place, reason in enumerate(Reason)}
    wanted = [(each, why) for each in candidates if (why := reason_for(each)) is not None]
    return sorted(wanted, key=lambda pair: places[pair[1]])


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Somebody the student says that they know."""

    name: str
    company: str
    kind: ContactKind
    title: str = ""


_KINDS = (
    (ContactKind.PROFESSOR, "prof professor professeur teacher tutor adviser advisor counselor dr"),
    (ContactKind.COWORKER, "coach manager boss supervisor colleague coworker mentor chef"),
)


def acquaintances(words: str) -> tuple[Acquaintance, ...]:
    """The people in an answer to "who already knows you and works?"; family unless it says.

    What stands behind a comma as "a bookseller" is what somebody is, and nobody of their own."""
    found = [_acquaintance(*each) for each in split_names(_IS_A.sub(r" (\1)", words))]
    return tuple(found[:MOST_KNOWN])


def _acquaintance(said: str, behind: str) -> Acquaintance:
    """ "my old coach Tom Brandt" is called Tom Brandt; "my aunt" stays an aunt."""
    name = _MY.sub("", said)
    own_name = _BEFORE_NAME.sub("", name)
    title = _ARTICLE.match(behind)
    return Acquaintance(
        own_name if own_name[:1].isupper() else name,
        "" if title else behind,
        _kind(said),
        title[1] if title else "",
    )


def _kind(name: str) -> ContactKind:
    said = set(fold(name).split())
    for kind, words in _KINDS:
        if said & set(words.split()):
            return kind
    return ContactKind.FAMILY


def is_unsure(words: str) -> bool:
    """Whether an answer to "which field?" means that they do not know yet."""
    return fold(words).replace("'", "").strip(" .!?") in {"", *UNSURE}


def contrasting(fields: Fields, *said: str) -> list[Meant]:
    """Three fields of different areas for somebody who is not sure, from what they like.

    Each interest has its turn before any has a second; at last, work of very different sorts."""
    parts = [part.strip() for words in said for part in _CLAUSE.split(words) if part.strip()]
    meant = [list(fields.understand(part).fields) for part in [*parts, *said]]
    by_turns = [
        each[turn] for turn in range(max(map(len, meant), default=0)) for each in meant
        if turn < len(each)
    ]  # fmt: skip
    near = [each for one in meant for each in fields.near(tuple(one))]
    usual = [
        Meant(key, fields.by_id[key].label, 0.0, "near")
        for key in _FAR_APART
        if key in fields.by_id
    ]
    chosen = _one_an_area(fields, by_turns)
    if len(chosen) < CONTRASTING:  # one neighbour is enough: neighbours are no contrast
        chosen = _one_an_area(fields, [*chosen, *near])[: len(chosen) + 1]
    return _one_an_area(fields, [*chosen, *usual])


def _one_an_area(fields: Fields, meant: Sequence[Meant]) -> list[Meant]:
    chosen: dict[str, Meant] = {}
    for each in meant:
        chosen.setdefault(fields.by_id[each.id].area or each.id, each)
    return list(chosen.values())[:CONTRASTING]
