"""A word to a student because an organiser asks for it (FEATURES H4, F3).

It counts as that day's one unasked message, waits for good hours, and names no contact.
"""

from typing import Annotated

from bot import drafts
from bot.command import Ask, command, reminder
from bot.commands.later import snooze_menu
from bot.context import Context
from bot.domain.cohort import Member, Role
from bot.domain.drafts import Draft
from bot.domain.overview import Line, Reason
from bot.domain.people import Contact
from bot.domain.term import ended
from bot.domain.thanking import first_name
from bot.invocation import call
from bot.overviews import line_of, lines
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
    Note,
    Paragraph,
    Part,
    Reply,
    Text,
    answer,
    button,
    joined,
    text,
)

NAMED = 3
"""Names that are said with the words they get; the number is always."""


@command(
    "cohort nudge",
    "Send a kind word to a student, or to all who could use one.",
    who=Role.ORGANISER,
    reads=True,
)
def nudge(
    ctx: Context, student: Annotated[Member | None, "whom; empty: all who could use it"] = None
) -> Reply:
    """Shows what would go, to whom; nothing goes before the press."""
    whom = _whom(ctx, student)
    which = student.id if student is not None else None
    return answer(
        *_letters(ctx, whom),
        Buttons(
            (
                button("Send it", call("cohort send", student=which), style="main", replaces=True),
                button("Add a line of mine", call("cohort line", student=which)),
            )
        ),
        Note(_HOW),
    )


_HOW = text(
    "It comes at their next good hour and is that day’s one message. They read that you asked for "
    "it."
)


def _letters(ctx: Context, whom: list[Line]) -> list[Part]:
    """The words with those who get them: what fits one does not fit another."""
    several: dict[str, tuple[Text, list[str]]] = {}
    for each in whom:
        words = _words(ctx.member, each.reasons)
        several.setdefault(_fitting(each.reasons).template, (words, []))[1].append(each.name)
    parts: list[Part] = []
    for words, names in several.values():
        more = len(names) - NAMED
        said = text(
            "This goes to {names}{more}:",
            names=", ".join(names[:NAMED]),
            more=f" and {more} more" if more > 0 else "",
        )
        parts += [Paragraph(said), Paragraph(text("_{words}_", words=words))]
    return parts


def _whom(ctx: Context, student: Member | None) -> list[Line]:
    """Raises a refusal where nobody may be written to."""
    if ended(ctx.cohort, ctx.today):
        raise refuse("The class is over. What students hear now is between them and me.")
    if student is None:
        found = [each for each in lines(ctx) if each.reasons and _hears(each)]
        if not found:
            raise refuse(
                "Nobody needs a word just now.",
                Buttons((button("Overview", call("cohort overview")),)),
            )
        return found
    if student.role is not Role.STUDENT:
        raise refuse("{name} is no student of this class.", name=student.name)
    each = line_of(ctx, student)
    if not each.joined:
        raise refuse(
            "{name} has not joined yet, so I write nothing to them. A word of yours may help.",
            name=student.name,
        )
    if each.paused:
        raise refuse("{name} has paused my messages; I keep to that.", name=student.name)
    if not each.reachable:
        raise refuse(
            "My messages do not get through to {name} just now. A word of yours may help; any word "
            "from them to me starts me again.",
            name=student.name,
        )
    return [each]


def _hears(each: Line) -> bool:
    return each.joined and not each.paused and each.reachable


@command(
    "cohort line",
    "A nudge with a line of your own.",
    who=Role.ORGANISER,
    listed=False,
    title="A line of yours",
    submit="Send",
    note="Those it goes to read it, with your name.",
)
def line(
    ctx: Context,
    words: Annotated[LongText, "one or two kind sentences", Ask.FORM],
    student: Annotated[Member | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """The words are kept encrypted until they are sent."""
    whom = _whom(ctx, student)
    kept = drafts.keep_call(ctx.store, ctx.member, "cohort line", {"words": words}, ctx.now)
    draft = drafts.find(ctx.store, ctx.member, kept.arguments[drafts.KEY])
    return _send(ctx, whom, draft)


@command("cohort send", "Send a kind word.", who=Role.ORGANISER, listed=False)
def send(ctx: Context, student: Annotated[Member | None, "", Ask.HIDDEN] = None) -> Reply:
    """Pressed twice it goes once: one nudge a student and day."""
    return _send(ctx, _whom(ctx, student), None)


def _send(ctx: Context, whom: list[Line], draft: Draft | None) -> Reply:
    sent: list[str] = []
    already: list[str] = []
    for each in whom:
        owed = ctx.owe(
            call("cohort word", by=ctx.member.id, draft=draft.id if draft else None),
            ctx.now,
            subject="nudge",
            occurrence=ctx.today.format_iso(),
            member_id=each.id,
        )
        (sent if owed is not None else already).append(each.name)
    said: list[Part] = []
    if sent:
        said.append(Paragraph(text("On its way to {names}.", names=", ".join(sent))))
    if already:
        names = ", ".join(already)
        said.append(Paragraph(text("Nudged today already: {names}. Once is kind.", names=names)))
    return answer(*said, Buttons((button("Overview", call("cohort overview")),)))


def _words(organiser: Member, reasons: tuple[Reason, ...]) -> Text:
    """Ours, by what the organiser can see, and no more than that."""
    said = text(
        "{name}, who organises your class, asked me to look in on you.", name=organiser.name
    )
    return joined([said, _fitting(reasons)])


def _fitting(reasons: tuple[Reason, ...]) -> Text:
    """The sentence that fits this student."""
    if Reason.UNANSWERED in reasons:
        return text("A note without an answer is rarely about you. The next name is worth a try.")
    if Reason.NO_ASK in reasons:
        return text("It’s been a while since your last ask. One short note is a good start.")
    return text("If anything is in your way, one small step is enough this week.")


@reminder("cohort word")
def word(
    ctx: Context,
    by: Annotated[int, "", Ask.HIDDEN],
    draft: Annotated[int | None, "", Ask.HIDDEN] = None,
) -> Answer | None:
    """Nothing any more if the class is over or who asked is gone."""
    organiser = ctx.store.get(Member, by)
    if organiser is None or organiser.role is not Role.ORGANISER or ended(ctx.cohort, ctx.today):
        return None
    parts: list[Part] = [
        Paragraph(text("Hello {name}.", name=first_name(ctx.member.name))),
        Paragraph(_words(organiser, line_of(ctx, ctx.member).reasons)),
    ]
    theirs = _line_of(ctx, organiser, draft)
    if theirs:
        parts.append(Paragraph(text("{name} says: “{words}”", name=organiser.name, words=theirs)))
    return answer(
        *parts,
        Buttons(_next(ctx)),
        snooze_menu(ctx, call("cohort word", by=by, draft=draft), "nudge"),
        Note(text("They see that this was sent, and not what you do with it.")),
    )


def _line_of(ctx: Context, organiser: Member, number: int | None) -> str:
    draft = ctx.store.get(Draft, number) if number is not None else None
    if draft is None or draft.member_id != organiser.id or draft.command != "cohort line":
        return ""
    given = drafts.arguments(draft).get("words", "")
    return given if isinstance(given, str) else ""


def _next(ctx: Context) -> tuple[Button, ...]:
    """One press to the next step."""
    knows = ctx.store.first(Contact, owner_id=ctx.member.id, removed=None) is not None
    first = (
        button("My people", call("contact list"), style="main")
        if knows
        else button("Whom should I meet?", call("network start"), style="main")
    )
    return (first, button("Find alumni", call("alum find")), button("Menu", call("snowball")))
