"""The card of one person: facts, everything that happened, what can be done (FEATURES A8)."""

from typing import Annotated

from bot.command import command
from bot.context import Context
from bot.domain.people import KIND_WORDS, Contact, Standing
from bot.domain.talks import Promise, Talk
from bot.invocation import call
from bot.people_kinds import contacts_of
from bot.reply import (
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Link,
    Listing,
    Moment,
    Paragraph,
    Part,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)


@command("contact show", "Show what you know about a person.", reads=True)
def show(ctx: Context, person: Annotated[Contact, "whose card"]) -> Reply:
    """What is known first, then the timeline, then the likely next steps."""
    facts = [Fact(label, value) for label, value in _facts(ctx, person)]
    parts: list[Part] = [Title(text("{name}", name=person.name)), Facts(tuple(facts))]
    timeline = _timeline(ctx, person)
    if timeline:
        parts.append(Listing(tuple(timeline)))
    if person.notes:
        parts.append(Paragraph(text("_Notes:_ {notes}", notes=person.notes)))
    return answer(*parts, Buttons(_next(person)))


def _facts(ctx: Context, person: Contact) -> list[tuple[Text, Text]]:
    by_id = {each.id: each for each in contacts_of(ctx)}
    led_to = [each.name for each in by_id.values() if each.referred_by == person.id]
    referrer = by_id.get(person.referred_by or 0)
    said: list[tuple[Text, str | Link]] = [
        (text("Work"), ", ".join(part for part in (person.title, person.company) if part)),
        (text("Field"), person.field),
        (text("Place"), person.city),
        (text("How I know them"), KIND_WORDS[person.kind]),
        (text("Where it stands"), person.standing.value),
        (text("E-mail"), person.email),
        (text("Link"), Link(person.link, person.link) if person.link else ""),
        (text("Told about by"), referrer.name if referrer else ""),
        (text("Led me to"), ", ".join(led_to)),
    ]
    return [(label, text("{v}", v=value)) for label, value in said if value]


def _timeline(ctx: Context, person: Contact) -> list[Row]:
    rows: list[Row] = []
    for talk in ctx.store.find(Talk, contact_id=person.id, order="-held"):
        thanked = text(", thanked") if talk.thanked else text(", not thanked yet")
        detail = text("{words}", words=_short(talk.takeaways)) if talk.takeaways else None
        rows.append(
            Row(text("Talk on {day}{thanked}", day=Day(talk.held), thanked=thanked), detail)
        )
        if talk.tip:
            rows.append(Row(text("Their tip: “{tip}”", tip=talk.tip)))
        for promise in ctx.store.find(Promise, talk_id=talk.id):
            due = text(" by {day}", day=Day(promise.due)) if promise.due else text("")
            rows.append(Row(text("Promised: {words}{due}", words=promise.words, due=due)))
    rows.append(Row(text("Added {when}", when=Moment(person.added, "day"))))
    return rows


def _short(words: str, most: int = 200) -> str:
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _next(person: Contact) -> tuple[Button, ...]:
    ask = button("Draft an ask", call("ask draft", person=person.id))
    log = button("Log a talk", call("interview log", person=person.id))
    questions = button("Questions", call("question", person=person.id))
    edit = button("Edit", call("contact edit", person=person.id))
    remove = button("Remove", call("contact remove", person=person.id), style="danger")
    met = person.standing in (Standing.MET, Standing.THANKED, Standing.IN_TOUCH)
    return (log, questions, edit, remove) if met else (ask, questions, log, edit, remove)
