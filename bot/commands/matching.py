"""Students and alumni partnered for a term: previewed, then asked, the student first (K5)."""

from typing import Annotated

from whenever import Date

from bot.command import Ask, command
from bot.commands.matching_words import open_rows
from bot.context import Context
from bot.domain.cohort import Role
from bot.domain.pairings import Partnership
from bot.domain.partnering import stands, term_ends
from bot.invocation import call
from bot.parameters import ShortText
from bot.partners import Matching, matching, read_pairs, under_way, written
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Day,
    Fact,
    Facts,
    Listing,
    Note,
    Paragraph,
    Part,
    Reply,
    Row,
    Title,
    answer,
    button,
    text,
)

MOST_LEFT = 8
"""Names of those left over that are said; the number is always."""
LONGEST = 20_000
"""Characters of the pairs that a preview's button carries."""


@command(
    "cohort match",
    "Partner students with willing alumni for a term; a preview first.",
    who=Role.ORGANISER,
)
def match(
    ctx: Context,
    until: Annotated[Date | None, "the last day of the term; the cohort’s if you say none"] = None,
) -> Reply:
    """What is under way, and what could be proposed now; nothing is sent before a press."""
    ends = term_ends(until, ctx.cohort.ends, ctx.today)
    if ends <= ctx.today:
        raise refuse("{day} is not ahead. Name a day to come.", day=Day(ends))
    found = matching(ctx)
    return answer(*_under_way(ctx), *_preview(found, ends))


def _under_way(ctx: Context) -> list[Part]:
    now = under_way(ctx)
    if not now:
        return []
    agreed = sum(stands(each, ctx.today) for each in now)
    parts: list[Part] = [
        Title(text("Under way")),
        Facts(
            (
                Fact(text("Partners"), text("{n}", n=agreed)),
                Fact(text("Waiting for an answer"), text("{n}", n=len(now) - agreed)),
            )
        ),
    ]
    rows = tuple(open_rows(ctx, now))
    if rows:
        letters = button("Their e-mails, ready", call("match letters"), style="main")
        said = text("The student said yes; these alumni are yours to ask, being outside the chat:")
        parts += [Paragraph(said), Listing(rows), Buttons((letters,))]
    return parts


def _preview(found: Matching, ends: Date) -> list[Part]:
    if not found.matches:
        return [
            Paragraph(
                text(
                    "Nobody to partner now: {students} without a partner {have} said the "
                    "field they want, and {alumni} have room in those fields. Students say it "
                    "with `/network start`.",
                    have="has" if len(found.students) == 1 else "have",
                    students=_counted(len(found.students), "student"),
                    alumni=f"{found.alumni} alumni",
                )
            )
        ]
    count = len(found.matches)
    rows = tuple(
        Row(
            text("{student} – *{alum}*", student=each.student.name, alum=each.alum.name),
            text(
                "{what}",
                what=", ".join(part for part in (each.alum.title, each.alum.company) if part),
            ),
        )
        for each in found.matches
    )
    send = call("match send", pairs=written(found.matches), until=ends.format_iso())
    label = text("Ask {n}", n=_counted(count, "student"))
    return [
        Title(
            text("{n} could be partnered until {day}", n=_counted(count, "student"), day=Day(ends))
        ),
        Listing(rows),
        *_left(found),
        Note(
            text(
                "Nothing is sent yet. Students are asked first; an alum only once the student "
                "said yes, and nobody above their number a month."
            )
        ),
        Buttons((button(label, send, style="main", replaces=True),)),
    ]


def _left(found: Matching) -> list[Part]:
    if not found.left:
        return []
    names = ", ".join(each.name for each in found.left[:MOST_LEFT])
    more = len(found.left) - MOST_LEFT
    said = text("No free alum in the field of {names}{more}.", names=names,
                more=f" and {more} more" if more > 0 else "")  # fmt: skip
    return [Paragraph(said)]


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


@command("match send", "Ask the students of a preview.", who=Role.ORGANISER, listed=False)
def send(
    ctx: Context,
    pairs: Annotated[str, "", Ask.HIDDEN, ShortText(LONGEST)],
    until: Annotated[Date, "", Ask.HIDDEN],
) -> Reply:
    """Exactly the pairs that were previewed, but for those that cannot be any more."""
    wanted = read_pairs(pairs)
    matches = matching(ctx, wanted).matches
    if not matches:
        raise refuse("That round has been sent, or is no more. `/cohort match` shows what is.")
    for each in matches:
        _propose(ctx, each.student.id, each.alum.id, each.alum.field, until)
    asked = _counted(len(matches), "student")
    parts: list[Part] = [Paragraph(text("Asked: {n}. They hear with their next message.", n=asked))]
    if gone := len(wanted) - len(matches):
        parts.append(Note(text("{n} changed since the preview, so I left them out.", n=gone)))
    return Answer((*parts, Buttons((button("How it stands", call("cohort match")),))))


def _propose(ctx: Context, student_id: int, alum_id: int, field: str, until: Date) -> None:
    made = ctx.store.add(
        Partnership(
            cohort_id=ctx.cohort.id,
            student_id=student_id,
            alum_id=alum_id,
            field=field,
            proposed=ctx.now,
            until=until,
        )
    )
    ctx.owe(
        call("match ask", partnership=made.id),
        ctx.now,
        subject=f"partnership:{made.id}",
        occurrence="student",
        member_id=student_id,
    )
