"""Begin a class: its name and dates, its channel, an invitation (FEATURES G5)."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from whenever import Date

from bot.channel import channels, choose_channel
from bot.command import Ask, command, reminder
from bot.context import Context
from bot.domain.cohort import Cohort, Member, Role, Workspace
from bot.domain.people import Alum
from bot.invocation import call
from bot.next_steps import next_steps
from bot.refusal import RefusalError, refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Fact,
    Facts,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.time_kinds import DayKind
from bot.welcome import WELCOME

ANY_DAY = DayKind("any")


def _present(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    del given
    now = ctx.cohort
    return {"name": now.name, "school": now.school, "starts": now.starts, "ends": now.ends}


@command(
    "cohort start",
    "Begin your class: name, dates, this channel, an invitation.",
    who=Role.ORGANISER,
    title="Start the class",
    submit="Start",
    note="The class sees name and school. Typed in a channel, that becomes the class’s channel.",
    prefill=_present,
    enters=True,
)
def start(
    ctx: Context,
    name: Annotated[str | None, "what the class is called", Ask.FORM] = None,
    school: Annotated[str | None, "your school", Ask.FORM] = None,
    starts: Annotated[
        Date | None, "the first day; empty if it runs already", Ask.FORM, ANY_DAY
    ] = None,
    ends: Annotated[Date | None, "the last day; empty while it is open", Ask.FORM, ANY_DAY] = None,
) -> Reply:
    """The first time it posts the invitation; again it changes what was given, and posts on a
    press alone."""
    if starts is not None and ends is not None and ends <= starts:
        raise refuse("It ends on {day}, which is not after its first day.", day=Day(ends))
    said = {"name": name or ctx.cohort.name, "school": school or "", "starts": starts, "ends": ends}
    given = {key: value for key, value in said.items() if key in ctx.given}
    first = ctx.cohort.started is None
    chosen, why_not = _channel(ctx)
    saved = replace(ctx.cohort, **given)
    if chosen and first:
        saved = replace(saved, started=ctx.now)
    ctx.store.save_cohort(saved)
    now = replace(ctx, cohort=saved)
    if chosen and first:
        _invite(now)
    return _card(now, posted=chosen and first, why_not=why_not)


def _elsewhere(ctx: Context) -> bool:
    """Whether this was typed in a channel that is not the class's, which has one here already."""
    actor = ctx.said.actor
    here = ctx.store.first(Workspace, surface=actor.surface, external_id=actor.workspace or "?")
    chosen = here.channel if here is not None else ""
    return not ctx.place.private and chosen not in ("", ctx.place.channel)


def _channel(ctx: Context) -> tuple[bool, Text | None]:
    """Whether the class has a channel now; else why not, as a sentence.

    One that was chosen is not moved by changing a date from the staff's room."""
    if not ctx.place.private and ctx.place.channel and not _elsewhere(ctx):
        try:
            choose_channel(ctx)
        except RefusalError as error:
            return bool(channels(ctx.store)), error.said
    return bool(channels(ctx.store)), None


def _invite(ctx: Context) -> bool:
    """Whether it is on its way: pressed twice in a minute, it is posted once."""
    minute = ctx.now.format_iso()[:16]
    return bool(ctx.owe_channel(call("cohort invited"), subject="invitation", occurrence=minute))


def _card(ctx: Context, *, posted: bool, why_not: Text | None) -> Answer:
    there = bool(channels(ctx.store))
    parts: list[Part] = [Title(text("{name}", name=ctx.cohort.name)), Facts(tuple(_facts(ctx)))]
    if why_not is not None:
        parts.append(Paragraph(why_not))
    if posted:
        parts.append(Paragraph(text("The invitation is on its way to your channel.")))
    elif not there:
        parts.append(
            Paragraph(
                text(
                    "To invite everybody, type `/cohort start` in the channel of your class. You "
                    "can also go on without one: whoever types `/snowball` to me may join."
                )
            )
        )
    return answer(*parts, Title(text("What comes next")), *next_steps(_steps(ctx, there=there)))


def _facts(ctx: Context) -> list[Fact]:
    now = ctx.cohort
    open_end = text("not said yet; then I keep going")
    rows = [
        Fact(text("Begins"), text("{day}", day=Day(now.starts)) if now.starts else text("at once")),
        Fact(text("Ends"), text("{day}", day=Day(now.ends)) if now.ends else open_end),
        Fact(text("Joined"), text("{n}", n=_joined(ctx))),
        Fact(text("Alumni"), text("{n} in the directory", n=ctx.store.count(Alum))),
    ]
    if now.school:
        rows.insert(0, Fact(text("School"), text("{name}", name=now.school)))
    return rows


def _joined(ctx: Context) -> str:
    students = ctx.store.find(Member, role=Role.STUDENT)
    count = sum(1 for each in students if each.opted_in is not None)
    return "nobody yet" if not count else "1 student" if count == 1 else f"{count} students"


def _steps(ctx: Context, *, there: bool) -> tuple[Button, ...]:
    steps: list[Button] = []
    if ctx.store.first(Alum) is None:
        steps.append(button("Import alumni", call("cohort import"), style="main"))
    else:
        steps.append(button("Overview", call("cohort overview"), style="main"))
    steps.append(button("Privacy sheet for your school", call("cohort privacy")))
    if there:
        steps.append(button("Post the invitation", call("cohort invite")))
    if _elsewhere(ctx):
        steps.append(button("Make this channel the class’s", call("cohort channel")))
    steps += [
        button("Change name or dates", call("cohort start")),
        button("Who organises", call("cohort organiser")),
        button("Numbers", call("cohort settings")),
    ]
    if not ctx.member.hears:
        steps.append(button("A brief each Monday", call("settings start")))
    return tuple(steps)


@command("cohort invite", "Post the invitation.", who=Role.ORGANISER, listed=False)
def invite(ctx: Context) -> Reply:
    """Each press posts once more; that is the organiser's choice."""
    if not channels(ctx.store):
        raise refuse("There is no channel yet. Type `/cohort start` in the one of your class.")
    if ctx.cohort.started is None:
        ctx.store.save_cohort(replace(ctx.cohort, started=ctx.now))
    if not _invite(ctx):
        return answer(text("It was posted a moment ago; once is enough."))
    return answer(text("The invitation is on its way to your channel."))


@reminder("cohort invited")
def invited(ctx: Context) -> Answer:
    """What the channel sees: FEATURES, Words 1, and one press that answers in private."""
    return answer(
        Title(_called(ctx.cohort)),
        Paragraph(WELCOME),
        Buttons((button("Join", call("snowball"), style="main"),)),
        Note(text("Only you see what I answer. `/snowball` does the same at any time.")),
    )


def _called(cohort: Cohort) -> Text:
    if cohort.school:
        return text("{name}, {school}", name=cohort.name, school=cohort.school)
    return text("{name}", name=cohort.name)
