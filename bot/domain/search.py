"""The directory's search, as rules: an alum's tokens, and what to look for in which order.

A token is a letter that says what it is about and a word: ``tnurse`` in the title, ``pboston`` in
the place, ``spublish`` in the field that is stated, ``fnursing9`` a field and how surely (9, 7, 5
or 3). The database only matches tokens.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.domain.field_words import split, stem
from bot.domain.fields import Fields, Meant, Understanding

TITLE, EMPLOYER, PLACE, MAJOR, FIELD, YEAR = "t", "e", "p", "m", "f", "y"
STATED = "s"
"""A word of the field that the directory itself names for somebody."""
LEVELS = ((0.88, 9), (0.7, 7), (0.5, 5), (0.2, 3))
"""From which weight on an alum's field has which level."""
WORTH = {9: 1.0, 7: 0.82, 5: 0.56, 3: 0.3}
RANKED = 450
"""Who scores less is not of the field asked."""
NEAR_ENOUGH = 7
"""Neighbours are shown from this level on: weak signs of a neighbouring field are noise."""
STEP = 80
"""Scores this close count as equally relevant, and the more available comes first."""
BY_TURNS = 2
"""Alumni of one neighbouring field before it is the next one's turn."""


POOL = 2_000
"""So many are looked at by one arm: enough for 200 pages, and as quick in any directory."""
NEAR_POOL = 50
"""So many of one neighbouring field."""
MOST_NEAR = 8
"""Neighbouring fields that are looked at."""
SAME_WORD = 150
"""What a word of the question in a neighbour's title is worth."""


@dataclass(frozen=True, slots=True)
class Arm:
    """Who has all of ``tokens`` (and any of ``within``, if given) scores ``score``, or ``more``."""

    tokens: tuple[str, ...]
    score: int = 0
    more: int = 0
    within: tuple[str, ...] = ()
    any_of: bool = False
    """Any of the tokens suffices."""
    unless: tuple[str, ...] = ()
    """Who has one of these is left out."""
    apart: tuple[str, ...] = ()
    """Who has all of these is left out, too."""
    most: int = POOL


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for. ``near``: labels, in the order that the adjacent arms' scores name."""

    ranked: tuple[Arm, ...] = ()
    adjacent: tuple[Arm, ...] = ()
    near: tuple[str, ...] = ()
    needed: tuple[tuple[str, ...], ...] = ()
    """Of each of these groups an alum must have a token."""


def tokens_of(
    title: str,
    company: str,
    place: str,
    major: str,
    stated: str,
    fields: Mapping[str, float],
    known: Fields,
) -> set[str]:
    """The tokens that an alum is found by."""
    found = {TITLE + stem(word) for word in known.lexicon.words(title)}
    found |= {EMPLOYER + word for word in split(company)}
    found |= {PLACE + word for word in split(place)}
    found |= {MAJOR + word for word in known.lexicon.words(major)}
    found |= {STATED + stem(word) for word in known.lexicon.words(stated)}
    found.update(field_token(key, level_of(weight)) for key, weight in fields.items())
    return {token for token in found if len(token) > 1}


def level_of(weight: float) -> int:
    """A weight as one of four levels."""
    return next((level for least, level in LEVELS if weight >= least), 3)


@lru_cache(maxsize=10_000)
def field_token(key: str, level: int) -> str:
    """The token of a field at a level, in letters and digits only."""
    return f"{FIELD}{''.join(sign for sign in key if sign.isalnum())}{level}"


def plan(
    meant: Understanding,
    extra: Mapping[str, Iterable[str]],
    needed: Iterable[tuple[str, ...]] = (),
    left_over: Iterable[str] = (),
) -> Plan:
    """How to find whom the words mean.

    ``extra``: titles of fields that the organiser added after alumni were indexed. ``left_over``:
    words that were taken for a place or an employer, and are not looked for in titles."""
    words = tuple(word for word in meant.words if word not in frozenset(left_over))
    stated = tuple(dict.fromkeys(STATED + stem(word) for word in words))
    ranked = [*_field_arms(meant.fields), *_title_arms(meant, words)]
    if meant.fields and stated:  # after those whose title says so
        ranked.append(Arm(stated, score=RANKED))
    for each in meant.fields:
        ranked += [
            Arm(tuple(TITLE + stem(word) for word in phrase.split()), score=int(1000 * each.weight))
            for phrase in extra.get(each.id, ())
        ]
    return Plan(
        tuple(ranked),
        tuple(_adjacent_arms(meant, stated)),
        tuple(each.label for each in meant.near[:MOST_NEAR]),
        tuple(needed),
    )


def _field_arms(fields: Iterable[Meant]) -> Iterator[Arm]:
    by_score: dict[int, list[str]] = defaultdict(list)
    for each in fields:
        for level, worth in WORTH.items():
            score = int(1000 * each.weight * worth)
            if score >= RANKED:
                by_score[score].append(field_token(each.id, level))
    for score, tokens in sorted(by_score.items(), reverse=True):
        yield Arm(tuple(tokens), score=score, any_of=True)


def _title_arms(meant: Understanding, words: tuple[str, ...]) -> Iterator[Arm]:
    """Titles that have the very words come first within a field; without a field they are all."""
    if not words or (meant.fields and len(words) > 6):
        return
    tokens = tuple(dict.fromkeys(TITLE + stem(word) for word in words))
    if not meant.fields:
        yield Arm(tokens, score=1000)
        for token in tokens:
            yield Arm((token,), score=500, more=100)
        everywhere = tuple(kind + word for word in words for kind in (EMPLOYER, PLACE, MAJOR))
        everywhere += tuple(STATED + stem(word) for word in words)
        yield Arm(everywhere, score=RANKED, any_of=True)
        return
    if meant.fields[0].how != "wish":
        yield Arm(tokens, score=560)
    share = 240 if meant.fields[0].how != "wish" else 120
    within = tuple(field_token(each.id, level) for each in meant.fields for level in (9, 7, 5))
    for token in tokens:
        yield Arm((token,), more=share // len(tokens), within=within)


def _adjacent_arms(meant: Understanding, stated: tuple[str, ...]) -> Iterator[Arm]:
    """The score carries which neighbour it is in its last two digits."""
    taken = tuple(token for arm in _field_arms(meant.fields) for token in arm.tokens)
    words = tuple(dict.fromkeys(stem(word) for word in meant.words))[:4]
    for at, each in enumerate(meant.near[:MOST_NEAR]):
        for level, worth in WORTH.items():
            if level >= NEAR_ENOUGH:
                token = field_token(each.id, level)
                score = int(1000 * each.weight * worth) * 100 + at
                yield Arm((token,), score=score, unless=taken, apart=stated, most=NEAR_POOL)
        both = tuple(field_token(each.id, level) for level in WORTH if level >= NEAR_ENOUGH)
        for word in words:
            score = int(1000 * each.weight + SAME_WORD) * 100 + at
            token = TITLE + word
            yield Arm(
                (token,), score=score, within=both, unless=taken, apart=stated, most=NEAR_POOL
            )
