"""Words that are passed on in an introduction: short, in the first person, without an address."""

from bot.domain.cohort import Member
from bot.domain.introductions import Introduction
from bot.domain.people import Contact
from bot.domain.thanking import first_name, sentence


def topic(intro: Introduction, contact: Contact) -> str:
    """What the asker hopes to hear about, inside a sentence: a field, or what they typed."""
    if intro.who_knows_id is not None:
        return intro.about
    return inside(contact.field if intro.openly else intro.about)


def forward(contact: Contact, asker: str, about: str, blurb: str, minutes: str, owner: str) -> str:
    """What the owner may send to the contact, to ask whether they would like it."""
    wish = (
        f"{asker} is in my class and would like to learn about {about}. "
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
        f"{them}, this is {asker}, who is in my class and curious about {about}.",
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


def icebreaker(intro: Introduction, contact: Contact) -> str:
    """A first question that anybody likes to answer."""
    named = not intro.openly and intro.who_knows_id is None
    field = intro.about if named else contact.field
    began = inside(field) if field else "your field"
    return f"What surprised you most when you began in {began}?"


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
