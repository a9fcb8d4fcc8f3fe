"""Names of people: whom somebody means by what they typed, and who may be there already.

Case, accents and order do not matter ("reyes, DANA" is Dana Reyes). A short name is never taken
for a duplicate of a long one: Dana may be another Dana.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from bot.domain.tidy import fold

SAME = 0.90  # names at least this alike are warned of before a save (FEATURES A5)
ALIKE = 0.82  # and from here on they are offered when nothing fits better
LONGEST = 200  # characters typed; whoever pastes more names nobody, and comparing it takes long
_SHORTEST_MENDED = 4  # shorter words are too alike to mend: Ann and Ana are two people


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who is there already."""

    id: int
    name: str
    email: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """Somebody who may be the same person, and why."""

    known: Known
    why: Literal["e-mail", "same name", "similar name", "short name"]

    @property
    def duplicate(self) -> bool:
        """A short name is only a candidate, to be offered and not to be warned of."""
        return self.why != "short name"


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, sorted, for comparing."""
    return tuple(sorted(fold(name).split()))


def likeness(one: str, other: str) -> float:
    """0 to 1; 1 is the same name in another spelling or order.

    Every word must find its like, so that Ana Smith is not Ben Smith.
    """
    return _likeness(words_of(one), words_of(other))


def _likeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    if one == other:
        return 1.0 if one else 0.0
    if not one or not other or abs(len(one) - len(other)) > 1:
        return 0.0
    fewer, more = sorted((one, other), key=lambda words: (len(words), words))
    left, worst = list(more), 1.0
    for word in fewer:
        best = max(left, key=lambda candidate, word=word: _word_likeness(word, candidate))
        worst = min(worst, _word_likeness(word, best))
        left.remove(best)
    if left:  # a middle name or an initial that only one of them has
        worst = min(worst, 0.95) if len(fewer) > 1 else 0.0
    return worst


def _word_likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    if len(one) == 1 or len(other) == 1:
        return 0.9 if one[0] == other[0] else 0.0
    if min(len(one), len(other)) < _SHORTEST_MENDED or OSA.distance(one, other) > 1:
        return 0.0
    return JaroWinkler.similarity(one, other)


def find_twins(name: str, email: str, known: Iterable[Known], same: float = SAME) -> list[Twin]:
    """Who may be the same person, the surest first."""
    words = words_of(name)
    address = email.strip().casefold()
    found: list[tuple[float, Twin]] = []
    for each in known:
        theirs = words_of(each.name)
        alike = _likeness(words, theirs)
        if address and address == each.email.strip().casefold():
            found.append((2.0, Twin(each, "e-mail")))
        elif alike >= same:
            found.append((alike, Twin(each, "same name" if alike == 1.0 else "similar name")))
        elif words and theirs and _one_holds_the_other(words, theirs):
            found.append((0.0, Twin(each, "short name")))
    return [twin for _, twin in sorted(found, key=lambda pair: -pair[0])]


def _one_holds_the_other(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(one) < set(other) or set(other) < set(one)


@dataclass(frozen=True, slots=True)
class Match:
    """Whom somebody means, best first, as positions in the list of names.

    exact: the whole name is there once. one: only one can be meant ("Dana" of Dana Reyes).
    many: several can be meant. near: nobody, but these are alike; ask before taking one.
    """

    kind: Literal["exact", "one", "many", "near", "none"]
    places: tuple[int, ...] = ()


def match_name(typed: str, names: Sequence[str]) -> Match:
    """Whom of `names` somebody means who types `typed`."""
    wanted = fold(typed).split() if len(typed) <= LONGEST else []
    if not wanted:
        return Match("none")
    folded = [fold(name).split() for name in names]
    for fits in (_whole, _words, _beginnings):
        places = tuple(place for place, words in enumerate(folded) if fits(wanted, words))
        if places:
            kind = "many" if len(places) > 1 else "exact" if fits is _whole else "one"
            return Match(kind, _by_order(wanted, folded, places))
    near = tuple(_near(wanted, folded))
    return Match("near", near) if near else Match("none")


def match_names(typed: str, names: Sequence[str]) -> list[int]:
    """The places of `match_name`: one when it is clear, several to choose from, none when nobody
    is called so. Names that are only alike are left out: taking one in silence may be wrong.
    """
    match = match_name(typed, names)
    return [] if match.kind == "near" else list(match.places)


def suggest_names(typed: str, names: Sequence[str], most: int = 25) -> list[int]:
    """Everybody a name half typed may become, best first."""
    if len(typed) > LONGEST:
        return []
    wanted = fold(typed).split()
    folded = [fold(name).split() for name in names]
    if not wanted:
        return list(range(min(most, len(names))))
    places = tuple(place for place, words in enumerate(folded) if _beginnings(wanted, words))
    found = list(_by_order(wanted, folded, places))
    if len(found) < most:
        found += [place for place in _near(wanted, folded) if place not in places]
    return found[:most]


def _whole(wanted: list[str], words: list[str]) -> bool:
    return sorted(wanted) == sorted(words)


def _words(wanted: list[str], words: list[str]) -> bool:
    return set(wanted) <= set(words)


def _beginnings(wanted: list[str], words: list[str]) -> bool:
    """Every word typed begins a word of its own of the name."""
    left = sorted(words, key=len)
    for word in sorted(wanted, key=len, reverse=True):
        fitting = next((other for other in left if other.startswith(word)), None)
        if fitting is None:
            return False
        left.remove(fitting)
    return True


def _by_order(
    wanted: list[str], folded: list[list[str]], places: tuple[int, ...]
) -> tuple[int, ...]:
    """Names that begin as typed come first, then short ones."""
    typed = " ".join(wanted)

    def rank(place: int) -> tuple[bool, int, int]:
        name = " ".join(folded[place])
        return not name.startswith(typed), len(name), place

    return tuple(sorted(places, key=rank))


def _near(wanted: list[str], folded: list[list[str]]) -> Iterator[int]:
    """Names whose words are each a slip away from what was typed."""
    scores: list[tuple[float, int]] = []
    for place, words in enumerate(folded):
        score = min((_best(word, words) for word in wanted), default=0.0)
        if score >= ALIKE:
            scores.append((-score, place))
    return (place for _, place in sorted(scores))


def _best(word: str, words: list[str]) -> float:
    if word in words:
        return 1.0
    if len(word) < _SHORTEST_MENDED:
        return 0.0
    found = process.extractOne(word, words, scorer=JaroWinkler.similarity)
    if found is None or OSA.distance(word, found[0]) > 1 + len(word) // 7:
        return 0.0
    return found[1]
