"""The thank-you note: short, quotes the tip, names one thing to do with it (FEATURES D4)."""

from bot.domain.cohort import Member
from bot.domain.people import Contact
from bot.domain.talks import Talk


def first_name(name: str) -> str:
    """How one writes to somebody: without title and family name."""
    words = [word for word in name.split() if word.casefold().strip(".") not in _TITLES]
    return words[0].strip(",") if words else name


_TITLES = frozenset({"dr", "prof", "professor", "mr", "mrs", "ms", "mx", "sir", "dame"})


def thank_you(contact: Contact, talk: Talk, member: Member) -> str:
    """A note the student can copy; nothing in it that they did not log."""
    field = f" about {_inside(contact.field)}" if contact.field else " about your work"
    lines = [f"Dear {first_name(contact.name)},", ""]
    lines.append(f"Thank you for taking the time to talk with me{field}.")
    if talk.tip:
        lines.append(f"What stayed with me most: “{sentence(talk.tip)}”")
    if talk.intended:
        lines.append(f"My next step because of it: {sentence(talk.intended)}")
    elif not talk.tip:
        lines.append("It helped me see what the work is really like.")
    lines += ["I’ll let you know how it goes.", "", "Warm regards,", member.name]
    return "\n".join(lines)


def sentence(words: str) -> str:
    """With an end, as a quoted tip needs one."""
    words = words.strip()
    return words if words[-1:] in (".", "!", "?", "…") else f"{words}."


def _inside(field: str) -> str:
    """A field in the middle of a sentence: marketing, but UX design and IT."""
    return field if field[1:2].isupper() else field[:1].lower() + field[1:]
