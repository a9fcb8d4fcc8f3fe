"""Taking a person off the list, and bringing them back (FEATURES J3)."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any

from bot import merges
from bot.command import Ask, command
from bot.context import Context
from bot.domain.asks import Ask as Asked
from bot.domain.care import Touch
from bot.domain.meetings import Meeting
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.domain.tidy import fold
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import Buttons, Reply, answer, button, text
from bot.trash import TRASH_DAYS, can_return

TIMELINE: Sequence[tuple[type[Any], str, str]] = (
    (Asked, "ask", "asks"),
    (Meeting, "booked talk", "booked talks"),
    (Talk, "talk", "talks"),
    (Touch, "touch", "touches"),
)


@command("contact remove", "Take a person off your list.")
def remove(ctx: Context, person: Annotated[Contact, "whom"]) -> Reply:
    """Into the trash, from which one press brings them back."""
    ctx.store.save(replace(person, removed=ctx.now))
    return answer(
        text(
            "{name} is off your list, notes and talks too. You can undo this for {days} days.",
            name=person.name,
            days=TRASH_DAYS,
        ),
        Buttons(
            (
                button("Undo", call("contact restore", number=person.id), replaces=True),
                button("Delete for good", call("contact forever", number=person.id)),
            )
        ),
    )


@command("contact forever", "Delete a removed person for good.", listed=False, reads=True)
def forever(ctx: Context, number: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """What goes and what is left, before anything is asked."""
    person = _removed(ctx, number)
    counts = [
        f"{n} {one if n == 1 else many}"
        for kind, one, many in TIMELINE
        if (n := ctx.store.count(kind, contact_id=person.id, member_id=ctx.member.id))
    ]
    named = ctx.store.count(Contact, owner_id=ctx.member.id, referred_by=person.id, removed=None)
    return answer(
        text(
            "This deletes {name} for good: {what}and your notes. It cannot be undone.",
            name=person.name,
            what="".join(f"{each}, " for each in ["the card", *counts]),
        ),
        text(
            "What is left: the messages in this chat, what you sent to them yourself, and backups "
            "until they are replaced.{named}{alum}",
            named=text(" Whom they named stays on your list: {n}.", n=named) if named else text(""),
            alum=text(" The directory of alumni stays as it is.") if person.alum_id else text(""),
        ),
        Buttons(
            (
                button("Bring back", call("contact restore", number=number), style="main"),
                button("Delete for good", call("contact erase", number=number), style="danger"),
            )
        ),
    )


def _removed(ctx: Context, number: int) -> Contact:
    person = ctx.store.first(Contact, id=number, owner_id=ctx.member.id)
    if person is None:
        raise refuse("That card is gone already.")
    if person.removed is None:
        raise refuse("{name} is on your list. Take them off it first.", name=person.name)
    return person


@command(
    "contact erase",
    "Delete a removed person, for good.",
    listed=False,
    title="Delete for good",
    submit="Delete",
    note="This cannot be undone. Only you see what you type: their name, to be sure.",
)
def erase(
    ctx: Context,
    number: Annotated[int, "", Ask.HIDDEN],
    name: Annotated[str, "their name, as their card has it", Ask.FORM],
) -> Reply:
    """The card with all that hangs on it; a merge that kept a copy forgets it too."""
    person = _removed(ctx, number)
    if fold(name) != fold(person.name):
        raise refuse(
            "Nothing was deleted: their card says {name}, and you typed something else.",
            name=person.name,
        )
    merges.forget(ctx, person)
    ctx.store.remove(person)
    return answer(text("{name} is deleted for good.", name=person.name))


@command("contact restore", "Bring a removed person back.", listed=False)
def restore(ctx: Context, number: Annotated[int, "", Ask.HIDDEN]) -> Reply:
    """Works until the trash is emptied."""
    person = ctx.store.first(Contact, id=number, owner_id=ctx.member.id)
    if person is None or not can_return(person, ctx.now):
        raise refuse("That is more than {days} days ago; the card is gone.", days=TRASH_DAYS)
    if person.removed is None:
        return answer(text("{name} is on your list already.", name=person.name), show(person))
    whole = merges.undo(ctx, person)
    if whole is None:
        ctx.store.save(replace(person, removed=None))
        return answer(text("{name} is back on your list.", name=person.name), show(person))
    return answer(
        text("Two cards again: {name} is back, with what was theirs.", name=whole.name),
        show(whole),
    )


def show(person: Contact) -> Buttons:
    """To their card."""
    return Buttons((button("Show", call("contact show", person=person.id)),))
