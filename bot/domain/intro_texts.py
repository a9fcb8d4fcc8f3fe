"""Words that are passed on in an introduction: short, in the first person, without an address."""

from bot.domain.cohort import Member
from bot.domain.people import Contact
from bot.domain.thanking import first_name, sentence


def forward(contact: Contact, asker: str, about: str, blurb: str, minutes: str, owner: str) -> str:
    """What the owner may send to the contact, to ask whether they would like it."""
    wish = (
        f"{asker} is in my class and would like to learn about {inside(about)}. "
        f"Would you have {minutes} minutes for a talk? It’s for advice, not for a job. "
        "A no is fine, and so is “later”."
    )
    lines = [f"Hi {first_name(contact.name)},", "", wish]
    if blurb:
        lines += ["", f"In {first_name(asker)}’s words: “{blurb}”"]
    return "\n".join([*lines, "", "May I introduce you two?", "", owner])


def mail(contact: Contact, asker: str, about: str, blurb: str, owner: str) -> str:
    """The e-mail that brings both together, for the owner to send."""
    them, me = first_name(contact.name), first_name(asker)
    lines = [
        f"Dear {them}, dear {me},",
        "",
        f"{them}, this is {asker}, who is in my class and curious about {inside(about)}.",
    ]
    if blurb:
        lines.append(f"In {me}’s words: “{blurb}”")
    lines += [
        "",
        f"{me}, this is {contact.name}{_work(contact)}.",
        "",
        f"{me} will write to you, {them}, with a few times that suit. Enjoy the talk.",
        "",
        owner,
    ]
    return "\n".join(lines)


def icebreaker(about: str) -> str:
    """A first question that anybody likes to answer."""
    if not about:
        return "What surprised you most when you began in your field?"
    return f"What surprised you most when you began in {inside(about)}?"


def thanks(owner: str, contact: str, outcome: str, asker: Member) -> str:
    """From the asker to the introducer, with what came of it."""
    lines = [f"Dear {first_name(owner)},", "", f"Thank you for introducing me to {contact}."]
    if outcome:
        lines.append(sentence(outcome))
    lines += ["It was your word that opened the door.", "", "Warm regards,", asker.name]
    return "\n".join(lines)


def inside(field: str) -> str:
    """A field in the middle of a sentence: marketing, but UX design and IT."""
    if not field:
        return "this work"
    return field if field[1:2].isupper() else field[:1].lower() + field[1:]


def _work(contact: Contact) -> str:
    work = " at ".join(part for part in (contact.title, contact.company) if part)
    return f", {work}" if work else ""
