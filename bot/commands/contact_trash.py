"""Taking a person off the list, and bringing them back (FEATURES J3)."""

from dataclasses import replace
from typing import Annotated

from bot import merges
from bot.command import Ask, command
from bot.context import Context
from bot.domain.people import Contact
from bot.invocation import call
from bot.refusal import refuse
from bot.reply import Buttons, Reply, answer, button, text
from bot.trash import TRASH_DAYS, can_return


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
        Buttons((button("Undo", call("contact restore", number=person.id), replaces=True),)),
    )


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
