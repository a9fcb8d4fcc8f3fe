"""When things come: quiet hours, mornings after, weekly hours, snoozes (FEATURES D3, F3–F12).

Times are wall-clock in the member's zone, so nine o'clock stays nine o'clock over a change of
the clocks, and happens once a day. Everything here is a pure function of the moment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count

from whenever import Date, Instant, Time, TimeDelta

from bot.domain.cohort import Member, Numbers

MIDNIGHT = Time(0)
WEEK = 7


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When one member may be written to. Days are ISO weekdays, 7 is Sunday.

    Quiet hours that begin and end at the same time are none.
    """

    zone: str
    quiet_from: Time = Time(20)  # noqa: RUF009 - a Time is immutable
    quiet_until: Time = Time(9)  # noqa: RUF009
    off_days: tuple[int, ...] = (7,)
    paused_until: Date | None = None
    thanks_at: Time = Time(9)  # noqa: RUF009
    thanks_within: TimeDelta = TimeDelta(hours=48)  # noqa: RUF009
    check_in_day: int = 1
    check_in_at: Time = Time(9)  # noqa: RUF009
    hour_day: int | None = None
    hour_at: Time | None = None
    late_days: int = 7

    def __post_init__(self) -> None:
        if set(self.off_days) >= set(range(1, WEEK + 1)):
            raise ValueError("At least one day of the week must be left to write on.")


def rhythm_of(member: Member, numbers: Numbers, zone: str) -> Rhythm:
    """The member's own settings, and the cohort's where they have none. `zone` must be known."""
    return Rhythm(
        zone=zone,
        quiet_from=numbers.quiet_from if member.quiet_from is None else member.quiet_from,
        quiet_until=numbers.quiet_until if member.quiet_until is None else member.quiet_until,
        off_days=numbers.off_days if member.off_days is None else member.off_days,
        paused_until=member.paused_until,
        thanks_at=numbers.thanks_at,
        thanks_within=TimeDelta(hours=numbers.thanks_within_hours),
        check_in_day=member.check_in_day or numbers.check_in_day,
        check_in_at=numbers.check_in_at,
        hour_day=member.hour_day,
        hour_at=member.hour_at,
        late_days=numbers.late_days,
    )


def at_local(day: Date, time: Time, zone: str) -> Instant:
    """The moment of a wall-clock time: the first of two, or just after the hour that is skipped."""
    return day.at(time).assume_tz(zone, disambiguation="compatible").to_instant()


def hour(time: Time) -> str:
    """As one says it: "9:00", "18:30"."""
    return time.format_iso()[:5].removeprefix("0")


def local_day(moment: Instant, zone: str) -> Date:
    """The date on the wall there."""
    return moment.to_tz(zone).date()


# ---- Windows ----------------------------------------------------------------------------------


def windows_of(day: Date, rhythm: Rhythm) -> Iterator[tuple[Instant, Instant]]:
    """The stretches of `day` in which writing is welcome; ends are exclusive."""
    if day.day_of_week().value in rhythm.off_days:
        return
    for start, end in _open_hours(rhythm):
        last_day = day if end else day.add(days=1)
        # A repeated hour counts as quiet if either of the two is.
        opens = day.at(start).assume_tz(rhythm.zone, disambiguation="later").to_instant()
        closes = last_day.at(end or MIDNIGHT).assume_tz(rhythm.zone, disambiguation="earlier")
        if opens < closes.to_instant():
            yield opens, closes.to_instant()


def _open_hours(rhythm: Rhythm) -> tuple[tuple[Time, Time | None], ...]:
    """Open stretches between two midnights; None is the next midnight."""
    begin, end = rhythm.quiet_from, rhythm.quiet_until
    if begin == end:
        return ((MIDNIGHT, None),)
    if begin > end:  # over midnight, as usual
        return ((end, begin),)
    if begin == MIDNIGHT:
        return ((end, None),)
    return ((MIDNIGHT, begin), (end, None))


def next_window(moment: Instant, rhythm: Rhythm) -> Instant:
    """`moment` itself when writing is welcome then, else the first moment after it that is."""
    day = local_day(moment, rhythm.zone).subtract(days=1)  # its window may reach past midnight
    if rhythm.paused_until and day < rhythm.paused_until:
        day = rhythm.paused_until
    for ahead in count():
        for opens, closes in windows_of(day.add(days=ahead), rhythm):
            if moment < closes:
                return max(moment, opens)
    raise AssertionError("count() has no end")


def may_write(moment: Instant, rhythm: Rhythm) -> bool:
    """Whether nothing speaks against writing at this moment."""
    return next_window(moment, rhythm) == moment


_BEFORE_QUIET = TimeDelta(minutes=30)


def last_window(moment: Instant, rhythm: Rhythm) -> Instant:
    """`moment`, or the last good time before it: reminders of a booked talk never move later.

    A pause does not hold them, since the talk is still booked.
    """
    day = local_day(moment, rhythm.zone).add(days=1)
    for back in count():
        for opens, closes in reversed(list(windows_of(day.subtract(days=back), rhythm))):
            if opens <= moment < closes:
                return moment
            if closes <= moment:
                return max(opens, closes - _BEFORE_QUIET)
    raise AssertionError("count() has no end")


# ---- Thanks -----------------------------------------------------------------------------------


def thank_you_times(ended: Instant, rhythm: Rhythm) -> tuple[Instant, ...]:
    """One or two moments: the next morning, and a later day's while there is still time.

    A pause is not looked at here: it is applied when sending.
    """
    rhythm = replace(rhythm, paused_until=None)
    morning = local_day(ended, rhythm.zone).add(days=1)
    first = next_window(at_local(morning, rhythm.thanks_at, rhythm.zone), rhythm)
    later = local_day(first, rhythm.zone).add(days=1)
    for time in (rhythm.thanks_at, MIDNIGHT):  # midnight: as early as that day allows
        second = next_window(at_local(later, time, rhythm.zone), rhythm)
        if second < ended + rhythm.thanks_within:
            return first, second
    return (first,)


# ---- Weeks ------------------------------------------------------------------------------------


def week_of(moment: Instant, zone: str) -> Date:
    """The Monday of the local week."""
    day = local_day(moment, zone)
    return day.subtract(days=day.day_of_week().value - 1)


def in_week(week: Date, weekday: int, at: Time, zone: str) -> Instant:
    """That weekday and wall-clock time of the week that begins with the Monday `week`."""
    return at_local(week.add(days=weekday - 1), at, zone)


def check_in_at(week: Date, rhythm: Rhythm) -> Instant:
    """When the check-in of the week that begins with the Monday `week` is due.

    Who picked a networking hour gets it then (FEATURES F12).
    """
    if rhythm.hour_day is not None and rhythm.hour_at is not None:
        return in_week(week, rhythm.hour_day, rhythm.hour_at, rhythm.zone)
    return in_week(week, rhythm.check_in_day, rhythm.check_in_at, rhythm.zone)


def next_weekly(after: Instant, weekday: int, at: Time, zone: str) -> Instant:
    """The first such time of a week that is later than `after`."""
    week = week_of(after, zone)
    due = in_week(week, weekday, at, zone)
    return due if due > after else in_week(week.add(days=WEEK), weekday, at, zone)


def last_weekly(until: Instant, weekday: int, at: Time, zone: str) -> Instant:
    """The latest such time that is not later than `until`: after five weeks of silence only this
    one is still owed.
    """
    week = week_of(until, zone)
    due = in_week(week, weekday, at, zone)
    return due if due <= until else in_week(week.subtract(days=WEEK), weekday, at, zone)


def next_networking_hour(after: Instant, rhythm: Rhythm) -> Instant | None:
    """The next hour that the member keeps for this; None when they picked none."""
    if rhythm.hour_day is None or rhythm.hour_at is None:
        return None
    return next_weekly(after, rhythm.hour_day, rhythm.hour_at, rhythm.zone)


# ---- Snooze and lateness ----------------------------------------------------------------------


class Snooze(StrEnum):
    """How long a nudge is put off; the value travels in buttons and never changes."""

    HOUR = "1h"
    TONIGHT = "tonight"
    TOMORROW = "tomorrow"
    MONDAY = "monday"
    TWO_WEEKS = "2w"
    MONTH = "1mo"
    THREE_MONTHS = "3mo"


NUDGE_SNOOZES = (Snooze.HOUR, Snooze.TONIGHT, Snooze.TOMORROW, Snooze.MONDAY)
TOUCH_SNOOZES = (Snooze.TWO_WEEKS, Snooze.MONTH, Snooze.THREE_MONTHS)


def snooze(kind: Snooze, pressed: Instant, zone: str, numbers: Numbers) -> Instant:
    """When it comes again, counted from the press and always later than it."""
    today = local_day(pressed, zone)
    tonight = at_local(today, numbers.snooze_evening, zone)
    match kind:
        case Snooze.HOUR:
            return pressed + TimeDelta(hours=numbers.snooze_hours)
        case Snooze.TONIGHT if tonight > pressed:
            return tonight
        case Snooze.TONIGHT:  # pressed late in the evening, on an old message
            return at_local(today.add(days=1), numbers.snooze_evening, zone)
        case Snooze.TOMORROW:
            day = today.add(days=1)
        case Snooze.MONDAY:
            day = today.add(days=WEEK + 1 - today.day_of_week().value)
        case Snooze.TWO_WEEKS:
            day = today.add(weeks=2)
        case Snooze.MONTH:
            day = today.add(months=1)
        case Snooze.THREE_MONTHS:
            day = today.add(months=3)
    return at_local(day, numbers.snooze_morning, zone)


def offered_snoozes(pressed: Instant, zone: str, numbers: Numbers) -> tuple[Snooze, ...]:
    """The ones that make sense at this hour: no "tonight" in the evening."""
    tonight = at_local(local_day(pressed, zone), numbers.snooze_evening, zone)
    soon = pressed + TimeDelta(hours=numbers.snooze_hours)
    return tuple(k for k in NUDGE_SNOOZES if k is not Snooze.TONIGHT or soon < tonight)


def too_late(due: Instant, now: Instant, days: int = 7) -> bool:
    """Whether a nudge has lost its point and goes to the due list instead."""
    return now - due > TimeDelta(hours=24 * days)
