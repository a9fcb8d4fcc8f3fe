"""What has to hold over a whole term; each rule gives back what breaks it."""

from collections import Counter
from collections.abc import Iterator

from whenever import Date, Instant

from bot.domain.owed import Urgency
from bot.domain.people import Contact
from bot.domain.timing import AFTERWARDS
from tests.front_door import BERLIN
from tests.term.student import Letter, Student

QUIET_FROM, QUIET_UNTIL, SUNDAY = 20, 9, 7


def _day(at: Instant) -> Date:
    return at.to_tz(BERLIN).date()


def days_with_two(term: Student) -> list[Date]:
    """Days with more than one unasked message."""
    days = Counter(_day(each.at) for each in term.letters if each.unasked)
    return [day for day, count in days.items() if count > 1]


def at_bad_times(term: Student, pause: tuple[Date, Date]) -> list[Letter]:
    """Unasked messages at night, on Sundays or in the pause."""

    def bad(each: Letter) -> bool:
        local = each.at.to_tz(BERLIN)
        rests = pause[0] < local.date() < pause[1]
        night = not QUIET_UNTIL <= local.hour < QUIET_FROM
        return rests or night or local.date().day_of_week().value == SUNDAY

    return [each for each in term.letters if each.unasked and bad(each)]


def thanks_too_often(term: Student) -> list[str]:
    """Talks nudged about three times, or twice on one day."""
    came: dict[str, list[Date]] = {}
    for letter in term.letters:
        for row in letter.rows:
            if row.command == "thanks remind":
                came.setdefault(row.subject, []).append(_day(letter.at))
    return [talk for talk, days in came.items() if len(days) > 2 or len(set(days)) < len(days)]


def without_next_step(term: Student) -> list[Letter]:
    """Nudges without a button."""
    return [each for each in term.letters if each.unasked and not each.shown.buttons]


def without_reason(term: Student) -> list[str]:
    """Nudges that do not say whom or what they are about, or how they are stopped."""
    names = [each.name for each in term.person.keeps(Contact)]
    known = (*names, "weekly check-in", "check-in is still open", "No new name", "Your week at")
    words = [each.shown.words for each in term.letters if each.unasked]
    return [each for each in words
            if not any(one in each for one in known) or "/settings stop" not in each]  # fmt: skip


def hours_of(term: Student, command: str, since: Date, until: Date) -> Iterator[str]:
    """On which local clock a reminder came."""
    for each in term.letters:
        if each.brings(command) and since <= _day(each.at) < until:
            yield each.at.to_tz(BERLIN).to_stdlib().strftime("%H:%M")


def booked_late(term: Student) -> list[Letter]:
    """Reminders before a booked talk that came after they were due: they only move earlier."""
    return [
        each
        for each in term.letters
        for row in each.rows
        if row.urgency is Urgency.BOOKED and row.command not in AFTERWARDS and each.at > row.due
    ]
