"""A look at a note before it goes: what to mend and why, each at its words (FEATURES B2)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, LiteralString

from bot.asking import hindrance, referrer_of
from bot.command import Ask as Asked
from bot.command import command
from bot.context import Context
from bot.domain.asking import draft_ask, usual_shape
from bot.domain.note_check import Finding, check_note, count_words
from bot.domain.people import Contact
from bot.domain.way_out import without_way_out
from bot.invocation import call
from bot.parameters import LongText
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Buttons,
    Listing,
    Paragraph,
    Part,
    Reply,
    Row,
    Text,
    answer,
    button,
    joined,
    text,
)

ONLY_YOU = "Only you can read this."


def draft_to_change(ctx: Context, given: Mapping[str, Any]) -> Mapping[str, Any]:
    """The draft for this person, to be written over."""
    person = given.get("person")
    if not isinstance(person, Contact) or hindrance(ctx, person) is not None:
        return {}
    sent_by, numbers = referrer_of(ctx, person), ctx.cohort.numbers
    made = draft_ask(person, ctx.member, sent_by, numbers, usual_shape(person))
    return {"note": LongText(made.words)}


@command(
    "ask check",
    "See what to mend in a note before you send it.",
    reads=True,
    title="Check my note",
    submit="Check",
    note=ONLY_YOU,
    prefill=draft_to_change,
)
def check(
    ctx: Context,
    note: Annotated[LongText | None, "the note as you want to send it", Asked.FORM] = None,
    person: Annotated[Contact | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """Each finding points at its words; a good note is told so."""
    return checked(ctx, note, person)


def checked(ctx: Context, note: str | None, person: Contact | None) -> Answer:
    """What to mend, or that it may go."""
    if not note:
        raise refuse("Paste your note, and I’ll tell you what to mend.")
    found = check_note(note, ctx.cohort.numbers)
    who = person.id if person is not None else None
    buttons = [
        button("A classmate’s eye", call("ask review", note=note, person=who)),
        button("Change and check again", call("ask mend", note=note, person=who)),
    ]
    if person is not None and not found:
        buttons.insert(0, button("Sent", call("ask sent", person=who), style="main"))
    return answer(*_said(found, count_words(without_way_out(note))), Buttons(tuple(buttons)))


@command(
    "ask mend",
    "Mend a note and check it again.",
    listed=False,
    reads=True,
    title="Mend my note",
    submit="Check",
    note=ONLY_YOU,
    prefill=lambda _ctx, given: {"mended": given.get("note", "")},
)
def mend(
    ctx: Context,
    note: Annotated[LongText | None, "", Asked.HIDDEN] = None,
    mended: Annotated[LongText | None, "your note", Asked.FORM] = None,
    person: Annotated[Contact | None, "", Asked.HIDDEN] = None,
) -> Reply:
    """The same check on the words as they are now."""
    return checked(ctx, mended or note, person)


def _said(found: Sequence[Finding], words: int) -> list[Part]:
    if not found:
        return [Paragraph(text("{n} words, and nothing to mend. Send it.", n=words))]
    count = text("One thing") if len(found) == 1 else text("{n} things", n=len(found))
    rows = tuple(
        Row(
            text("“{quoted}”", quoted=quoted),
            joined(
                [
                    text("{why} {mend}", why=_told(each.why, each), mend=_told(each.mend, each))
                    for each in there
                ],
                "\n",
            ),
        )
        for quoted, there in _by_words(found)
    )
    return [
        Paragraph(text("{count} to mend in your {n} words:", count=count, n=words)),
        Listing(rows),
    ]


def _by_words(found: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings about the same words together, in the order of the first of each."""
    there: dict[str, list[Finding]] = {}
    for each in found:
        there.setdefault(_one_line(each.quoted), []).append(each)
    return list(there.items())


def _told(words: LiteralString, found: Finding) -> Text:
    return text(words, number=found.number)


def _one_line(words: str) -> str:
    return " ".join(words.split())
