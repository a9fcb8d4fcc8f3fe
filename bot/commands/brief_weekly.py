"""Monday's brief for who organises: stuck, quiet, doing well, in counts and names (FEATURES H2)."""

from collections.abc import Sequence

from bot.command import reminder
from bot.commands.concerns import open_concerns
from bot.commands.later import snooze_menu
from bot.commands.student import counted
from bot.context import Context
from bot.domain.overview import Line, Reason
from bot.domain.term import ended
from bot.invocation import call
from bot.next_steps import next_steps
from bot.overviews import lines
from bot.reply import (
    Answer,
    Button,
    Fact,
    Facts,
    Note,
    Paragraph,
    Text,
    Title,
    answer,
    button,
    text,
)
from bot.stopping import trouble_lines
from bot.team import COUNTED

NAMED = 5
"""Names in one line of the brief; the overview has all."""


@reminder("cohort brief")
def brief(ctx: Context) -> Answer | None:
    """Nothing in a week in which there is nobody to tell of, and nothing after the end."""
    if not ctx.organises or ended(ctx.cohort, ctx.today):
        return None
    found = lines(ctx)
    if not found:
        return None
    joined = [each for each in found if each.joined]
    rows = [Fact(label, text("{names}", names=names)) for label, names in _groups(found)]
    concerns = len(open_concerns(ctx))
    if concerns:
        rows.append(Fact(text("Felt wrong"), text("{n} to look at", n=concerns)))
    total = text(
        "{students}: {asks}, {talks} and {names} so far.",
        students=counted(len(joined), "student"),
        asks=counted(sum(each.asks for each in joined), "ask"),
        talks=counted(sum(each.talks for each in joined), "talk"),
        names=counted(sum(each.names for each in joined), "name"),
    )
    return answer(
        Title(text("Your class this week")),
        *trouble_lines(ctx.store),
        Paragraph(total),
        Paragraph(_this_week(joined)),
        *([Facts(tuple(rows))] if rows else []),
        *next_steps(_steps(found, concerns)),
        snooze_menu(ctx, call("cohort brief"), "brief"),
        Note(
            text(
                "Each Monday, because you organise this class: {counted}. Never notes.",
                counted=COUNTED,
            )
        ),
    )


def _this_week(joined: Sequence[Line]) -> Text:
    """What the totals gained in the last seven days."""
    gained = (sum(each) for each in zip(*(one.lately for one in joined), strict=True))
    said = [
        f"+{counted(many, what)}"
        for many, what in zip(gained, ("ask", "talk", "name"), strict=False)
        if many
    ]
    if not said:
        return text("Nothing new in the last seven days.")
    return text("In the last seven days: {gained}.", gained=", ".join(said))


def _groups(found: Sequence[Line]) -> list[tuple[Text, str]]:
    """Each name in one line: whoever is not reached cannot be nudged, whatever else there is."""
    away = [each for each in found if Reason.BLOCKED in each.reasons]
    there = [each for each in found if each not in away]
    stuck = [each for each in there if Reason.UNANSWERED in each.reasons]
    quiet = [each for each in there if Reason.NO_ASK in each.reasons and each not in stuck]
    groups: list[tuple[Text, list[Line]]] = [
        (text("Stuck"), stuck),
        (text("Quiet"), quiet),
        (text("Doing well"), [each for each in found if each.does_well]),
        (text("Paused"), [each for each in found if each.paused]),
        (text("Not reached by me"), away),
        (text("Not joined yet"), [each for each in found if not each.joined]),
    ]
    return [(label, named(some)) for label, some in groups if some]


def named(some: Sequence[Line]) -> str:
    """The first few by name, and how many more."""
    names = [each.name for each in some]
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _steps(found: Sequence[Line], concerns: int) -> tuple[Button, ...]:
    steps = [button("Overview", call("cohort overview"), style="main")]
    if concerns:
        steps.append(button("Look at concerns", call("cohort concerns"), style="danger"))
    if any(each.reasons and each.joined and each.reachable for each in found):
        steps.append(button("Nudge who needs it", call("cohort nudge")))
    steps.append(button("What I sent", call("cohort log")))
    return tuple(steps)
