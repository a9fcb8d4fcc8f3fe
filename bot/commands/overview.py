"""The organiser's overview: counts, and who could use a word first (FEATURES H1, H3)."""

from typing import Annotated

from bot.command import Ask, command
from bot.commands.concerns import open_concerns
from bot.commands.student import marks, numbers_of
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.overview import Line, Reason
from bot.domain.term import ended
from bot.invocation import call
from bot.next_steps import next_steps
from bot.overviews import lines
from bot.parameters import NumberKind
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Day,
    Listing,
    Note,
    Part,
    Reply,
    Row,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.stopping import trouble_lines

PAGE = 8


@command(
    "cohort overview",
    "Your students in counts; who could use a word comes first.",
    who=Role.ORGANISER,
    reads=True,
)
def overview(
    ctx: Context, page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1
) -> Reply:
    """Counts and never notes; no ranking: beyond who needs a word it goes by name."""
    found = lines(ctx)
    if not found:
        return answer(*trouble_lines(ctx.store), *_nobody_yet(ctx).parts)
    page = min(page, -(-len(found) // PAGE))
    shown = found[(page - 1) * PAGE : page * PAGE]
    parts: list[Part] = [Title(_title(ctx, found)), Listing(tuple(_row(each) for each in shown))]
    turning = _turning(page, len(found))
    if turning:
        parts.append(Buttons(turning))
    trouble = trouble_lines(ctx.store)
    return answer(*trouble, *parts, *next_steps(_steps(ctx, found)), Note(_who_sees(ctx)))


def _nobody_yet(ctx: Context) -> Answer:
    return answer(
        text("No student has come yet. An invitation in your channel brings them."),
        Buttons(
            (
                button("Start the class", call("cohort start"), style="main"),
                button("Privacy sheet", call("cohort privacy")),
            )
        ),
        Note(_who_sees(ctx)),
    )


def _title(ctx: Context, found: list[Line]) -> Text:
    new = sum(1 for each in found if not each.joined)
    need = sum(1 for each in found if each.reasons and each.joined)
    students = text("{n}", n="1 student" if len(found) == 1 else f"{len(found)} students")
    if ended(ctx.cohort, ctx.today) and ctx.cohort.ends is not None:
        return text(
            "{name}: {students}, as of {day}", name=ctx.cohort.name, students=students,
            day=Day(ctx.cohort.ends),
        )  # fmt: skip
    said = [f"{need} could use a word"] if need else []
    said += [f"{new} not joined yet"] if new else []
    if not said:
        return text(
            "{name}: {students}; nobody needs a word", name=ctx.cohort.name, students=students
        )
    return text(
        "{name}: {students}, {said}", name=ctx.cohort.name, students=students, said=", ".join(said)
    )


def _row(each: Line) -> Row:
    buttons = [button("Look", call("cohort student", student=each.id))]
    if each.reasons and Reason.NOT_JOINED not in each.reasons and each.reachable:
        buttons.append(button("Nudge", call("cohort nudge", student=each.id)))
    said = numbers_of(each)
    marked = marks(each)
    detail = text("{numbers} · {marks}", numbers=said, marks=marked) if marked else said
    return Row(text("*{name}*", name=each.name), detail, tuple(buttons))


def _turning(page: int, total: int) -> tuple[Button, ...]:
    found: list[Button] = []
    if page > 1:
        found.append(button("Previous", call("cohort overview", page=page - 1), replaces=True))
    if page * PAGE < total:
        found.append(button("Next", call("cohort overview", page=page + 1), replaces=True))
    return tuple(found)


def _steps(ctx: Context, found: list[Line]) -> tuple[Button, ...]:
    open_now = len(open_concerns(ctx))
    steps: list[Button] = []
    if open_now:
        label = text("Concerns: {n}", n=open_now)
        steps.append(button(label, call("cohort concerns"), style="danger"))
    if any(each.reasons and each.joined and each.reachable for each in found):
        steps.append(button("Nudge all who need it", call("cohort nudge")))
    steps.append(button("What I sent", call("cohort log")))
    if not open_now:
        steps.append(button("Concerns", call("cohort concerns")))
    steps.append(button("Privacy sheet", call("cohort privacy")))
    return tuple(steps)


def _who_sees(ctx: Context) -> Text:
    if ended(ctx.cohort, ctx.today):
        return text("The class is over: nothing after its last day is counted or shown here.")
    return text(
        "Counts only: neither whom they meet nor what they write. Each student can see exactly "
        "this with `/mydata teacher`."
    )
