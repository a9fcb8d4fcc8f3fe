"""The note that asks for a talk: tie first, who I am, why you, how long, advice not a job.

One note in five shapes (FEATURES B1, B3); written from known facts only, so that a blank stays a
blank, and short enough for where it goes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.cohort import Member, Numbers
from bot.domain.events import met_at
from bot.domain.note_check import count_words
from bot.domain.people import Contact, ContactKind
from bot.domain.thanking import first_name

BLANK = "[…]"
"""What only the student can fill in."""
STUDIES, READ = "what you study", "one thing you read about their work"
"""Two of the blanks, which a button fills for good."""


class Shape(StrEnum):
    """Where the note goes; the value travels in buttons and never changes."""

    EMAIL = "email"
    NOTE = "note"
    LONG_NOTE = "note300"
    PHONE = "phone"
    TEXT = "text"


SHAPE_WORDS = {
    Shape.EMAIL: "An e-mail",
    Shape.NOTE: "A LinkedIn note",
    Shape.LONG_NOTE: "A LinkedIn note (Premium)",
    Shape.PHONE: "A phone script",
    Shape.TEXT: "A short text, for people I know",
}
KNOWN = frozenset({ContactKind.FAMILY, ContactKind.COWORKER})


def most_characters(shape: Shape, numbers: Numbers) -> int | None:
    """Characters that an invitation on LinkedIn holds, free and with Premium."""
    return {
        Shape.NOTE: numbers.linkedin_characters,
        Shape.LONG_NOTE: numbers.linkedin_premium,
    }.get(shape)


def most_words(shape: Shape, numbers: Numbers) -> int | None:
    """Words after which a note of this shape is too long."""
    return {Shape.EMAIL: numbers.note_words, Shape.TEXT: numbers.text_words}.get(shape)


def _request(numbers: Numbers) -> str:
    return (
        f"Could we talk for {numbers.asked_minutes} minutes, by phone, video, at your workplace or "
        "over a coffee, whenever suits you in the next weeks? I’m after advice, not a job."
    )


@dataclass(frozen=True, slots=True)
class AskDraft:
    """A draft and what is still blank in it, as things to fill in."""

    words: str
    blanks: tuple[str, ...]
    shape: Shape = Shape.EMAIL

    @property
    def length(self) -> int:
        """Words, as a person counts them."""
        return count_words(self.words)

    @property
    def characters(self) -> int:
        """Characters, as a form with a limit counts them."""
        return len(self.words)


def usual_shape(contact: Contact) -> Shape:
    """People one knows get a text, everybody else an e-mail."""
    return Shape.TEXT if contact.kind in KNOWN else Shape.EMAIL


def facts_of(contact: Contact) -> tuple[str, ...]:
    """The things the student read about them, a line each (FEATURES C7)."""
    lines = (line.strip().rstrip(".;,") for line in contact.facts.splitlines())
    return tuple(line for line in lines if line)[:2]


def draft_ask(
    contact: Contact,
    member: Member,
    referrer: Contact | None,
    numbers: Numbers,
    shape: Shape = Shape.EMAIL,
) -> AskDraft:
    """A note the student makes their own."""
    blanks: list[str] = []
    match shape:
        case Shape.EMAIL:
            words = _email(contact, member, referrer, numbers, blanks)
        case Shape.NOTE | Shape.LONG_NOTE:
            words = _note(contact, member, referrer, numbers, shape, blanks)
        case Shape.PHONE:
            words = _script(contact, member, referrer, numbers, blanks)
        case Shape.TEXT:
            words = _text(contact, member, referrer, numbers, blanks)
    return AskDraft(words, tuple(blanks), shape)


def _email(
    contact: Contact,
    member: Member,
    referrer: Contact | None,
    numbers: Numbers,
    blanks: list[str],
) -> str:
    return "\n".join(
        [
            f"Dear {first_name(contact.name)},",
            "",
            _tie(contact, member, referrer, blanks),
            _who(member, blanks),
            _why(contact, member, blanks),
            _request(numbers),
            "",
            "Thank you for considering it,",
            member.name,
        ]
    )


def _tie(contact: Contact, member: Member, referrer: Contact | None, blanks: list[str]) -> str:
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
            at = f" at {member.intern_at}" if member.intern_at else ""
            return f"I think back with pleasure to working with you{at}."
        case ContactKind.EVENT:
            if where := met_at(contact.notes):
                return f"We met at {where}."
            blanks.append("the event where you met")
            return f"We met at {BLANK}."
        case _:
            blanks.append("how you heard of them")
            return f"I heard of you through {BLANK}."


def _who(member: Member, blanks: list[str]) -> str:
    if not member.major:
        blanks.append(STUDIES)
    studies = member.major or BLANK
    school = f" at {member.school}" if member.school else ""
    return f"I’m a student of {studies}{school}."


def _why(contact: Contact, member: Member, blanks: list[str]) -> str:
    facts = facts_of(contact)
    work = _work(contact, member)
    if facts:
        return f"Your work{work} interests me. What caught my eye: {', and '.join(facts)}."
    blanks.append(READ)
    return f"Your work{work} interests me, especially {BLANK}."


def _work(contact: Contact, member: Member) -> str:
    at = f" at {contact.company}" if contact.company else ""
    if contact.title:
        return f" as {_with_article(contact.title)}{at}"
    field = contact.field or ("" if at else member.field)
    return f" in {in_small(field)}{at}" if field else at


def in_small(words: str) -> str:
    """As within a sentence; a title in capitals throughout loses them, a name keeps its own."""
    parts = words.split()
    if len(parts) > 1 and all(each[:1].isupper() or each in _LITTLE for each in parts):
        return " ".join(each.lower() if each[1:].islower() else each for each in parts)
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


_LITTLE = frozenset({"of", "and", "for", "in", "at", "the", "&", "to", "/", "-"})


def _with_article(work: str) -> str:
    plain = in_small(work)
    return f"{'an' if plain[:1].lower() in 'aeiou' else 'a'} {plain}"


# ---- Short ones ---------------------------------------------------------------------------------


def _short_tie(contact: Contact, referrer: Contact | None) -> str:
    if referrer is not None:
        return f"{referrer.name} suggested I write."
    match contact.kind:
        case ContactKind.ALUM:
            return "I found you in our alumni directory."
        case ContactKind.COWORKER:
            return "I liked working with you."
        case ContactKind.FAMILY:
            return "I thought of you today."
        case ContactKind.EVENT:
            return f"We met at {met_at(contact.notes) or BLANK}."
        case ContactKind.PROFESSOR:
            return f"I know you from {BLANK}."
        case _:
            return f"I heard of you through {BLANK}."


def _note(
    contact: Contact,
    member: Member,
    referrer: Contact | None,
    numbers: Numbers,
    shape: Shape,
    blanks: list[str],
) -> str:
    """As much as the limit holds: tie, request and advice always, the rest while it fits."""
    tie = _short_tie(contact, referrer)
    if BLANK in tie:
        blanks.append("what connects you")
    subject = in_small(contact.field or contact.title)
    ask = f"Could I ask you about {subject or 'your work'} for {numbers.ask_minutes} minutes?"
    plain = f"Could I ask you about your work for {numbers.ask_minutes} minutes?"
    who = f"I study {member.major}." if member.major else "I’m a student."
    at = f"I’m a student of {member.major} at {member.school}." if member.school else who
    facts = facts_of(contact)
    why = f"What caught my eye: {facts[0]}." if facts else ""
    end = "Advice, not a job. Thank you!"
    name, me = first_name(contact.name), member.name
    tries: Sequence[Sequence[str]] = (
        (f"Hi {name},", tie, at, why, ask, end, me),
        (f"Hi {name},", tie, who, why, ask, end, me),
        (f"Hi {name},", tie, who, ask, end, me),
        (f"Hi {name},", tie, who, plain, end, first_name(me)),
        (f"Hi {name},", tie, plain, end, first_name(me)),
        ("Hi,", tie, plain, end),
        ("Hi,", plain, end),
    )
    made = [" ".join(part for part in parts if part) for parts in tries]
    most = most_characters(shape, numbers)
    return next((each for each in made if most is None or len(each) <= most), made[-1])


def _text(
    contact: Contact,
    member: Member,
    referrer: Contact | None,
    numbers: Numbers,
    blanks: list[str],
) -> str:
    """A few words, for people one knows."""
    who = first_name(contact.name)
    me = first_name(member.name)
    if referrer is None and contact.kind in KNOWN:
        tie = "I’m asking people I know about their work."
    else:
        tie = _short_tie(contact, referrer)
    if BLANK in tie:
        blanks.append("what connects you")
    yours = "yours" if "their work" in tie else "your work"
    return (
        f"Hi {who}, it’s {me}. {tie} Could I ask about {yours} for {numbers.ask_minutes} "
        "minutes, at your workplace or over a coffee? Just advice, no job!"
    )


def _script(
    contact: Contact,
    member: Member,
    referrer: Contact | None,
    numbers: Numbers,
    blanks: list[str],
) -> str:
    name = first_name(contact.name)
    return "\n".join(
        [
            f"“Hello, is this {name}? My name is {member.name}. Is this a good moment?”",
            "(If not: “When may I call again?”)",
            f"“{_tie(contact, member, referrer, blanks)} {_who(member, blanks)}",
            f"{_why(contact, member, blanks)}",
            (
                f"Could I ask you a few questions for {numbers.asked_minutes} minutes, now or "
                "another day, by phone, at your workplace or over a coffee? I’m after advice, not "
                "a job.”"
            ),
            (
                "(Yes: settle day, hour and number, and say it back. No: “Thank you all the same. "
                "Who else might I ask?”)"
            ),
            "“Thank you, I look forward to it.”",
        ]
    )


# ---- Afterwards ---------------------------------------------------------------------------------


def draft_follow_up(
    contact: Contact, member: Member, numbers: Numbers, *, last: bool = True
) -> str:
    """Short, kind, easy to say no to (FEATURES B4). ``last``: no other will follow it."""
    leave = " and then leave it" if last else ""
    return "\n".join(
        [
            f"Dear {first_name(contact.name)},",
            "",
            (
                f"You must have a lot to read, so I write once more{leave}. Would "
                f"{numbers.ask_minutes} minutes of your time be possible in the next weeks, by "
                "phone, video or over a coffee?"
            ),
            "If not, I quite understand; perhaps you know somebody else I might ask.",
            "",
            "Thank you,",
            member.name,
        ]
    )


def draft_again(contact: Contact, member: Member, numbers: Numbers) -> str:
    """To somebody who said "later"."""
    return "\n".join(
        [
            f"Dear {first_name(contact.name)},",
            "",
            (
                "You kindly said that we might talk a little later. Would "
                f"{numbers.asked_minutes} minutes suit you now, on {BLANK} or {BLANK}, by phone, "
                "video or over a coffee?"
            ),
            "",
            "Thank you,",
            member.name,
        ]
    )


def masked(words: str, hidden: Sequence[tuple[str, str]]) -> str:
    """The words with each (value, stand-in) replaced, whatever its case; the longest first."""
    for value, stand_in in sorted(hidden, key=lambda pair: -len(pair[0])):
        if len(value.strip()) > 1:
            words = _replaced(words, value.strip(), stand_in)
    return words


def _replaced(words: str, value: str, stand_in: str) -> str:
    folded, wanted = words.lower(), value.lower()
    if len(folded) != len(words):  # a letter that grows when small: only as written
        return words.replace(value, stand_in)
    made, at = [], 0
    while (found := folded.find(wanted, at)) >= 0:
        made += [words[at:found], stand_in]
        at = found + len(value)
    return "".join([*made, words[at:]])
