"""Where the playground's clock may be moved to: an hour on, the next morning, the next Monday."""

from collections.abc import Iterator

from whenever import Instant, Time, TimeDelta, ZonedDateTime

MORNING = Time(9)
EVENING = Time(17)
STEP = TimeDelta(minutes=30)
"""Time passes in steps, so that what falls due on the way comes when it is due."""
MOVES = ("hour", "morning", "monday")


def target(move: str, now: Instant, zone: str) -> Instant | None:
    """The moment to move to; None for no move that we know."""
    local = now.to_tz(zone)
    match move:
        case "hour":
            return now + TimeDelta(hours=1)
        case "morning":
            return _next(local, zone, range(1, 8)).to_instant()
        case "monday":
            return _next(local, zone, (1,)).to_instant()
        case _:
            return None


def opening(now: Instant, zone: str) -> Instant:
    """When a demo begins: now on a working day, else at nine on the next one.

    Somebody who tries it at night or on a Sunday should not meet the quiet hours first."""
    local = now.to_tz(zone)
    if local.date().day_of_week().value <= 5 and MORNING <= local.time() < EVENING:
        return now
    return _next(local, zone, range(1, 6)).to_instant()


def steps(now: Instant, until: Instant) -> Iterator[Instant]:
    """The moments on the way, the last one included."""
    while now + STEP < until:
        now += STEP
        yield now
    yield until


def _next(local: ZonedDateTime, zone: str, weekdays: range | tuple[int, ...]) -> ZonedDateTime:
    """The next nine o'clock on one of these ISO weekdays."""
    for ahead in range(8):
        on = local.date().add(days=ahead)
        nine = on.at(MORNING).assume_tz(zone)
        if on.day_of_week().value in weekdays and nine > local:
            return nine
    raise AssertionError("a week has every weekday")
