"""Time: the clocks change, our own clock jumps, people are asleep, and we were away."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.cadence import Rhythm, check_in_at
from bot.domain.owed import Owed, Urgency
from bot.domain.timing import Go, Hold, Listener, decide
from bot.domain.weeks import monday_of
from tests.chaos.table import Shown
from tests.chaos.times_away import away
from tests.chaos.times_jumps import jumps
from tests.wall import welcome

FIRST, LAST = datetime(2026, 1, 1, tzinfo=UTC), datetime(2038, 1, 1, tzinfo=UTC)
STEP = timedelta(days=14)
"""Shorter than any summer time (the shortest is the one around Ramadan)."""
WALLS = (Time(9), Time(0, 30), Time(2, 30))
SCHEDULES = 10_000
SEED = 20261123


def run(long: bool) -> Sequence[Shown]:
    """All of it; some seconds when it is not ``long``."""
    return [*away(long), zones(), jumps(long), quiet(SCHEDULES)]


def zones() -> Shown:
    """Every zone of the database on the days around each change of its clocks."""
    names = sorted(available_timezones())
    changes = wrong = days = 0
    for name in names:
        zone = ZoneInfo(name)
        for change in _changes(zone):
            changes += 1
            middle = change.astimezone(zone).date()
            dates = [middle + timedelta(days=off) for off in (-1, 0, 1)]
            for wall in WALLS:
                days += len(dates)
                wrong += _wrong(
                    name, zone, [Date(each.year, each.month, each.day) for each in dates], wall
                )
    return Shown(
        "every IANA zone, each transition 2026–2037",
        "one check-in per local date at its wall time",
        f"{len(names)} zones, {changes} transitions, {days} check-ins at {len(WALLS)} wall times: "
        f"{wrong} wrong",
        changes > 0 and wrong == 0,
    )


def _wrong(name: str, zone: ZoneInfo, dates: list[Date], wall: Time) -> int:
    """Check-ins that are not at their wall time, not on their day, or not later than the last."""
    wrong, last = 0, Instant.MIN
    for date in dates:
        rhythm = replace(_rhythm(name), check_in_day=date.day_of_week().value, check_in_at=wall)
        moment = check_in_at(monday_of(date), rhythm)
        wrong += moment != _expected(zone, date, wall) or moment <= last
        last = moment
    return wrong


@cache
def _rhythm(name: str) -> Rhythm:
    return Rhythm(name, off_days=())


def _expected(zone: ZoneInfo, date: Date, wall: Time) -> Instant:
    """By the standard library: a repeated hour is its first, a skipped one comes just after."""
    local = datetime(date.year, date.month, date.day, wall.hour, wall.minute, tzinfo=zone)
    return Instant.from_timestamp(local.astimezone(UTC).timestamp())


def _changes(zone: ZoneInfo) -> Iterator[datetime]:
    """The moments at which its clocks change."""
    before = FIRST
    while before < LAST:
        after = before + STEP
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield _between(zone, before, after)
        before = after


def _between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    old = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def quiet(number: int) -> Shown:
    """Random settings, zones and moments; each row is followed until it goes or is dropped."""
    chance = random.Random(SEED)
    gone = held = dropped = inside = 0
    for _ in range(number):
        rhythm, row = _schedule(chance)
        now = row.due + TimeDelta(minutes=15 * chance.randrange(9 * 24 * 4))
        decision = decide(row, Listener(rhythm=rhythm), now)
        while isinstance(decision, Hold) and held < 50 * number:
            held += 1
            now = decision.until
            decision = decide(row, Listener(rhythm=rhythm), now)
        if isinstance(decision, Go):
            gone += 1
            paused = replace(rhythm, paused_until=None)
            inside += not welcome(now, paused if row.urgency is Urgency.BOOKED else rhythm)
        else:
            dropped += 1
    return Shown(
        f"quiet hours and pauses, {number:,} random schedules",
        "0 inside",
        f"{gone:,} sent after {held:,} waits, {dropped:,} too late; {inside} inside",
        inside == 0 and gone > number // 4,
    )


def _schedule(chance: random.Random) -> tuple[Rhythm, Owed]:
    names = _some_zones()
    begin = Instant.from_utc(2026, 1, 1)
    due = begin + TimeDelta(minutes=15 * chance.randrange(400 * 96))
    hour = chance.random() < 0.4
    pause = Date(2026, 1, 1).add(days=chance.randrange(420))
    rhythm = Rhythm(
        zone=chance.choice(names),
        quiet_from=_time(chance),
        quiet_until=_time(chance),
        off_days=tuple(chance.sample(range(1, 8), chance.randrange(6))),
        paused_until=pause if chance.random() < 0.4 else None,
        hour_day=chance.randrange(1, 8) if hour else None,
        hour_at=_time(chance) if hour else None,
    )
    booked = chance.random() < 0.2
    command = chance.choice(("note", "thanks remind", "checkin ask"))
    row = Owed(
        cohort_id=1,
        id=1,
        member_id=1,
        to="member:1",
        command=command,
        call=command,
        due=due,
        urgency=Urgency.BOOKED if booked else Urgency.NUDGE,
    )
    return rhythm, row


@cache
def _some_zones() -> list[str]:
    return sorted(available_timezones())


def _time(chance: random.Random) -> Time:
    return Time(chance.randrange(24), chance.choice((0, 15, 30, 59)))
