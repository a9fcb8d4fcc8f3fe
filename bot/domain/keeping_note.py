"""Short notes that keep a contact warm: a line now and then, and what came of their help."""

from collections.abc import Iterable

from bot.domain.asking import in_small
from bot.domain.care import Touch
from bot.domain.cohort import Member, Numbers
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.domain.thanking import first_name


def to_quote(talks: Iterable[Talk], touches: Iterable[Touch]) -> Talk | None:
    """Of a person's talks, the newest whose tip no note has quoted yet (see :func:`quoted`)."""
    written = {each.words for each in touches}
    fresh = [each for each in talks if each.tip and quoted(each) not in written]
    return max(fresh, key=lambda each: (each.held, each.id), default=None)


def quoted(talk: Talk) -> str:
    """What a touch keeps of a note that quoted a talk's tip."""
    return f"“{_plain(talk.tip)}.”"


def touch_note(
    contact: Contact, talk: Talk | None, member: Member, *, turn: int = 0, names: bool = False
) -> str:
    """A line that quotes the tip of ``talk`` (FEATURES F2); ``names``: it asks for one (E2).

    Without a tip, each ``turn`` has another line."""
    name = first_name(contact.name)
    lines = [
        "Our last talk came to my mind again. […]",
        "I thought you might like to hear how it has gone since: […]",
    ]
    if contact.field:
        field = in_small(contact.field)
        lines.insert(0, f"I came across something about {field} and thought of you. […]")
    if talk is not None:
        middle = f"I still think of what you told me: {quoted(talk)} […]"
    else:
        middle = lines[turn % len(lines)]
    asked = "Who else do you think I should talk to?" if names else "How are things with you?"
    return f"Dear {name},\n\n{middle}\n{asked}\n\nWarm regards,\n{member.name}"


def advice_used_note(contact: Contact, talk: Talk, member: Member) -> str:
    """Two lines to whoever gave the advice that was used (FEATURES D6)."""
    did = f" {_plain(talk.intended)}." if talk.intended else " […]"
    return (
        f"Dear {first_name(contact.name)},\n\nYou told me: “{_plain(talk.tip)}.” I did it:{did}\n"
        f"Thank you, it helped.\n\n{member.name}"
    )


def met_note(referrer: Contact, met: Contact, member: Member) -> str:
    """Two lines to whoever named somebody whom the student has met now."""
    return (
        f"Dear {first_name(referrer.name)},\n\nI talked with {met.name}, as you suggested, and it "
        f"was worth it: […]\nThank you for the name.\n\n{member.name}"
    )


def good_news_note(contact: Contact, news: str, member: Member) -> str:
    """Good news to somebody who helped."""
    return (
        f"Dear {first_name(contact.name)},\n\nGood news: {_sentence(news)}\nYour time and advice "
        f"were part of it. Thank you.\n\nWarm regards,\n{member.name}"
    )


def forwardable(met_by: Contact, wanted: Contact, member: Member, numbers: Numbers) -> str:
    """A blurb that a contact can forward to introduce the student (FEATURES E6)."""
    studies = f", who studies {member.major}" if member.major else ""
    work = f" about {wanted.field}" if wanted.field else " about your work"
    return (
        f"Hi {first_name(wanted.name)}, may I introduce {member.name}{studies}? "
        f"{first_name(member.name)} hopes to talk with you for {numbers.ask_minutes} minutes"
        f"{work}: advice, not a job. If that suits you, just answer both of us.\n\n{met_by.name}"
    )


def _plain(words: str) -> str:
    return words.strip().rstrip(".!")


def _sentence(words: str) -> str:
    words = words.strip()
    return words if words[-1:] in ".!?" else f"{words}."
