"""What felt wrong, for organisers to look at; and who is not to be asked (FEATURES B8, B9)."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.care import Concern
from bot.domain.cohort import Member, Role
from bot.domain.people import Alum, Contact
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import (
    Button,
    Listing,
    Moment,
    Note,
    Part,
    Reply,
    Row,
    Title,
    answer,
    button,
    joined,
    text,
)

SHOWN = 10
LOOKED_AT = 5
"""How many of those looked at are shown below the open ones."""


def open_concerns(ctx: Context) -> list[Concern]:
    """Those that nobody has looked at, the newest first."""
    return ctx.store.find(Concern, looked_at=None, order="-raised")


@command(
    "cohort concerns",
    "What felt wrong, and who is not to be asked.",
    who=Role.ORGANISER,
    listed=False,
    reads=True,
)
def concerns(ctx: Context) -> Reply:
    """Open ones first; then who is kept out of the directory's searches."""
    waiting = open_concerns(ctx)
    parts: list[Part] = []
    if waiting:
        parts += [
            Title(text("To look at: {n}", n=len(waiting))),
            Listing(tuple(_row(ctx, each) for each in waiting[:SHOWN])),
        ]
    else:
        parts.append(Title(text("Nothing is waiting for you")))
    barred = ctx.store.find(Alum, do_not_contact=True, order="name")
    if barred:
        parts += [
            Title(text("Not to be asked: {n}", n=len(barred))),
            Listing(tuple(_barred(each) for each in barred[:SHOWN])),
        ]
    done = [each for each in ctx.store.find(Concern, order="-raised") if each.looked_at]
    if done:
        rows = tuple(_row(ctx, each) for each in done[:LOOKED_AT])
        parts += [Title(text("Looked at")), Listing(rows)]
    return answer(*parts, Note(text("Only organisers read this.")))


def _row(ctx: Context, each: Concern) -> Row:
    by = ctx.store.get(Member, each.member_id)
    said = [text("{who}, {when}", who=by.name if by else "a student", when=Moment(each.raised))]
    if each.words:
        said.append(text("“{words}”", words=each.words))
    buttons: tuple[Button, ...] = ()
    if each.looked_at is None:
        buttons = (
            button("Looked at it", call("concern seen", concern=each.id), style="main"),
            button("Nobody asks them", call("concern bar", concern=each.id), style="danger"),
        )
    return Row(text("*{about}*", about=each.about or "a contact"), joined(said, ": "), buttons)


def _barred(alum: Alum) -> Row:
    where = ", ".join(part for part in (alum.title, alum.company) if part)
    return Row(
        text("*{name}*", name=alum.name),
        text("{where}", where=where) if where else None,
        (button("May be asked again", call("concern lift", alum=alum.id)),),
    )


@command(
    "concern lift",
    "Somebody may be asked again.",
    who=Role.ORGANISER,
    listed=False,
    title="May be asked again",
    submit="Lift it",
    note="Only organisers read the reason. They may have asked not to be asked: be sure.",
)
def lift(
    ctx: Context,
    alum: Annotated[int, "", Ask.HIDDEN],
    why: Annotated[LongText, "what has changed, such as “they wrote to us”", Ask.FORM],
) -> Reply:
    """Kept with its reason, beside the concerns."""
    found = ctx.store.get(Alum, alum)
    if found is None or not found.do_not_contact:
        raise refuse("They may be asked already.")
    if found.left is not None:
        raise refuse("{name} took themselves off the list; only they come back.", name=found.name)
    ctx.store.save(replace(found, do_not_contact=False))
    for each in ctx.store.find(Contact, alum_id=found.id, do_not_contact=True):
        ctx.store.save(replace(each, do_not_contact=False))
    ctx.store.add(
        Concern(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            about=f"{found.name}: may be asked again",
            words=why,
            raised=ctx.now,
            looked_at=ctx.now,
        )
    )
    return answer(text("{name} can be found and asked again.", name=found.name))
