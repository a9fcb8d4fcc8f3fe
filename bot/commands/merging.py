"""Two cards of one person become one; both timelines stay (FEATURES A5)."""

from collections.abc import Callable
from typing import Annotated

from bot import merges
from bot.command import Ask as Asked
from bot.command import command
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.meetings import Meeting
from bot.domain.merging import FURTHEST, Merged, merge
from bot.domain.names import Known, find_twins
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import call
from bot.parameters import LONG_TEXT
from bot.people_kinds import contacts_of, described
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Listing,
    Note,
    Paragraph,
    Part,
    PersonRef,
    Reply,
    Row,
    Title,
    answer,
    button,
    joined,
    text,
)
from bot.trash import TRASH_DAYS

MOST_PAIRS = 10


@command("contact merge", "Make one card of two of the same person.")
def merge_two(
    ctx: Context,
    person: Annotated[Contact | None, "whose card stays"] = None,
    other: Annotated[Contact | None, "the card that goes into it"] = None,
    sure: Annotated[bool, "", Asked.HIDDEN] = False,
) -> Reply:
    """Suggests who may be twice there, shows what would be kept, then does it."""
    if person is None:
        return _pairs(ctx)
    if other is None:
        return _twins(ctx, person)
    if person.id == other.id:
        raise refuse("That is the same card. Give me two of them.", _pick_another(person))
    merged = merge(person, other, _namer(ctx))
    if len(merged.card.notes) > LONG_TEXT:
        raise refuse(
            "Together their notes have {n} characters, and {most} fit. Shorten one of them first.",
            Buttons((button("Edit", call("contact edit", person=other.id)),)),
            n=len(merged.card.notes),
            most=LONG_TEXT,
        )
    return _done(ctx, merged, person, other) if sure else _preview(ctx, merged, person, other)


@command(
    "contact same",
    "Who else is this the card of?",
    listed=False,
    title="The other card",
    note="Only you see this.",
)
def same(
    ctx: Context,
    person: Annotated[Contact, "", Asked.HIDDEN],
    other: Annotated[Contact, "the card that goes into it", Asked.FORM],
) -> Reply:
    """A form for somebody whom no likeness suggests."""
    return merge_two.handler(ctx, person, other) or _pairs(ctx)


def _namer(ctx: Context) -> Callable[[int], str]:
    people = {each.id: each.name for each in ctx.store.find(Contact, owner_id=ctx.member.id)}
    return lambda number: people.get(number, str(number))


def _pairs(ctx: Context) -> Answer:
    """Everybody who may be on the list twice."""
    mine = contacts_of(ctx)
    rows: list[Row] = []
    for place, each in enumerate(mine):
        rows += [_pair(each, twin) for twin in _like(each, mine[place + 1 :])]
    if not rows:
        return answer(
            text(
                "Nobody seems to be on your list twice. Name the card that stays, such as "
                "`/contact merge person: Dana`."
            ),
            Buttons((button("My people", call("contact list")),)),
        )
    return answer(Title(text("Perhaps the same person")), Listing(tuple(rows[:MOST_PAIRS])))


def _pair(each: Contact, twin: Contact) -> Row:
    first, second = sorted((each, twin), key=_fuller)
    return Row(
        text("{one} and {other}", one=described(first), other=described(second)),
        None,
        (button("Look", call("contact merge", person=first.id, other=second.id)),),
        PersonRef(first.id, first.name),
    )


def _fuller(card: Contact) -> tuple[int, int]:
    """The card that stays, unless one says otherwise: further along, then the older one."""
    return FURTHEST.index(card.standing), card.id


def _like(person: Contact, others: list[Contact]) -> list[Contact]:
    by_id = {each.id: each for each in others}
    known = [Known(each.id, each.name, each.email) for each in others]
    return [by_id[twin.known.id] for twin in find_twins(person.name, person.email, known)]


def _twins(ctx: Context, person: Contact) -> Answer:
    """Who may be the same as this one, the likeliest first."""
    twins = _like(person, [each for each in contacts_of(ctx) if each.id != person.id])
    rows = tuple(
        Row(
            described(twin),
            text("{standing}", standing=twin.standing.value),
            (button("Same person", call("contact merge", person=person.id, other=twin.id)),),
            PersonRef(twin.id, twin.name),
        )
        for twin in twins[:MOST_PAIRS]
    )
    if not rows:
        return answer(
            text("Nobody else on your list looks like {name}.", name=person.name),
            _pick_another(person),
        )
    return answer(
        Title(text("Which card is also {name}’s?", name=person.name)),
        Listing(rows),
        _pick_another(person),
    )


def _pick_another(person: Contact) -> Buttons:
    return Buttons((button("Somebody else", call("contact same", person=person.id)),))


def _preview(ctx: Context, merged: Merged, person: Contact, other: Contact) -> Answer:
    """What would stay and what would move; nothing is done yet."""
    parts: list[Part] = [
        Paragraph(
            text("{other} would go into {kept}.", other=described(other), kept=described(person))
        )
    ]
    moving = _counted(ctx, other)
    if moving:
        parts.append(Paragraph(text("Comes along: {what}.", what=", ".join(moving))))
    if merged.noted:
        lines = joined([text("{line}", line=line) for line in merged.noted], "; ")
        parts.append(Paragraph(text("Into the notes: {lines}.", lines=lines)))
    stands = text("Stands at: {at}.", at=merged.card.standing.value)
    parts.append(Paragraph(text("{stands} Both timelines stay.", stands=stands)))
    yes = call("contact merge", person=person.id, other=other.id, sure="yes")
    swap = call("contact merge", person=other.id, other=person.id)
    parts.append(
        Buttons(
            (
                button("Make them one", yes, style="main", replaces=True),
                button("Keep the other card", swap, replaces=True),
            )
        )
    )
    said = text("Nothing is changed yet. You can undo it for {days} days.", days=TRASH_DAYS)
    parts.append(Note(said))
    return Answer(tuple(parts))


def _counted(ctx: Context, other: Contact) -> list[str]:
    words = {Ask: "ask", Talk: "talk", Meeting: "meeting", Touch: "touch"}
    found: list[str] = []
    for kind, word in words.items():
        count = ctx.store.count(kind, contact_id=other.id)
        plural = "touches" if kind is Touch else f"{word}s"
        if count:
            found.append(f"{count} {word if count == 1 else plural}")
    return found


def _done(ctx: Context, merged: Merged, person: Contact, other: Contact) -> Answer:
    merges.carry_out(ctx, person, merged.card, other)
    return answer(
        text("One card now: {name}, with both timelines.", name=merged.card.name),
        Buttons(
            (
                button("Show", call("contact show", person=person.id), style="main"),
                button("Undo", call("contact restore", number=other.id), replaces=True),
            )
        ),
    )
