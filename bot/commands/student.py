"""One student as organisers see them; the student sees the very same (FEATURES H3)."""

from typing import Annotated

from bot.command import Ask, command
from bot.commands.note_sharing import note_of
from bot.commands.nudge_log import logged
from bot.context import Context
from bot.domain.care import Concern
from bot.domain.cohort import Member, Role
from bot.domain.overview import Line, Reason
from bot.domain.talks import Talk
from bot.invocation import call
from bot.overviews import line_of
from bot.ports import Not
from bot.refusal import refuse
from bot.reply import (
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
    Text,
    Title,
    answer,
    button,
    joined,
    text,
)

LOGGED = 5
"""How many messages are listed on the card; the log has the rest."""


def numbers_of(each: Line) -> Text:
    """Asks, talks, names and the goal, in a line."""
    if not each.joined:
        return text("not joined yet")
    said = [
        text("{n}", n=counted(each.asks, "ask")),
        text("{n}", n=counted(each.talks, "talk")),
        text("{n}", n=counted(each.names, "name")),
    ]
    if each.goal:
        said.append(text("on track") if each.on_track else text("below their goal"))
    return joined(said, " · ")


def marks(each: Line) -> Text | None:
    """What is to be known besides: that they paused (never why), and why a word might help."""
    said: list[Text] = [text("paused")] if each.paused else []
    said += [text("*{why}*", why=why.value) for why in each.reasons if why is not Reason.NOT_JOINED]
    return joined(said, " · ") if said else None


def counted(count: int, one: str) -> str:
    """ "1 talk", "2 talks"."""
    return f"{count} {one}" + ("" if count == 1 else "s")


def card(ctx: Context, student: Member) -> tuple[Part, ...]:
    """All that any organiser can see of a student. Shown to both: there is no second version."""
    each = line_of(ctx, student)
    rows = [
        Fact(text("So far"), numbers_of(each)),
        Fact(text("Aims for"), text("{n} a week", n=counted(each.goal, "talk"))),
    ]
    marked = marks(each)
    if marked is not None:
        rows.append(Fact(text("Marked"), marked))
    parts: list[Part] = [Title(text("{name}", name=each.name)), Facts(tuple(rows))]
    notes = _shared_notes(ctx, student)
    if notes:
        parts += [Title(text("Notes they shared")), Listing(notes)]
    concerns = _concerns(ctx, student)
    if concerns:
        parts += [Title(text("What they said felt wrong")), Listing(concerns)]
    sent = logged(ctx, student, limit=LOGGED)
    if sent:
        parts += [Title(text("What I sent them lately")), Listing(sent)]
    return tuple(parts)


def _shared_notes(ctx: Context, student: Member) -> tuple[Row, ...]:
    """The talks whose note they chose to show; not with whom they were."""
    talks = ctx.store.find(Talk, member_id=student.id, shared=Not(None), order="-held")
    return tuple(Row(text("A talk on {day}", day=Day(each.held)), note_of(each)) for each in talks)


def _concerns(ctx: Context, student: Member) -> tuple[Row, ...]:
    found = ctx.store.find(Concern, member_id=student.id, order="-raised")
    return tuple(
        Row(
            text("*{about}*", about=each.about or "a contact"),
            text("“{words}”", words=each.words) if each.words else None,
        )
        for each in found
    )


@command("cohort student", "One student in counts.", who=Role.ORGANISER, listed=False, reads=True)
def student(ctx: Context, student: Annotated[Member, "", Ask.HIDDEN]) -> Reply:
    """What their organiser may know, and the next step."""
    if student.role is not Role.STUDENT:
        raise refuse("{name} is no student of this class.", name=student.name)
    each = line_of(ctx, student)
    steps = [button("What I sent them", call("cohort log", student=student.id))]
    if each.joined and each.reachable and not each.paused:
        steps.insert(0, button("Nudge", call("cohort nudge", student=student.id), style="main"))
    return answer(
        *card(ctx, student),
        Buttons((*steps, button("All students", call("cohort overview")))),
        Note(text("They see exactly this with `/mydata teacher`.")),
    )


@command("mydata teacher", "See exactly what your teacher sees of you.", reads=True)
def teacher(ctx: Context) -> Reply:
    """The organiser's own view, made by the same function."""
    if ctx.organises:
        return answer(
            text("You organise this class. This is what you see of a student:"),
            text("counts of asks, talks and names; whether they are on track or paused; the notes "
                 "they shared. Never whom they meet."),
            Buttons((button("Overview", call("cohort overview"), style="main"),)),
        )  # fmt: skip
    return answer(
        Paragraph(text("This is all that your organisers can see of you here:")),
        *card(ctx, ctx.member),
        Note(
            text(
                "Not your contacts, notes, drafts or check-in words. A note is shown only when you "
                "press “Share this note” beside a talk."
            )
        ),
        Buttons((button("My talks", call("interview list")),)),
    )
