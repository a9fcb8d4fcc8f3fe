"""A student's weeks in numbers: asks, talks, thank-yous, hours, and how fields moved (D5, F11)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from whenever import Date

from bot.domain.weeks import monday_of

MINUTES = {"ask": 20, "talk": 60, "thanks": 10}
"""What each usually takes, a talk with getting ready for it; for the time budget (F11)."""


@dataclass(frozen=True, slots=True)
class Week:
    """What one week held."""

    monday: Date
    asks: int = 0
    talks: int = 0
    thanks: int = 0

    @property
    def minutes(self) -> int:
        """About how long it took."""
        return (
            self.asks * MINUTES["ask"]
            + self.talks * MINUTES["talk"]
            + self.thanks * MINUTES["thanks"]
        )


def weeks(
    today: Date, how_many: int, asks: Iterable[Date], talks: Iterable[Date], thanks: Iterable[Date]
) -> list[Week]:
    """The last weeks, the newest first, this one included."""
    counted = [Counter(monday_of(day) for day in days) for days in (asks, talks, thanks)]
    mondays = [monday_of(today).subtract(days=7 * back) for back in range(how_many)]
    return [Week(monday, *(each[monday] for each in counted)) for monday in mondays]


def streak(found: Sequence[Week], goal: int) -> int:
    """How many full weeks in a row reached the goal; this week counts once it has."""
    reached = 0
    for number, week in enumerate(found):
        if week.talks >= goal > 0:
            reached += 1
        elif number > 0:
            break
    return reached


def trend(fits: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """By field, in the order met: how the talks moved it, such as "nearer, then further".

    Talks with people of no known field are together, under ""."""
    by_field: dict[str, list[str]] = {}
    for field, fit in fits:
        if fit:
            by_field.setdefault(field, []).append(fit)
    return [(field, _told(moves)) for field, moves in by_field.items()]


def _told(moves: list[str]) -> str:
    last = moves[-1]
    if len(set(moves)) == 1:
        return last if len(moves) == 1 else f"{last}, {len(moves)} talks"
    return f"{moves[0]} at first, now {last}"
