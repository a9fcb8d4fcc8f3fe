"""Internship rules: one idea a week, and whom one did not get to meet (FEATURES K2)."""

from collections.abc import Iterable

from whenever import Date, Instant, Time

from bot.domain.cohort import Member, Numbers
from bot.domain.people import Contact
from bot.domain.thanking import first_name
from bot.domain.tidy import fold
from bot.domain.wishlist import KNOWN_TALKED

WORKDAYS = (1, 2, 3, 4, 5)
BEGINS, LUNCH, AFTERNOON, ENDS = Time(9), Time(12), Time(13), Time(17)
TUESDAY = 2
"""Weekly ideas come on Tuesdays: Monday is the check-in's."""


def prompt_weeks(first: Date, last: Date) -> list[Date]:
    """A Tuesday of every week from the first to the last day."""
    ahead = (TUESDAY - first.day_of_week().value) % 7
    day, found = first.add(days=ahead), []
    while day <= last:
        found.append(day)
        day = day.add(days=7)
    return found


def in_working_hours(at: Instant, member: Member) -> bool:
    """Whether a moment is working time of the internship: Monday to Friday, but for lunch."""
    there = at.to_tz(member.zone or "UTC")
    day = there.date()
    begins, ends = member.intern_from, member.intern_until
    if begins is None or ends is None or not begins <= day <= ends:
        return False
    works = BEGINS <= there.time() < ENDS and not LUNCH <= there.time() < AFTERNOON
    return works and day.day_of_week().value in WORKDAYS


def unmet(contacts: Iterable[Contact], company: str) -> list[Contact]:
    """People of the company whom the student has not talked with."""
    where = fold(company)
    return [
        each
        for each in contacts
        if where
        and where in fold(each.company)
        and each.standing not in KNOWN_TALKED
        and not each.do_not_contact
    ]


def team_note(contact: Contact, member: Member, numbers: Numbers) -> str:
    """A note from an intern who is about to leave."""
    goal = (
        f" I set out to learn about {member.intern_goal.strip().rstrip('.')}, and"
        if (member.intern_goal)
        else ""
    )
    return (
        f"Dear {first_name(contact.name)},\n\nMy internship at {member.intern_at} ends soon, and "
        f"we did not get to meet.{goal} your work came up more than once. Could we talk for "
        f"{numbers.ask_minutes} minutes, in these days or by phone afterwards? I’m after "
        f"advice, not a job.\n\n"
        f"Thank you,\n{member.name}"
    ).replace("meet. your", "meet. Your")
