"""Which student is partnered with which alum for a term (FEATURES K5); pure, on pairing's engine.

As many students as can be; then whoever was let down before, the nearer field, and what both wish.
No alum gets more students than they have room for.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from whenever import Date, Instant, TimeDelta

from bot.domain.matching import Pair, best_pairs
from bot.domain.pairings import Partnership

SAME, NEAR, WISH = 1000, 500, 150
"""What the field itself, a neighbour of it, and one thing that both name weigh."""
CROWDED = 200
"""A second student of the same alum weighs this much less: rather one each."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A student and an alum who could be partners.

    ``rank``: how far down the search for the student's field found them; ``wishes``: how many
    things of what one wants the other brings."""

    student_id: int
    alum_id: int
    rank: int = 0
    near: bool = False
    wishes: int = 0


def partnered(
    candidates: Iterable[Candidate], room: Mapping[int, int], first: Collection[int] = ()
) -> list[Pair]:
    """Students with their alumni; ``room``: how many students each alum may get.

    An alum takes part once for each place they have, under a number below zero."""
    places: dict[int, int] = {}
    weights: dict[Pair, int] = {}
    several = list(candidates)
    alumni = sorted({each.alum_id for each in several})
    most = len({each.student_id for each in several})
    number = {alum: at for at, alum in enumerate(alumni)}
    for each in several:
        for slot in range(min(room.get(each.alum_id, 0), most)):
            place = -1 - number[each.alum_id] - slot * len(alumni)
            places[place] = each.alum_id
            weights[each.student_id, place] = _weight(each) - CROWDED * slot
    return sorted((student, places[place]) for student, place in best_pairs(weights, first))


def _weight(each: Candidate) -> int:
    return (NEAR if each.near else SAME) - min(each.rank, NEAR - 1) + WISH * each.wishes


def stands(partnership: Partnership, today: Date) -> bool:
    """Whether both said yes and the term is not over."""
    both = partnership.student_said == partnership.alum_said == "yes"
    return both and partnership.closed is None and (partnership.until or today) >= today


def waits(partnership: Partnership, now: Instant, days: int) -> bool:
    """Whether an answer may still come: silence lapses like any request."""
    both = partnership.student_said == partnership.alum_said == "yes"
    return partnership.closed is None and not both and lapses(partnership, days) > now


def lapses(partnership: Partnership, days: int) -> Instant:
    """When silence counts as a no."""
    return partnership.proposed + TimeDelta(hours=24 * days)


def takes_room(partnership: Partnership, now: Instant, days: int) -> bool:
    """Whether it keeps its student and a place of its alum."""
    today = now.to_tz("UTC").date()
    return stands(partnership, today) or waits(partnership, now, days)


def was_let_down(partnership: Partnership) -> bool:
    """Whether the student said yes and nothing came of it: they come first next time."""
    return partnership.student_said == "yes" and partnership.alum_said != "yes"


def term_ends(until: Date | None, cohort_ends: Date | None, today: Date) -> Date:
    """The day that was named, else the cohort's last, else a term from now."""
    return until or (cohort_ends if cohort_ends and cohort_ends > today else today.add(weeks=15))
