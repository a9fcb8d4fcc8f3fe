"""What a student aims for and is: weekly goal and time, the field, the studies (FEATURES F11)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command
from bot.context import Context
from bot.domain.asks import Ask as Asked
from bot.domain.cohort import Member, weekly_goal
from bot.domain.people import Contact, Standing
from bot.invocation import call
from bot.parameters import FieldWords, NumberKind
from bot.reply import Buttons, Reply, Text, answer, button, text


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    return {
        "goal": weekly_goal(ctx.member, ctx.cohort.numbers),
        "weekly_hours": ctx.member.weekly_hours,
        "field": ctx.member.field,
        "major": ctx.member.major,
        "school": ctx.member.school,
    }


@command(
    "settings goals",
    "Your goal, your time, your field and what you study.",
    title="What you aim for",
    note="Your organisers see the goal. The rest is for you, and for notes that you send.",
    prefill=_present,
)
def goals(
    ctx: Context,
    goal: Annotated[int | None, "talks a week you aim for", Ask.FORM, NumberKind(0, 20)] = None,
    weekly_hours: Annotated[
        int | None, "hours a week you want to give to this", Ask.FORM, NumberKind(0, 40)
    ] = None,
    field: Annotated[FieldWords | None, "a field you are curious about", Ask.FORM] = None,
    major: Annotated[str | None, "what you study", Ask.FORM] = None,
    school: Annotated[str | None, "where you study", Ask.FORM] = None,
) -> Reply:
    """What the form held is taken, emptied answers too; what it did not ask stays."""
    asked: dict[str, Any] = {
        "goal": goal,
        "weekly_hours": weekly_hours,
        "field": field or "",
        "major": major or "",
        "school": school or "",
    }
    given = {name: value for name, value in asked.items() if name in ctx.given}
    if "goal" in given:
        given["weekly_talks"] = given.pop("goal")
    saved = replace(ctx.member, **given)
    ctx.store.save(saved)
    return answer(_saved(saved, weekly_goal(saved, ctx.cohort.numbers)), *_back_to_the_note(ctx))


def _saved(member: Member, aim: int) -> Text:
    talks = f"{aim} talk" + ("" if aim == 1 else "s")
    hours = text(", in {hours} h", hours=member.weekly_hours) if member.weekly_hours else text("")
    studies = text(" You study {major}.", major=member.major) if member.major else text("")
    return text("Saved: {talks} a week{hours}.{studies}", talks=talks, hours=hours, studies=studies)


def _back_to_the_note(ctx: Context) -> list[Buttons]:
    """Who came here from a note with a blank in it goes on with that note."""
    ask = ctx.store.first(Asked, member_id=ctx.member.id, sent=None, released=None, order="-id")
    person = ctx.store.get(Contact, ask.contact_id) if ask is not None else None
    if person is None or person.removed is not None or person.standing is not Standing.TO_ASK:
        return []
    label = text("Back to the note to {name}", name=person.name)
    return [Buttons((button(label, call("ask draft", person=person.id), style="main"),))]
