"""Who organises the class: those who run the workspace, and whom they name."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.invocation import call
from bot.members import role_of
from bot.refusal import refuse
from bot.reply import (
    Button,
    Buttons,
    Listing,
    Note,
    Paragraph,
    Part,
    Reply,
    Row,
    answer,
    button,
    text,
)


@command("cohort organiser", "See who organises, and name somebody.", who=Role.ORGANISER)
def organiser(
    ctx: Context, person: Annotated[Member | None, "whom to name; empty shows who is one"] = None
) -> Reply:
    """Naming twice names once."""
    if person is None:
        return _listed(ctx)
    if person.role is Role.ORGANISER and person.named:
        return _listed(ctx, Paragraph(text("{name} is an organiser already.", name=person.name)))
    ctx.store.save(replace(person, named=True, role=Role.ORGANISER))
    return _listed(
        ctx,
        Paragraph(
            text(
                "{name} organises this class now, and sees what you see. Tell them: "
                "`/cohort overview` is where it begins.",
                name=person.name,
            )
        ),
    )


def _listed(ctx: Context, *said: Part) -> Reply:
    found = ctx.store.find(Member, role=Role.ORGANISER, order="name")
    rows = tuple(
        Row(text("*{name}*", name=each.name), text("{why}", why=_why(ctx, each)), _remove(each))
        for each in found
    )
    return answer(
        *said,
        Listing(rows),
        Note(
            text(
                "Whoever runs the workspace is an organiser by that alone. Name others with "
                "`/cohort organiser` and their name."
            )
        ),
    )


def _why(ctx: Context, each: Member) -> str:
    by_right = role_of(ctx.store, replace(each, named=False)) is Role.ORGANISER
    return "runs the workspace" if by_right else "was named"


def _remove(each: Member) -> tuple[Button, ...]:
    return (button("Remove", call("cohort unname", person=each.id)),) if each.named else ()


@command("cohort unname", "Somebody no longer organises.", who=Role.ORGANISER, listed=False)
def unname(ctx: Context, person: Annotated[Member, "", Ask.HIDDEN]) -> Reply:
    """What is theirs by right stays; the class is never left without an organiser."""
    if not person.named:
        raise refuse("{name} was not named by anybody.", name=person.name)
    left = replace(person, named=False)
    after = replace(left, role=role_of(ctx.store, replace(left, role=Role.STUDENT)))
    others = [each for each in ctx.store.find(Member, role=Role.ORGANISER) if each.id != person.id]
    if after.role is not Role.ORGANISER and not others:
        raise refuse(
            "{name} is the last organiser here. Name somebody else first.",
            Buttons((button("Who organises", call("cohort organiser")),)),
            name=person.name,
        )
    ctx.store.save(after)
    if after.role is Role.ORGANISER:
        return answer(text("{name} stays an organiser: they run the workspace.", name=person.name))
    return answer(text("{name} no longer organises this class.", name=person.name))
