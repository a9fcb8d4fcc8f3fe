"""What organisers do for the cohort: import the alumni directory, extend the fields (A2, J2)."""

from collections.abc import Mapping, Sequence
from typing import Annotated, LiteralString

from bot import drafts, importing
from bot.command import Ask, command
from bot.commands.alum_twins import recognise_all
from bot.context import Context
from bot.domain.cohort import Role
from bot.files.refused import FileRefused
from bot.importing import Preview
from bot.invocation import Upload, call
from bot.refusal import refuse
from bot.reply import (
    Answer,
    Button,
    Buttons,
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

SHOWN_REFUSED = 20
SHOWN_LINES = 5
UNREAD: Mapping[str, tuple[LiteralString, LiteralString]] = {
    "class_year": ("One year", "{n} years"),
    "linkedin": ("One link", "{n} links"),
    "asks_per_month": ("One number of asks", "{n} numbers of asks"),
}


@command(
    "cohort import",
    "Import alumni from a file; you see a preview first.",
    who=Role.ORGANISER,
    title="Import alumni",
    submit="Preview",
    note="Students see who agreed, without notes. Organisers see the file’s rows.",
)
def import_file(
    ctx: Context, file: Annotated[Upload, "a CSV or vCards; only the name is required", Ask.BOTH]
) -> Reply:
    """Nothing is written until the second press."""
    seen = _preview(ctx, file)
    if not (seen.plan.new or seen.plan.changed):
        return _nothing_new(seen)
    count = len(seen.plan.new) + len(seen.plan.changed)
    if not seen.plan.unsaid:
        take = _button(ctx, file, text("Import {count}", count=count))
        said = Note(text("Where consent says no, that person stays hidden."))
        return answer(*described(seen), Buttons((take,)), said)
    agreed = _button(ctx, file, text("Import: everybody agreed"))
    hidden = _button(ctx, file, text("Keep them hidden until they agree"), hidden="yes")
    return answer(
        *described(seen),
        Paragraph(
            text("Have the {n} agreed to be listed? The file does not say.", n=seen.plan.unsaid)
            if seen.plan.unsaid > 1
            else text("Has everybody agreed to be listed? Of one the file does not say.")
        ),
        Buttons((agreed, hidden)),
        Note(
            text(
                "Hidden means that no student finds them. A later file with “yes” under consent "
                "lists them."
            )
        ),
    )


def _button(ctx: Context, file: Upload, label: Text, **how: str) -> Button:
    given = {"file": file, **how}
    kept = drafts.keep_call(ctx.store, ctx.member, "cohort take", given, ctx.now)
    return button(label, kept, replaces=True, style="plain" if how else "main")


def _preview(ctx: Context, file: Upload, *, agreed: bool = True) -> Preview:
    try:
        return importing.preview(ctx.store, file.content, ctx.now, agreed=agreed)
    except FileRefused as error:
        raise refuse("{why}", why=str(error)) from None


@command("cohort take", "Import what the preview showed.", who=Role.ORGANISER, listed=False)
def take(
    ctx: Context,
    file: Annotated[Upload, "", Ask.HIDDEN],
    hidden: Annotated[str | None, "", Ask.HIDDEN] = None,
) -> Reply:
    """Reads the file again against today's directory, so that pressing twice doubles nobody."""
    seen = _preview(ctx, file, agreed=hidden is None)
    for new, changed in importing.batches(seen.plan):
        importing.carry_out(ctx.store, new, changed)
    recognise_all(ctx)
    return done(seen)


def done(seen: Preview) -> Answer:
    """What was written."""
    look = Buttons((button("Find alumni", call("alum find")),))
    counts: list[tuple[LiteralString, int]] = [
        ("{n} new", len(seen.plan.new)),
        ("{n} brought up to date", len(seen.plan.changed)),
        ("{n} as they were", seen.plan.same),
    ]
    said = [text(words, n=count) for words, count in counts if count]
    if not seen.plan.new and not seen.plan.changed:
        return answer(text("Everybody in this file was in the directory already."), look)
    return answer(text("Imported: {counts}.", counts=joined(said, ", ")), look)


def _nothing_new(seen: Preview) -> Answer:
    if not (seen.plan.same or seen.plan.doubled or seen.refused):
        return answer(text("This file has headings, but no row below them."))
    return answer(text("Nothing new in this file."), *described(seen)[1:])


def described(seen: Preview) -> list[Part]:
    """The preview: counts, then each refused row with its line and reason."""
    plan = seen.plan
    counts: list[tuple[Text, int]] = [
        (text("New"), len(plan.new)),
        (text("Brought up to date"), len(plan.changed)),
        (text("Already there, unchanged"), plan.same),
        (text("Doubled inside the file"), len(plan.doubled)),
        (text("Cannot be read"), len(seen.refused)),
        (text("Without consent: kept, hidden from students"), seen.without_consent),
    ]
    shown = tuple(
        Fact(label, text("{n}", n=count))
        for place, (label, count) in enumerate(counts)
        if count or place == 0
    )
    parts: list[Part] = [Title(text("Preview: nothing is written yet")), Facts(shown)]
    if seen.refused:
        parts.append(Title(text("Rows left out")))
        parts.append(
            Listing(
                tuple(
                    Row(text("Line {line}: {why}", line=each.line, why=each.reason))
                    for each in seen.refused[:SHOWN_REFUSED]
                )
            )
        )
    if len(seen.refused) > SHOWN_REFUSED:
        parts.append(Note(text("…and {n} more.", n=len(seen.refused) - SHOWN_REFUSED)))
    parts += [_unread(name, lines) for name, lines in seen.unread.items()]
    if seen.file.kept_as_notes:
        columns = ", ".join(seen.file.kept_as_notes)
        parts.append(Note(text("Kept as notes: {columns}.", columns=columns)))
    return parts


def _unread(name: str, lines: Sequence[int]) -> Note:
    """What a cell says that is no year or the like: nothing is lost, but nobody finds it."""
    one, many = UNREAD[name]
    where = ", ".join(str(each) for each in lines[:SHOWN_LINES])
    return Note(
        text(
            "{what} could not be read (line {where}{more}): left empty, and kept as a note.",
            what=text(many, n=len(lines)) if len(lines) > 1 else text(one),
            where=where,
            more=text(" …") if len(lines) > SHOWN_LINES else text(""),
        )
    )
