"""Whether somebody of the directory may be asked now, and when they may be asked again (B6).

One rule: an alum takes so many asks in so many days; who drafted keeps a place for two days. The
alum's own number wins; without one it is the cohort's. Nothing here says who took a place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.asks import Ask
from bot.domain.cohort import Numbers
from bot.domain.people import Alum


@dataclass(frozen=True, slots=True)
class Held:
    """They cannot be asked now. ``until``: when they can; None: it is not known."""

    until: Instant | None


@dataclass(frozen=True, slots=True)
class Place:
    """A place that somebody's ask took: when, and nothing else of it."""

    drafted: Instant
    sent: Instant | None = None
    released: Instant | None = None


def held(
    alum: Alum,
    asks: Iterable[Ask],
    asker: int,
    numbers: Numbers,
    now: Instant,
    elsewhere: Iterable[Place] = (),
) -> Held | None:
    """Why this member cannot ask them now; None when they can.

    ``asks``: everybody's asks to them. What the asker drafted or sent does not hold the asker.
    ``elsewhere``: places taken from other cohorts, which count in the same way."""
    if alum.paused:
        return Held(None)
    most = numbers.alum_asks_a_month if alum.asks_per_month is None else alum.asks_per_month
    if most <= 0:
        return Held(None)
    taken = [(each, ends) for each in asks if (ends := place_ends(each, numbers)) > now]
    if any(each.member_id == asker for each, _ends in taken):
        return None
    others = [ends for each in elsewhere if (ends := place_ends(each, numbers)) > now]
    ends = sorted([*(end for _each, end in taken), *others])
    return Held(ends[len(ends) - most]) if len(ends) >= most else None


def counts_since(numbers: Numbers, now: Instant) -> Instant:
    """From when on an ask may take a place still."""
    return now.subtract(hours=max(24 * numbers.cool_down_days, numbers.hold_hours))


def place_ends(ask: Ask | Place, numbers: Numbers) -> Instant:
    """Until when an ask takes a place: days from sending, or hours from drafting."""
    if ask.sent is not None:
        return ask.sent + TimeDelta(hours=24 * numbers.cool_down_days)
    if ask.released is not None:
        return ask.released
    return ask.drafted + TimeDelta(hours=numbers.hold_hours)
