"""A student's own people from a file: a preview, one press, and back again by another (J2)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Annotated

from bot import bringing, drafts
from bot.bringing import Brought
from bot.command import Ask, command
from bot.context import Context
from bot.domain.people import KIND_WORDS, Contact, ContactKind, Standing
from bot.files.contacts import ContactRow
from bot.files.refused import FileRefused
from bot.invocation import Upload, call
from bot.parameters import EnumKind, NumberKind
from bot.people_kinds import contacts_of
from bot.refusal import refuse
from bot.reply import (
    Answer,
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
    text,
)
from bot.trash import TRASH_DAYS, can_return

KINDS = EnumKind(ContactKind, KIND_WORDS)
NUMBER = NumberKind(0, 10**18)
SHOWN_LEFT = 20
SHOWN_NEW = 5
TOLD = "LinkedIn’s Connections.csv will do. Only you see them, until you share one."


@command(
    "contact file",
    "Add people from a file; you see a preview first.",
    listed=False,
    title="Add from a file",
    submit="Preview",
    note=TOLD,
)
def from_file(
    ctx: Context,
    file: Annotated[Upload, "a vCard (.vcf) or a CSV", Ask.BOTH],
    kind: Annotated[ContactKind | None, "how you know most of them", Ask.FORM, KINDS] = None,
) -> Reply:
    """Nothing is saved until the second press."""
    return preview(ctx, file, kind or ContactKind.HEARD_OF)


def preview(ctx: Context, file: Upload, kind: ContactKind) -> Answer:
    """Counts, duplicates and skips."""
    try:
        seen = bringing.read(ctx, file.content)
    except FileRefused as error:
        raise refuse("{why}", why=str(error)) from None
    new = seen.plan.new
    if not new:
        return _nobody_new(seen)
    given = {"people": bringing.kept(new), "kind": kind.value}
    keep = drafts.keep_call(ctx.store, ctx.member, "contact bring", given, ctx.now)
    return answer(
        Title(text("Preview: nothing is saved yet")),
        Paragraph(_some(new)),
        *_described(seen),
        *_more(seen),
        Buttons((button(text("Add {n}", n=len(new)), keep, style="main", replaces=True),)),
        Note(
            text(
                "They come to your list as “{kind}”, private until you share one.",
                kind=KIND_WORDS[kind],
            )
        ),
    )


def _some(new: list[ContactRow]) -> Text:
    names = ", ".join(each.name for each in new[:SHOWN_NEW])
    more = len(new) - SHOWN_NEW
    return text("{names}", names=names + (f" and {more} more" if more > 0 else ""))


def _more(seen: Brought) -> list[Part]:
    if not seen.plan.over:
        return []
    words = "{n} at a time: send me the same file again for the other {more}."
    return [Note(text(words, n=len(seen.plan.new), more=seen.plan.over))]


def _nobody_new(seen: Brought) -> Answer:
    if not (seen.plan.there or seen.plan.alike or seen.refused):
        return answer(text("I found nobody in this file."))
    look = Buttons((button("My people", call("contact list")),))
    return answer(text("Nobody new in this file."), *_described(seen), look)


def _described(seen: Brought) -> list[Part]:
    doubled = sum(1 for each in seen.refused if each.kind == "duplicate")
    counts = (
        (text("New"), len(seen.plan.new)),
        (text("On your list already"), len(seen.plan.there)),
        (text("Much like somebody on your list"), len(seen.plan.alike)),
        (text("Doubled inside the file"), doubled),
        (text("Cannot be read"), len(seen.refused) - doubled),
    )
    shown = tuple(
        Fact(label, text("{n}", n=count))
        for place, (label, count) in enumerate(counts)
        if count or place == 0
    )
    parts: list[Part] = [Facts(shown)]
    left = _left_out(seen)
    if left:
        rows = tuple(Row(words) for _line, words in left[:SHOWN_LEFT])
        parts += [Title(text("Left out")), Listing(rows)]
    if len(left) > SHOWN_LEFT:
        parts.append(Note(text("…and {n} more.", n=len(left) - SHOWN_LEFT)))
    return parts


def _left_out(seen: Brought) -> list[tuple[int, Text]]:
    """Each with its line and why, what needs a look first: unreadable, alike, there already."""
    refused = [
        (each.line, text("Line {line}: {why}", line=each.line, why=each.reason))
        for each in seen.refused
    ]
    alike = [
        (row.line, text("Line {line}: {name} is much like {whom}, whom you have. Add them by hand "
                        "if they are somebody else.", line=row.line, name=row.name, whom=whom))
        for row, whom in seen.plan.alike
    ]  # fmt: skip
    there = [
        (row.line, text("Line {line}: {name} is on your list.", line=row.line, name=row.name))
        for row in seen.plan.there
    ]
    return refused + alike + there


@command("contact bring", "Add the people whom the preview showed.", listed=False)
def bring(
    ctx: Context,
    people: Annotated[Upload, "", Ask.HIDDEN],
    kind: Annotated[ContactKind | None, "", Ask.HIDDEN, KINDS] = None,
) -> Reply:
    """Compared with the list once more, so that pressing twice doubles nobody."""
    try:
        rows = bringing.kept_rows(people)
    except ValueError:
        raise refuse("That is too old for me to read. Send me the file again.") from None
    new = bringing.bring(ctx, rows, kind or ContactKind.HEARD_OF)
    look = button("My people", call("contact list"), style="main")
    if not new:
        return answer(text("They are all on your list already."), Buttons((look,)))
    back = call("contact unbring", first=new_ids(new)[0], last=new_ids(new)[-1])
    return answer(
        text("Added: {people}.", people=_people(len(new))),
        Buttons((look, button("Take them back", back, replaces=True))),
    )


def _people(count: int) -> Text:
    return text("{n} people", n=count) if count > 1 else text("one person")


def new_ids(people: Iterable[Contact]) -> list[int]:
    """Their numbers, in order."""
    return sorted(each.id for each in people)


@command("contact unbring", "Take people from a file off the list again.", listed=False)
def unbring(
    ctx: Context,
    first: Annotated[int, "", Ask.HIDDEN, NUMBER],
    last: Annotated[int, "", Ask.HIDDEN, NUMBER],
) -> Reply:
    """Into the trash; whom the student has begun with stays."""
    brought = [each for each in contacts_of(ctx) if first <= each.id <= last]
    going = [each for each in brought if each.standing is Standing.TO_ASK]
    for each in going:
        ctx.store.save(replace(each, removed=ctx.now))
    if not going:
        return answer(text("None of them can be taken back now."))
    stay = len(brought) - len(going)
    at = ctx.now.timestamp(unit="microsecond")
    undo = button("Undo", call("contact rebring", first=first, last=last, at=at), replaces=True)
    return answer(
        text(
            "Off your list again: {people}.{stay} You can undo this for {days} days.",
            people=_people(len(going)),
            stay=text(" Whom you have begun with stays: {n}.", n=stay) if stay else text(""),
            days=TRASH_DAYS,
        ),
        Buttons((undo,)),
    )


@command("contact rebring", "Bring those people back after all.", listed=False)
def rebring(
    ctx: Context,
    first: Annotated[int, "", Ask.HIDDEN, NUMBER],
    last: Annotated[int, "", Ask.HIDDEN, NUMBER],
    at: Annotated[int, "", Ask.HIDDEN, NUMBER],
) -> Reply:
    """Those whom that very press took away."""
    mine = ctx.store.find(Contact, owner_id=ctx.member.id)
    back = [each for each in mine if first <= each.id <= last and _gone_at(each, at)]
    back = [each for each in back if can_return(each, ctx.now)]
    for each in back:
        ctx.store.save(replace(each, removed=None))
    if not back:
        return answer(text("There is nobody left to bring back."))
    look = Buttons((button("My people", call("contact list"), style="main"),))
    return answer(text("Back on your list: {people}.", people=_people(len(back))), look)


def _gone_at(contact: Contact, at: int) -> bool:
    removed = contact.removed
    return removed is not None and removed.timestamp(unit="microsecond") == at
