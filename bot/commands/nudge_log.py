"""What the bot sent to whom and why, without naming anybody else (FEATURES H2)."""

from typing import Annotated

from bot.command import Ask, command
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.kinds_sent import kind_of
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.term import last_seen
from bot.invocation import call
from bot.parameters import NumberKind
from bot.ports import Not
from bot.reply import (
    Buttons,
    Listing,
    Moment,
    Note,
    Reply,
    Row,
    Title,
    answer,
    button,
    text,
)

PAGE = 15
STATES = {
    OwedState.SENT: "sent",
    OwedState.UNDELIVERABLE: "could not be delivered",
    OwedState.UNKNOWN: "may not have come",
}
UNASKED = (Urgency.NUDGE, Urgency.BOOKED)
"""What a student asked for themselves is theirs."""


def sent_to(ctx: Context, student: Member | None) -> list[tuple[Owed, Member]]:
    """What went out unasked to one student or all, the newest first, while the class lasted."""
    students = {each.id: each for each in ctx.store.find(Member, role=Role.STUDENT)}
    whose = student.id if student is not None else Not(None)
    rows = ctx.store.find(
        Owed,
        state=tuple(STATES),
        urgency=UNASKED,
        settled=Not(None),
        order="-settled",
        member_id=whose,
    )
    until = last_seen(ctx.cohort, ctx.today)
    return [
        (row, students[row.member_id])
        for row in rows
        if row.member_id in students
        and row.settled is not None
        and row.settled.to_tz(ctx.zone).date() <= until
    ]


def logged(ctx: Context, student: Member | None, *, limit: int, skip: int = 0) -> tuple[Row, ...]:
    """The log's lines; a student's own has no name in it."""
    return tuple(
        _row(row, whom if student is None else None)
        for row, whom in sent_to(ctx, student)[skip : skip + limit]
    )


def _row(row: Owed, whom: Member | None) -> Row:
    kind = kind_of(row.command)
    name = text("*{name}*: ", name=whom.name) if whom is not None else text("")
    return Row(
        text("{name}{what}, {why}", name=name, what=kind.what, why=kind.why),
        text("{state} {when}", state=STATES[row.state], when=Moment(row.settled))
        if row.settled is not None
        else None,
    )


@command(
    "cohort log",
    "What I sent to whom, and why.",
    who=Role.ORGANISER,
    listed=False,
    reads=True,
)
def log(
    ctx: Context,
    student: Annotated[Member | None, "", Ask.HIDDEN] = None,
    page: Annotated[int, "", Ask.HIDDEN, NumberKind(1, 100_000)] = 1,
) -> Reply:
    """Kinds of messages: neither their words nor the people in them."""
    total = len(sent_to(ctx, student))
    if not total:
        return answer(text("I have sent nothing unasked yet."))
    page = min(page, -(-total // PAGE))
    whose = student.id if student is not None else None
    turning = [
        button(label, call("cohort log", student=whose, page=to), replaces=True)
        for label, to, there in (
            (text("Newer"), page - 1, page > 1),
            (text("Older"), page + 1, page * PAGE < total),
        )
        if there
    ]
    title = (
        text("What I sent to {name}", name=student.name)
        if student is not None
        else text("What I sent")
    )
    return answer(
        Title(title),
        Listing(logged(ctx, student, limit=PAGE, skip=(page - 1) * PAGE)),
        *([Buttons(tuple(turning))] if turning else []),
        Note(text("What students ask me themselves is not listed.")),
    )
