"""The brief of a talk: who, what is known, five questions, what to have at hand (C3, Words 6)."""

from typing import TYPE_CHECKING

from bot.booked import their_time
from bot.domain.booking import IN_PERSON, confirm_note
from bot.domain.cadence import local_day
from bot.domain.intro_words import thirty_seconds
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.domain.questions import pick_for_talk
from bot.domain.spelled import some_names
from bot.domain.talks import QuestionUse, Talk
from bot.invocation import call
from bot.reply import (
    Button,
    Buttons,
    Copyable,
    Day,
    Fact,
    Facts,
    Listing,
    Moment,
    Paragraph,
    Part,
    Row,
    Text,
    Title,
    button,
    text,
)

if TYPE_CHECKING:
    from bot.context import Context

QUESTIONS = 5
CONFIRMED_DAYS = 3
"""How early a talk may be confirmed: the evening before, or before a long weekend."""
ADVICE = (
    "Thank them, say what you hope to learn, listen. Near the end, offer to stop and ask who else "
    "to meet: {names}."
)


def brief_parts(ctx: "Context", contact: Contact, talk: Meeting | None) -> list[Part]:
    """All of it, for a phone's width; ``talk`` is None when nothing is booked with them yet."""
    parts: list[Part] = [Title(_title(ctx, contact, talk)), Paragraph(_advice(ctx, talk))]
    rows = _facts(ctx, contact, talk)
    if rows:
        parts.append(Facts(tuple(rows)))
    if not contact.facts:
        parts.append(
            Paragraph(text("Two things you read about them make the talk; ten minutes are enough."))
        )
    if intro := thirty_seconds(ctx.member):
        parts += [Paragraph(text("Your thirty seconds:")), Paragraph(text("_{w}_", w=intro))]
    if asked := questions_for(ctx, contact):
        parts.append(Paragraph(text("Five questions:" if len(asked) > 1 else "A question:")))
        parts.append(Listing(tuple(Row(text("{ask}", ask=each)) for each in asked)))
    if talk is not None:
        parts.append(Paragraph(_at_hand(ctx, contact, talk)))
        if 0 < days_to(ctx, talk) <= CONFIRMED_DAYS:
            parts.append(Paragraph(text("Confirm it with a line today:")))
            parts.append(Copyable(confirm_note(contact, talk, ctx.member)))
    parts.append(Buttons(_buttons(ctx, contact, talk)))
    return parts


def _advice(ctx: "Context", talk: Meeting | None) -> Text:
    advice = text(ADVICE, names=some_names(ctx.cohort.numbers))
    if talk is not None and talk.mode == "phone":
        return text("{advice} Pen and paper beside you.", advice=advice)
    return text("{advice} Phone away.", advice=advice)


def days_to(ctx: "Context", talk: Meeting) -> int:
    """Nights until the talk."""
    return int(local_day(talk.at, ctx.zone).since(ctx.today, total="days"))


def _title(ctx: "Context", contact: Contact, talk: Meeting | None) -> Text:
    if talk is None:
        return text("Getting ready for {name}", name=contact.name)
    time = Moment(talk.at, "time")
    days = days_to(ctx, talk)
    if days == 0:
        return text("Today {time}, {name}", time=time, name=contact.name)
    if days == 1:
        return text("Tomorrow {time}, {name}", time=time, name=contact.name)
    return text("{at}, {name}", at=Moment(talk.at), name=contact.name)


def _facts(ctx: "Context", contact: Contact, talk: Meeting | None) -> list[Fact]:
    rows: list[tuple[Text, Text]] = []
    if who := ", ".join(part for part in (contact.title, contact.company) if part):
        rows.append((text("Who"), text("{who}", who=who)))
    if talk is not None and (how := ", ".join(p for p in (talk.mode, talk.place) if p)):
        rows.append((text("How"), text("{how}, {n} minutes", how=how, n=talk.minutes)))
    by = ctx.store.get(Contact, contact.referred_by) if contact.referred_by else None
    if by is not None and by.removed is None:
        rows.append((text("Suggested by"), text("{name}", name=by.name)))
    if last := _last_note(ctx, contact):
        rows.append((text("Last notes"), last))
    for number, fact in enumerate(contact.facts.splitlines()):
        rows.append((text("And") if number else text("You read"), text("{fact}", fact=fact)))
    return [Fact(label, value) for label, value in rows]


def _last_note(ctx: "Context", contact: Contact) -> Text | None:
    """What the last talk left, or what stands on their card."""
    last = ctx.store.first(Talk, member_id=ctx.member.id, contact_id=contact.id, order="-held")
    if last is not None and (last.tip or last.takeaways):
        return text("{day}: {words}", day=Day(last.held), words=last.tip or last.takeaways)
    return text("{words}", words=contact.notes) if contact.notes else None


def questions_for(ctx: "Context", contact: Contact) -> list[str]:
    """Saved ones first, those for this person before the general; then from the bank."""
    questions = ctx.content.questions_for(ctx.cohort)
    bank = {each.key: each for each in questions}
    used = [
        each
        for each in ctx.store.find(QuestionUse, member_id=ctx.member.id)
        if each.contact_id in (None, contact.id) and each.question in bank
    ]
    saved = sorted((each for each in used if each.saved), key=lambda each: each.contact_id is None)
    mine = list(dict.fromkeys(each.question for each in saved))[:QUESTIONS]
    known = {each.question for each in used if each.contact_id == contact.id} | set(mine)
    words = contact.field or contact.title or ctx.member.field
    fields = ctx.content.fields_for(ctx.cohort).ids_of(words) if words else ()
    missing = QUESTIONS - len(mine)
    seed = f"brief:{ctx.member.id}:{contact.id}"
    more = pick_for_talk(questions, fields, known, seed, missing) if missing else ()
    return [bank[key].ask for key in mine] + [each.ask for each in more]


def _at_hand(ctx: "Context", contact: Contact, talk: Meeting) -> Text:
    """The checklist: résumé, their clock or the way there, their number."""
    theirs = their_time(talk, ctx.zone)
    clock = text("their time zone, if it is not yours")
    if talk.mode == IN_PERSON:
        clock = text("the way there")
    elif theirs is not None:
        clock = text("it is {t} for them", t=theirs)
    number = text("their phone number, in case the plan fails")
    if contact.phone:
        number = text("their number is {phone}", phone=contact.phone)
    elif talk.mode == "phone":
        number = text("their phone number")
    return text("To hand: your résumé; {clock}; {number}.", clock=clock, number=number)


def _buttons(ctx: "Context", contact: Contact, talk: Meeting | None) -> tuple[Button, ...]:
    found: list[Button] = []
    if not contact.facts:
        found.append(
            button("Add two facts", call("interview facts", person=contact.id), style="main")
        )
    if not thirty_seconds(ctx.member):
        found.append(button("My thirty seconds", call("interview intro")))
    if not ctx.member.pairs_every and (talk is None or days_to(ctx, talk) > CONFIRMED_DAYS):
        found.append(button("Practise with a classmate", call("intro pair")))
    if talk is None:
        found.append(button("Book the talk", call("interview book", person=contact.id)))
        return tuple(found)
    found.append(button("Change or move", call("interview move", talk=talk.id)))
    found.append(button("Cancel it", call("interview cancel", talk=talk.id)))
    return tuple(found)
