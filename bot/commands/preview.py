"""A dry run of any day: what would go to whom; nothing is sent or written (FEATURES H4)."""

from collections import Counter
from typing import Annotated

from whenever import Date

from bot.command import command
from bot.commands.nudge_log import UNASKED, sent_to
from bot.context import Context
from bot.domain.cadence import hour
from bot.domain.cohort import Member, Role
from bot.domain.kinds_sent import kind_of
from bot.domain.owed import Owed
from bot.domain.term import last_seen
from bot.domain.weeks import monday_of
from bot.invocation import call
from bot.outlook import Coming, coming, posts
from bot.ports import Not
from bot.reply import (
    Answer,
    Buttons,
    Day,
    Fact,
    Facts,
    Listing,
    Menu,
    Note,
    Part,
    Reply,
    Row,
    Title,
    answer,
    button,
    text,
)
from bot.rounds import expected
from bot.time_kinds import DayKind
from bot.weekly import zone_of_most


@command("cohort preview", "What I would send on a day, and to whom.", who=Role.ORGANISER)
def preview(
    ctx: Context, day: Annotated[Date, "which day, such as Monday", DayKind("any")]
) -> Reply:
    """Kinds and counts; to who asks, the very words of what would come to themselves."""
    if day < ctx.today:
        return _past(ctx, day)
    every = ctx.store.find(Member, opted_in=Not(None), stopped=None)
    usual = zone_of_most(every)
    partners = expected(ctx.store, ctx.cohort, monday_of(day), ctx.now)
    found: list[tuple[Member, Coming]] = [
        (each, one)
        for each in every
        if each.role is Role.STUDENT and day <= last_seen(ctx.cohort, day)
        for one in coming(ctx, each, day, each.zone or usual, _of(partners, each))
        if one.row.urgency in UNASKED
    ]
    after = call("cohort preview", day=day.add(days=1).format_iso())
    return answer(
        *_to_students(day, found, usual),
        *_to_channel(ctx, day, usual),
        *_to_me(ctx, day),
        Buttons(
            (
                button("The day after", after, replaces=True),
                button("Overview", call("cohort overview")),
            )
        ),
        Note(text("As things stand now. Nothing was sent, and nothing is changed by looking.")),
    )


def _to_students(day: Date, found: list[tuple[Member, Coming]], usual: str) -> list[Part]:
    if not found:
        return [Title(text("{day}: nothing to any student", day=Day(day)))]
    students = {each.id: each for each, _ in found}
    count = "1 student" if len(students) == 1 else f"{len(students)} students"
    kinds = Counter(kind_of(one.row.command).what for _, one in found)
    rows: list[Row] = []
    for each in sorted(students.values(), key=lambda one: one.name.casefold()):
        theirs = [one for whom, one in found if whom.id == each.id]
        clock = hour(theirs[0].at.to_tz(each.zone or usual).time())
        what = ", ".join(dict.fromkeys(kind_of(one.row.command).what for one in theirs))
        rows.append(
            Row(
                text("*{name}*", name=each.name),
                text("{what}, from {time} where they are", what=what, time=clock),
            )
        )
    return [
        Title(text("{day}: messages to {count}", day=Day(day), count=count)),
        Facts(tuple(Fact(text("{w}", w=w), text("{n}", n=n)) for w, n in kinds.most_common())),
        Listing(tuple(rows)),
    ]


def _of(rows: list[Owed], member: Member) -> list[Owed]:
    return [row for row in rows if row.member_id == member.id]


def _to_channel(ctx: Context, day: Date, usual: str) -> list[Part]:
    """What waits for the channel; its words are whose press brought it there."""
    waiting = posts(ctx, day, usual)
    if not waiting:
        return []
    kinds = Counter(kind_of(row.command).what for row in waiting)
    facts = tuple(Fact(text("{w}", w=w), text("{n}", n=n)) for w, n in kinds.most_common())
    return [Title(text("To the channel")), Facts(facts)]


def _to_me(ctx: Context, day: Date) -> list[Part]:
    """The organiser's own messages, as they would read."""
    parts: list[Part] = []
    for each in coming(ctx, ctx.member, day, ctx.zone):
        if each.answer is None:
            continue
        clock = hour(each.at.to_tz(ctx.zone).time())
        parts.append(Title(text("To you, from {time}:", time=clock)))
        parts += [part for part in each.answer.parts if not isinstance(part, Buttons | Menu)]
    return parts


def _past(ctx: Context, day: Date) -> Answer:
    """What is over is no dry run: the log says what went out."""
    found = [
        (row, whom)
        for row, whom in sent_to(ctx, None)
        if row.settled is not None and row.settled.to_tz(ctx.zone).date() == day
    ]
    log = Buttons((button("What I sent", call("cohort log")),))
    if not found:
        return answer(text("{day} is over. Nothing went out to a student.", day=Day(day)), log)
    kinds = Counter(kind_of(row.command).what for row, _ in found)
    return answer(
        Title(text("{day} is over. This went out:", day=Day(day))),
        Facts(tuple(Fact(text("{w}", w=w), text("{n}", n=n)) for w, n in kinds.most_common())),
        log,
    )
