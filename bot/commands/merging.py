"""Two cards of one person become one; both timelines stay (FEATURES A5)."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from bot.command import Ask as Asked
from bot.command import command
from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.introductions import Introduction
from bot.domain.meetings import Meeting
from bot.domain.merging import FURTHEST, Merged, merge
from bot.domain.names import Known, find_twins
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact
from bot.domain.talks import QuestionUse, Talk
from bot.invocation import Call, call, read, write
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

MOST_PAIRS = 10
OF_A_CONTACT = (Ask, Talk, Meeting, Touch, QuestionUse, Introduction)
"""The kinds of rows that are about a card."""


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
    return _done(ctx, merged, other) if sure else _preview(ctx, merged, person, other)


@command("contact same", "Who else is this the card of?", listed=False, title="The other card")
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
    parts.append(Note(text("Nothing is changed yet. The emptied card goes to the trash.")))
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


def _done(ctx: Context, merged: Merged, other: Contact) -> Answer:
    """One transaction: everything that pointed at the other card points at this one."""
    kept = merged.card
    for kind in OF_A_CONTACT:
        for row in ctx.store.find(kind, contact_id=other.id):
            ctx.store.save(replace(row, contact_id=kept.id))
    for each in ctx.store.find(Contact, owner_id=ctx.member.id):
        moved = _repointed(each, other.id, kept.id)
        if moved != each and each.id not in (kept.id, other.id):
            ctx.store.save(moved)
    _reminders(ctx, other.id, kept.id)
    ctx.store.save(kept)
    emptied = replace(
        other,
        alum_id=None,
        referred_by=None,
        will_introduce=None,
        removed=ctx.now,
        notes=f"Merged into {kept.name}.\n{other.notes}".strip(),
    )
    ctx.store.save(emptied)
    return answer(
        text("One card now: {name}, with both timelines.", name=kept.name),
        Buttons(
            (
                button("Show", call("contact show", person=kept.id), style="main"),
                button("Bring the emptied card back", call("contact restore", number=other.id)),
            )
        ),
    )


def _repointed(each: Contact, gone: int, kept: int) -> Contact:
    return replace(
        each,
        referred_by=kept if each.referred_by == gone else each.referred_by,
        will_introduce=kept if each.will_introduce == gone else each.will_introduce,
    )


def _reminders(ctx: Context, gone: int, kept: int) -> None:
    """What waits to be said about the emptied card is said about the one that stays."""
    for row in ctx.store.find(Owed, member_id=ctx.member.id, state=OwedState.DUE):
        about = read(row.call)
        if about.arguments.get("person") == str(gone):
            now = Call(about.command, {**about.arguments, "person": str(kept)})
            ctx.store.save(replace(row, call=write(now)))
