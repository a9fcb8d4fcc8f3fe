"""The first note to an alum who has said yes to a term (FEATURES K5): no question asked anew."""

from bot.domain.asking import BLANK, facts_of
from bot.domain.cohort import Member, Numbers
from bot.domain.people import Contact
from bot.domain.thanking import first_name


def first_note(contact: Contact, member: Member, field: str, numbers: Numbers) -> str:
    """The tie is the partnership; what is open is only the time."""
    studies = f"{member.major or BLANK}{f' at {member.school}' if member.school else ''}"
    caught = ", and ".join(facts_of(contact))
    when = (
        f"Which day of the next two weeks suits you for a first {numbers.asked_minutes} minutes, "
        "by phone, video, at your workplace or over a coffee? I’m after advice, and bring my "
        "questions."
    )
    lines = [
        f"Dear {first_name(contact.name)},",
        "",
        "Thank you for saying yes to being my partner this term.",
        f"I’m a student of {studies}, curious about {field or member.field or BLANK}.",
        f"What caught my eye: {caught}." if caught else "",
        when,
        "",
        "I look forward to it,",
        member.name,
    ]
    return "\n".join(line for at, line in enumerate(lines) if line or at in (1, 6))
