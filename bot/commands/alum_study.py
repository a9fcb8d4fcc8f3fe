"""An alum who studies here, too: an organiser's word, for a student sees what the class shares."""

from dataclasses import replace
from typing import Annotated

from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.owed import Urgency
from bot.invocation import call
from bot.parameters import YesNo
from bot.ports import Not
from bot.refusal import refuse
from bot.reply import Answer, Buttons, Note, Reply, answer, button, text
from bot.weekly import plan_member


@command("alum study", "I study here, too.", listed=False)
def study(ctx: Context) -> Reply:
    """Asked of the organisers, once a day at most; nothing changes before their yes."""
    if ctx.member.role is not Role.ALUM:
        menu = Buttons((button("Menu", call("snowball"), style="main"),))
        return answer(text("You are a student here. Your place on the list stays."), menu)
    found = ctx.store.find(Member, role=Role.ORGANISER, opted_in=Not(None), stopped=None)
    if not found:
        raise refuse("An organiser of the class says who studies here, and none can be asked yet.")
    for each in found:
        ctx.owe(
            call("alum studies", member=ctx.member.id),
            ctx.now,
            subject=f"study:{ctx.member.id}",
            occurrence=ctx.today.format_iso(),
            member_id=each.id,
        )
    return answer(
        text("I ask your organiser: students see what the class shares. You stay on the list.")
    )


@reminder("alum studies")
def studies(ctx: Context, member: Annotated[int, "", Ask.HIDDEN]) -> Answer | None:
    """To an organiser, while it is open."""
    who = ctx.store.get(Member, member)
    if who is None or who.role is not Role.ALUM or not ctx.organises:
        return None
    return answer(
        text(
            "*{name}*, listed as an alum, studies here, too. Is that so? As a student they see "
            "whom the class shares.",
            name=who.name,
        ),
        Buttons(
            (
                button("Yes, a student", call("alum admit", member=member, yes="yes"),
                       style="main", replaces=True),
                button("No", call("alum admit", member=member, yes="no"), replaces=True),
            )
        ),
        snooze_menu(ctx, call("alum studies", member=member), f"study:{member}"),
        Note(text("They pressed “I study here”.")),
    )  # fmt: skip


@command("alum admit", "An alum is a student, too.", who=Role.ORGANISER, listed=False)
def admit(
    ctx: Context,
    member: Annotated[int, "", Ask.HIDDEN],
    yes: Annotated[bool, "", Ask.HIDDEN, YesNo()],
) -> Reply:
    """With check-ins, partners and the class; a no is told to nobody."""
    who = ctx.store.held(Member, member)
    if who is None or who.role is not Role.ALUM:
        raise refuse("That is settled already.")
    if not yes:
        return answer(text("Fine: {name} stays an alum here.", name=who.name))
    student = replace(who, role=Role.STUDENT)
    ctx.store.save(student)
    if student.hears:
        plan_member(ctx.store, ctx.cohort, student, ctx.now)
    ctx.owe(
        call("alum admitted"), ctx.now, subject=f"study:{member}", occurrence="admitted",
        member_id=member, urgency=Urgency.ANSWER,
    )  # fmt: skip
    return answer(text("{name} is a student here now, and stays on the list.", name=who.name))


@reminder("alum admitted")
def admitted(ctx: Context) -> Answer | None:
    """What they asked for is so."""
    if ctx.member.role is not Role.STUDENT:
        return None
    return answer(
        text("Your organiser says you study here: I take you as a student, too."),
        Buttons((button("Menu", call("snowball"), style="main"),)),
    )
