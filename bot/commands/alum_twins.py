"""Two entries of the directory that may be one person: an organiser says so, by one press (K4)."""

from typing import Annotated

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.people import Alum, Volunteer
from bot.domain.tidy import fold
from bot.invocation import call
from bot.ports import Not
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Reply, Text, answer, button, text
from bot.twins import certain_twin, likely_twins, made_one


def recognised(ctx: Context, own: Alum) -> Alum:
    """Their one entry: joined with the file's where it is certain, else the organisers are asked.

    Each pair is asked about once."""
    file = certain_twin(ctx.store, own)
    if file is not None:
        return made_one(ctx.store, own, file)
    for each in likely_twins(ctx.store, own):
        for organiser in ctx.store.find(
            Member, role=Role.ORGANISER, opted_in=Not(None), stopped=None
        ):
            ctx.owe(
                call("alum twin", own=own.id, file=each.id),
                ctx.now,
                subject=f"twin:{own.id}",
                occurrence=str(each.id),
                member_id=organiser.id,
            )
    return own


def recognise_all(ctx: Context) -> int:
    """After an import: everybody who listed themselves is looked for in it; how many joined."""
    several = 0
    for each in ctx.store.find(Volunteer):
        own = ctx.store.get(Alum, each.alum_id)
        several += own is not None and recognised(ctx, own).id != own.id
    return several


def _two(ctx: Context, own: int, file: int) -> tuple[Alum, Alum] | None:
    """Both, while they may still be one."""
    mine, theirs = ctx.store.get(Alum, own), ctx.store.get(Alum, file)
    if mine is None or theirs is None or ctx.store.first(Volunteer, alum_id=own) is None:
        return None
    return None if ctx.store.first(Volunteer, alum_id=file) is not None else (mine, theirs)


@reminder("alum twin")
def twin(
    ctx: Context, own: Annotated[int, "", Ask.HIDDEN], file: Annotated[int, "", Ask.HIDDEN]
) -> Answer | None:
    """To an organiser; nothing any more once it is settled."""
    found = _two(ctx, own, file)
    if found is None or not ctx.organises:
        return None
    mine, theirs = found
    again = call("alum twin", own=own, file=file)
    return answer(
        text(
            "*{mine}* listed themselves here. Your list has *{theirs}* with {why}. Are these one?",
            mine=mine.name,
            theirs=theirs.name,
            why=_why(mine, theirs),
        ),
        Buttons(
            (
                button("They are one", call("alum one", own=own, file=file), style="main",
                       replaces=True),
                button("Two people", call("alum two"), replaces=True),
            )
        ),
        snooze_menu(ctx, again, f"twin:{own}"),
        Note(text("As one they are asked no more often than they want.")),
    )  # fmt: skip


def _why(mine: Alum, theirs: Alum) -> Text:
    if mine.email and mine.email.casefold() == theirs.email.casefold():
        return text("the same e-mail")
    if mine.company and fold(mine.company) == fold(theirs.company):
        return text("the same name and employer")
    return text("the same name and year")


@command("alum one", "Two entries are one person.", who=Role.ORGANISER, listed=False)
def one(
    ctx: Context, own: Annotated[int, "", Ask.HIDDEN], file: Annotated[int, "", Ask.HIDDEN]
) -> Reply:
    """Their own words and number win; asks, talks and partners go along."""
    found = _two(ctx, own, file)
    if found is None:
        raise refuse("That is settled already.")
    kept = made_one(ctx.store, *found)
    return answer(
        text("{name} has one entry now. What they say of themselves goes first.", name=kept.name),
        Buttons((button("Show the entry", call("alum show", alum=kept.id)),)),
    )


@command("alum two", "Two entries are two people.", who=Role.ORGANISER, listed=False, reads=True)
def two(ctx: Context) -> Reply:
    """Nothing changes, and it is not asked again."""
    del ctx
    return answer(text("Fine: they stay two."))
