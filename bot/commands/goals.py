"""What a student aims for and is: weekly goal and time, the field, the studies (FEATURES F11)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cohort import weekly_goal
from bot.parameters import FieldWords, NumberKind
from bot.reply import Reply, answer, text


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
    aim = weekly_goal(saved, ctx.cohort.numbers)
    talks = f"{aim} talk" + ("" if aim == 1 else "s")
    if saved.weekly_hours:
        return answer(
            text("Saved: {talks} a week, in {hours} h.", talks=talks, hours=saved.weekly_hours)
        )
    return answer(text("Saved: {talks} a week.", talks=talks))
