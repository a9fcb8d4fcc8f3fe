"""The note that asks for a talk: tie first, who I am, why you, 20–30 minutes, advice not a job."""

from dataclasses import dataclass

from bot.domain.cohort import Member
from bot.domain.people import Contact, ContactKind
from bot.domain.thanking import first_name

BLANK = "[…]"
"""What only the student can fill in."""

REQUEST = (
    "Could we talk for 20 to 30 minutes, by phone, video or at your workplace, whenever suits you "
    "in the next weeks? I’m after advice, not a job."
)


@dataclass(frozen=True, slots=True)
class AskDraft:
    """A draft and what is still blank in it, as things to fill in."""

    words: str
    blanks: tuple[str, ...]

    @property
    def length(self) -> int:
        """Words, without greeting marks."""
        return len(self.words.split())


def draft_ask(contact: Contact, member: Member, referrer: Contact | None) -> AskDraft:
    """A note the student makes their own; written from known facts only (FEATURES B1)."""
    blanks: list[str] = []
    lines = [
        f"Dear {first_name(contact.name)},",
        "",
        _tie(contact, referrer, blanks),
        _who(member, blanks),
        _why(contact, member, blanks),
        REQUEST,
        "",
        "Thank you for considering it,",
        member.name,
    ]
    return AskDraft("\n".join(lines), tuple(blanks))


def _tie(contact: Contact, referrer: Contact | None, blanks: list[str]) -> str:
    if referrer is not None:
        return f"{referrer.name} suggested that I write to you."
    match contact.kind:
        case ContactKind.ALUM:
            return "I found you in our school’s alumni directory."
        case ContactKind.PROFESSOR:
            blanks.append("which class or meeting connects you")
            return f"I know you from {BLANK}."
        case ContactKind.FAMILY:
            return "We know each other, and I only now thought of asking about your work."
        case ContactKind.COWORKER:
            return "I think back with pleasure to working with you."
        case ContactKind.EVENT:
            blanks.append("the event where you met")
            return f"We met at {BLANK}."
        case _:
            blanks.append("how you heard of them")
            return f"I heard of you through {BLANK}."


def _who(member: Member, blanks: list[str]) -> str:
    if not member.major:
        blanks.append("what you study (`/settings goals` keeps it)")
    studies = member.major or BLANK
    school = f" at {member.school}" if member.school else ""
    return f"I’m a student of {studies}{school}."


def _why(contact: Contact, member: Member, blanks: list[str]) -> str:
    blanks.append("one thing you read about their work")
    at = f" at {contact.company}" if contact.company else ""
    work = contact.title or contact.field or member.field
    if work:
        return f"Your work as {_with_article(work)}{at} interests me, especially {BLANK}."
    return f"Your work{at} interests me, especially {BLANK}."


def _with_article(work: str) -> str:
    plain = work[:1].lower() + work[1:] if not work[:2].isupper() else work
    return f"{'an' if plain[:1] in 'aeiou' else 'a'} {plain}"
