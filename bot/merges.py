"""Making one card of two, and two of one again: what moved is kept for as long as the trash is.

The record is a draft of the member's, so it is encrypted, theirs alone, and goes with the trash.
"""

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from pydantic import TypeAdapter

from bot.context import Context
from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.drafts import Draft
from bot.domain.introductions import Introduction
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact
from bot.domain.talks import QuestionUse, Talk
from bot.invocation import Call, read, write

OF_A_CONTACT: Final[Mapping[str, type[Any]]] = {
    each.__name__: each for each in (Ask, Talk, Meeting, Touch, QuestionUse, Introduction)
}
"""The kinds of rows that a card's timeline is made of, and introductions to them."""
REFERENCES: Final = ("referred_by", "will_introduce")
RECORD: Final = "merged"
"""The command that the record's draft is filed under; nobody can run it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a merge has changed. ``kept``: the card that stays, before and after."""

    other: Contact
    kept: Contact
    after: Contact
    rows: dict[str, list[int]]
    named: list[tuple[int, str]]
    """Contacts that named the other card, and in which field."""
    calls: list[int]
    """Messages owed about the other card."""


_WRITTEN: Final = TypeAdapter(Record)


def carry_out(ctx: Context, kept: Contact, after: Contact, other: Contact) -> None:
    """Everything that pointed at the other card points at the one that stays."""
    record = Record(other, kept, after, {}, [], [])
    for name, kind in OF_A_CONTACT.items():
        for row in ctx.store.find(kind, contact_id=other.id):
            ctx.store.save(replace(row, contact_id=kept.id))
            record.rows.setdefault(name, []).append(row.id)
    for each in ctx.store.find(Contact, owner_id=ctx.member.id):
        named = [name for name in REFERENCES if getattr(each, name) == other.id]
        if named and each.id not in (kept.id, other.id):
            ctx.store.save(_naming(each, dict.fromkeys(named, kept.id)))
            record.named.extend((each.id, name) for name in named)
    record.calls.extend(_said_of(ctx, other.id, kept.id))
    ctx.store.save(after)
    gone: dict[str, Any] = {"alum_id": None, **dict.fromkeys(REFERENCES)}
    notes = f"Merged into {after.name}.\n{other.notes}".strip()
    ctx.store.save(replace(other, removed=ctx.now, notes=notes, **gone))
    _keep(ctx, record)


def _naming(each: Contact, named: Mapping[str, Any]) -> Contact:
    return replace(each, **named)


def _said_of(ctx: Context, gone: int, kept: int) -> Iterator[int]:
    """What waits to be said about one card is said about the other; which messages."""
    for row in ctx.store.find(Owed, member_id=ctx.member.id, state=OwedState.DUE):
        about = read(row.call)
        if about.arguments.get("person") == str(gone):
            now = Call(about.command, {**about.arguments, "person": str(kept)})
            ctx.store.save(replace(row, call=write(now)))
            yield row.id


def _keep(ctx: Context, record: Record) -> None:
    ctx.store.add(
        Draft(
            cohort_id=ctx.cohort.id,
            member_id=ctx.member.id,
            command=RECORD,
            arguments=json.dumps({"record": _WRITTEN.dump_json(record).decode()}),
            key=f"{RECORD}:{secrets.token_urlsafe(9)}",
            made=ctx.now,
        )
    )


# ---- Back again ---------------------------------------------------------------------------------


def undo(ctx: Context, other: Contact) -> Contact | None:
    """The card as it was, with what moved from it; None when it was merged into nobody.

    What was written since stays with the card that was kept."""
    records = _records(ctx)
    found = next(((d, r) for d, r in records if r.other.id == other.id), None)
    if found is None:
        return None
    draft, record = found
    holder = _holder(record.kept.id, [r for _d, r in records])
    for name, numbers in record.rows.items():
        kind = OF_A_CONTACT[name]
        for row in ctx.store.find(kind, id=tuple(numbers), contact_id=holder):
            ctx.store.save(replace(row, contact_id=other.id))
    for number, name in record.named:
        each = ctx.store.get(Contact, number)
        if each is not None and getattr(each, name) == holder:
            ctx.store.save(_naming(each, {name: other.id}))
    _say_again(ctx, record, holder)
    _as_before(ctx, record)
    back = replace(record.other, removed=None)
    ctx.store.save(back)
    ctx.store.save(replace(draft, done=ctx.now))
    return back


def forget(ctx: Context, card: Contact) -> None:
    """A card that is deleted for good leaves no copy of it in the records of merges."""
    for draft, record in _records(ctx):
        if card.id in (record.other.id, record.kept.id):
            ctx.store.remove(draft)


def _records(ctx: Context) -> list[tuple[Draft, Record]]:
    """Merges that are not undone, the newest first."""
    drafts = ctx.store.find(Draft, member_id=ctx.member.id, command=RECORD, done=None, order="-id")
    return [(each, _WRITTEN.validate_json(json.loads(each.arguments)["record"])) for each in drafts]


def _holder(card: int, records: list[Record]) -> int:
    """The card that holds what moved to this one: it may itself have gone into another since."""
    into = {each.other.id: each.kept.id for each in records}
    seen = set[int]()
    while card in into and card not in seen:
        seen.add(card)
        card = into[card]
    return card


def _say_again(ctx: Context, record: Record, holder: int) -> None:
    for row in ctx.store.find(Owed, id=tuple(record.calls), state=OwedState.DUE):
        about = read(row.call)
        if about.arguments.get("person") == str(holder):
            then = Call(about.command, {**about.arguments, "person": str(record.other.id)})
            ctx.store.save(replace(row, call=write(then)))


def _as_before(ctx: Context, record: Record) -> None:
    """The kept card loses what the merge put there, but for what was changed since."""
    now = ctx.store.get(Contact, record.kept.id)
    if now is None:
        return
    before = {
        each.name: getattr(record.kept, each.name)
        for each in fields(Contact)
        if each.name != "removed" and getattr(now, each.name) == getattr(record.after, each.name)
    }
    ctx.store.save(_naming(now, before))
