"""Who practises with whom in a week (FEATURES E5): pure, and fair to whoever was left out.

Nobody practises with the same person again for some weeks, whatever it costs; among the ways left,
first whoever had nobody last time, then common waking hours, new faces and other fields.
"""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from whenever import Date

from bot.domain.matching import Pair, best_pairs
from bot.domain.pairings import Pairing

ENOUGH = 60
"""Half-hours a week that two are awake together; more make no better pair."""
AWAKE, BEFORE, OTHER_FIELD = 20, 150, 100
"""What a common half-hour, an earlier time together and another field weigh."""
TIMES = 4
"""More earlier times than these weigh no more."""
CHANCE = 10
"""Below this chance decides, so that nobody's number does."""


@dataclass(frozen=True, slots=True)
class Practiser:
    """Somebody who practises this week.

    ``hours``: the half-hours of the week in which they are awake, as bits, the same for everybody.
    ``left_out``: they had nobody the last time it was their turn."""

    id: int
    hours: int = 0
    field: str = ""
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """A week: groups of two or three, and who found nobody new."""

    groups: tuple[tuple[int, ...], ...]
    alone: tuple[int, ...]


Past = Mapping[Pair, Sequence[Date]]
"""The weeks in which two have practised together, by their numbers, the lower first."""


def together(pairings: Iterable[Pairing]) -> dict[Pair, list[Date]]:
    """Who was with whom, and when."""
    found: dict[Pair, list[Date]] = {}
    for each in pairings:
        several = sorted(members_of(each))
        for at, one in enumerate(several):
            for other in several[at + 1 :]:
                found.setdefault((one, other), []).append(each.week)
    return found


def members_of(pairing: Pairing) -> tuple[int, ...]:
    """Those who are in it still: whoever deleted everything is in no pairing any more."""
    several = (pairing.first_id, pairing.second_id, pairing.third_id)
    return tuple(each for each in several if each is not None)


def is_turn(every: int, last: Date | None, week: Date) -> bool:
    """Whether it is their week: ``last`` is the week in which they last had a partner."""
    return every > 0 and (last is None or last.add(weeks=every) <= week)


def the_round(week: Date, people: Sequence[Practiser], past: Past, again_weeks: int) -> Round:
    """The week's groups. Who is left over joins two others, if both are new to them."""
    known = {each.id: each for each in people}
    chance = random.Random(week.format_iso())
    weights: dict[Pair, int] = {}
    for one in sorted(known):
        for other in sorted(known):
            weeks = past.get((one, other), ())
            if one < other and all(each.add(weeks=again_weeks) <= week for each in weeks):
                fit = _fit(known[one], known[other], len(weeks))
                weights[one, other] = fit + chance.randrange(CHANCE)
    waited = {each.id for each in people if each.left_out}
    groups: list[tuple[int, ...]] = [*best_pairs(weights, waited)]
    paired = {each for group in groups for each in group}
    alone: list[int] = []
    for each in sorted(known.keys() - paired, key=lambda one: (one not in waited, one)):
        at = _joins(each, groups, weights)
        if at is None:
            alone.append(each)
        else:
            groups[at] = (*groups[at], each)
    return Round(tuple(groups), tuple(alone))


def _fit(one: Practiser, other: Practiser, times: int) -> int:
    awake = min((one.hours & other.hours).bit_count(), ENOUGH)
    new = bool(one.field and other.field and one.field != other.field)
    return AWAKE * awake - BEFORE * min(times, TIMES) + OTHER_FIELD * new


def _joins(one: int, groups: Sequence[tuple[int, ...]], weights: Mapping[Pair, int]) -> int | None:
    """Which pair they fit into best; None where each knows them already."""
    fits: list[tuple[int, int]] = []
    for at, group in enumerate(groups):
        pairs = [(min(one, each), max(one, each)) for each in group]
        if len(group) == 2 and all(pair in weights for pair in pairs):
            fits.append((sum(weights[pair] for pair in pairs), at))
    return max(fits)[1] if fits else None
