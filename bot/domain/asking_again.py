"""The note that asks somebody for another talk: they know each other, so it is no first note."""

from calendar import month_name

from whenever import Date

from bot.domain.asking import BLANK
from bot.domain.cohort import Member, Numbers
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.domain.thanking import first_name

LATELY_DAYS = 10


def when_talked(held: Date, today: Date) -> str:
    """As a note says it: lately, in March, in March 2025."""
    if int(today.since(held, total="days")) <= LATELY_DAYS:
        return "the other day"
    month = month_name[held.month]
    if held.year != today.year:
        return f"in {month} {held.year}"
    return f"earlier in {month}" if held.month == today.month else f"in {month}"


def draft_another(
    contact: Contact, talk: Talk, member: Member, numbers: Numbers, today: Date
) -> str:
    """What they said first, then what came of it, then the request."""
    told = talk.tip.strip().rstrip(".!")
    thought = f"I still think of what you told me: “{told}.”" if told else "I often think of it."
    return "\n".join(
        [
            f"Dear {first_name(contact.name)},",
            "",
            f"We talked {when_talked(talk.held, today)}, and {thought} Since then {BLANK}.",
            "",
            (
                f"Could I ask you for another {numbers.asked_minutes} minutes, by phone, video or "
                "over a coffee, whenever suits you? I’m after advice, not a job."
            ),
            "",
            "Thank you,",
            member.name,
        ]
    )
