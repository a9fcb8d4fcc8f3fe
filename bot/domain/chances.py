"""When the next good time is for a message that nobody asked for. Pure.

Quiet hours, days off and pauses are the rhythm's; what ``waits`` comes in the networking hour, who
``joins`` goes with it when it is today.
"""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.domain.cadence import (
    MIDNIGHT,
    Rhythm,
    at_local,
    last_weekly,
    local_day,
    next_networking_hour,
    next_window,
)

HOUR = TimeDelta(hours=1)


def first_chance(due: Instant, rhythm: Rhythm, *, waits: bool, joins: bool = False) -> Instant:
    """When it would have gone had nothing been in the way but the clock; a pause is."""
    return opens_at(due, replace(rhythm, paused_until=None), waits=waits, joins=joins)


def opens_at(moment: Instant, rhythm: Rhythm, *, waits: bool, joins: bool = False) -> Instant:
    """The first good time; who ``joins`` goes with the networking hour when that is today.

    Else a thank-you in the morning would leave no message of that day to the hour, and everything
    that waits for it would wait a week more."""
    opens = _alone(moment, rhythm, waits=waits)
    if not joins:
        return opens
    hour = next_networking_hour(opens - TimeDelta(seconds=1), rhythm)
    same_day = hour is not None and local_day(hour, rhythm.zone) == local_day(opens, rhythm.zone)
    return hour if hour is not None and same_day else opens


def _alone(moment: Instant, rhythm: Rhythm, *, waits: bool) -> Instant:
    """The first good time from ``moment`` on.

    The hour that the member picked is a good time even on a day off. What waits for it may come
    later on that day, in case we were away; after that it waits for the next."""
    hour = _hour_now(moment, rhythm)
    if hour is not None and not _paused(moment, rhythm):
        if moment < hour + HOUR:
            return moment
        opens = next_window(moment, rhythm)
        if not waits or local_day(opens, rhythm.zone) == local_day(hour, rhythm.zone):
            return opens
    if not waits:
        return next_window(moment, rhythm)
    if rhythm.paused_until is not None and _paused(moment, rhythm):
        moment = at_local(rhythm.paused_until, MIDNIGHT, rhythm.zone) - TimeDelta(seconds=1)
    return next_networking_hour(moment, rhythm) or next_window(moment, rhythm)


def _hour_now(moment: Instant, rhythm: Rhythm) -> Instant | None:
    """The beginning of the networking hour whose day (or hour) this moment is in."""
    if rhythm.hour_day is None or rhythm.hour_at is None:
        return None
    hour = last_weekly(moment, rhythm.hour_day, rhythm.hour_at, rhythm.zone)
    same_day = local_day(hour, rhythm.zone) == local_day(moment, rhythm.zone)
    return hour if same_day or moment < hour + HOUR else None


def _paused(moment: Instant, rhythm: Rhythm) -> bool:
    until = rhythm.paused_until
    return until is not None and local_day(moment, rhythm.zone) < until
