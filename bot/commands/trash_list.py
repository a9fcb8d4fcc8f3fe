"""Who was taken off the list lately, with the way back and the way out (FEATURES J3)."""

from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cadence import local_day
from bot.domain.people import Contact
from bot.invocation import call
from bot.parameters import NumberKind
from bot.ports import Not
from bot.reply import (
    Buttons,
    Day,
    Listing,
    Note,
    Reply,
    Row,
    Title,
    answer,
    button,
    text,
)
from bot.trash import KEPT, TRASH_DAYS, can_return

SHOWN = 10


def in_trash(ctx: Context) -> list[Contact]:
    """The member's own that can still be brought back, the last one first."""
    removed = ctx.store.find(Contact, owner_id=ctx.member.id, removed=Not(None), order="-removed")
    return [each for each in removed if can_return(each, ctx.now)]


def trash_hint(ctx: Context) -> tuple[Buttons, ...]:
    """ "In the trash: 2", where there is something."""
    several = len(in_trash(ctx))
    if not several:
        return ()
    return (Buttons((button(text("In the trash: {n}", n=several), call("contact trash")),)),)


@command("contact trash", "Whom you took off your list lately.", listed=False, reads=True)
def trash(ctx: Context, page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1) -> Reply:
    """Each with its last day, a way back and a way out for good."""
    found = in_trash(ctx)
    if not found:
        back = Buttons((button("My people", call("contact list")),))
        return answer(text("Nothing is in the trash."), back)
    page = min(page, -(-len(found) // SHOWN))
    rows = tuple(
        Row(
            text("*{name}*", name=each.name),
            text("can come back until {day}", day=Day(local_day(each.removed + KEPT, ctx.zone)))
            if each.removed is not None
            else None,
            (
                button("Undo", call("contact restore", number=each.id)),
                button("Delete for good", call("contact forever", number=each.id)),
            ),
        )
        for each in found[(page - 1) * SHOWN : page * SHOWN]
    )
    to = [
        button(label, call("contact trash", page=number), replaces=True)
        for label, number in (("Previous", page - 1), ("Next", page + 1))
        if 1 <= number <= -(-len(found) // SHOWN)
    ]
    return answer(
        Title(text("Recently deleted: {n}", n=len(found))),
        Listing(rows),
        *([Buttons(tuple(to))] if to else []),
        Note(text("After {n} days they are gone for good, by themselves.", n=TRASH_DAYS)),
    )
