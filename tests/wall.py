"""What the wall clock says, read without the code that is tested."""

from whenever import Instant, TimeDelta

from bot.domain.cadence import Rhythm

HOUR = TimeDelta(hours=1)


def welcome(moment: Instant, rhythm: Rhythm) -> bool:
    """Whether something that nobody asked for may come then."""
    local = moment.to_tz(rhythm.zone)
    if rhythm.paused_until is not None and local.date() < rhythm.paused_until:
        return False
    if rhythm.hour_day is not None and rhythm.hour_at is not None:
        for day in (local.date(), local.date().subtract(days=1)):
            begins = (
                day.at(rhythm.hour_at)
                .assume_tz(rhythm.zone, disambiguation="compatible")
                .to_instant()
            )
            if day.day_of_week().value == rhythm.hour_day and begins <= moment < begins + HOUR:
                return True
    if local.date().day_of_week().value in rhythm.off_days:
        return False
    begin, end, now = rhythm.quiet_from, rhythm.quiet_until, local.time()
    quiet = begin <= now < end if begin <= end else now >= begin or now < end
    return not quiet
