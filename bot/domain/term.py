"""A cohort’s term: before, during and after it, and what may come then (FEATURES G5). Pure."""

from whenever import Date

from bot.domain.cohort import Cohort

WEEK = 7


def ended(cohort: Cohort, day: Date) -> bool:
    """Whether the class is over on this day; its last day still belongs to it."""
    return cohort.ends is not None and day > cohort.ends


def checks_in(cohort: Cohort, day: Date) -> bool:
    """Whether the weekly question may come on this day: not before the class begins, and after its
    end only in the first week of a month."""
    if cohort.starts is not None and day < cohort.starts:
        return False
    return not ended(cohort, day) or day.day <= WEEK


def last_seen(cohort: Cohort, day: Date) -> Date:
    """The day up to which an organiser sees: theirs is the class, not what comes after it."""
    return min(day, cohort.ends) if cohort.ends is not None else day


def notice_day(cohort: Cohort) -> Date | None:
    """When members hear that the class will end; None while nobody knows when."""
    if cohort.ends is None:
        return None
    return cohort.ends.subtract(days=cohort.numbers.end_notice_days)
