"""A student's own people out of a file: read, compared with the list, kept until pressed (J2)."""

import dataclasses
import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.context import Context
from bot.domain.bringing import Bringing, MyPeople, plan
from bot.domain.names import Known
from bot.domain.people import KIND_WORDS, Contact, ContactKind
from bot.domain.tidy import fold
from bot.files.contacts import ContactRow, read_contacts
from bot.files.refused import RefusedRow
from bot.invocation import Upload
from bot.parameters import LONG_TEXT, SHORT_TEXT
from bot.people_kinds import contacts_of

MOST_BYTES = 10_000_000
"""Of a file; an address book with pictures of everybody is some megabytes."""
_SHORT = ("name", "email", "phone", "company", "title", "field", "city", "link")
_KINDS = {fold(words): kind for kind in ContactKind for words in (kind.value, KIND_WORDS[kind])}


@dataclass(frozen=True, slots=True)
class Brought:
    """What is in a file, as it stands to the list now."""

    plan: Bringing[ContactRow]
    refused: tuple[RefusedRow, ...]


def read(ctx: Context, data: bytes) -> Brought:
    """Raises FileRefused when nobody can be read out of it."""
    refused: list[RefusedRow] = []

    def rows() -> Iterator[ContactRow]:
        for row in read_contacts(data, ctx.today.year, MOST_BYTES):
            kept = _fitting(row) if isinstance(row, ContactRow) else row
            if isinstance(kept, RefusedRow):
                refused.append(kept)
            else:
                yield kept

    found = plan(_mine(ctx), rows())
    return Brought(found, tuple(refused))


def _fitting(row: ContactRow) -> ContactRow | RefusedRow:
    """As a card can show and a form can change it; nothing is cut."""
    for name in _SHORT:
        if len(getattr(row, name)) > SHORT_TEXT:
            long = len(getattr(row, name))
            return RefusedRow(row.line, f"The {name} has {long} characters; {SHORT_TEXT} fit.")
    if len(row.notes) > LONG_TEXT:
        return RefusedRow(row.line, f"The notes have {len(row.notes):,} characters; 3,000 fit.")
    return row


def _mine(ctx: Context) -> MyPeople:
    return MyPeople(Known(each.id, each.name, each.email) for each in contacts_of(ctx))


def kept(rows: list[ContactRow]) -> Upload:
    """The people who are to be added, and nothing else of the file."""
    return Upload("people.json", json.dumps([dataclasses.asdict(row) for row in rows]).encode())


def kept_rows(kept: Upload) -> list[ContactRow]:
    """What :func:`kept` kept. Raises ValueError for anything else."""
    try:
        return [ContactRow(**each) for each in json.loads(kept.content)]
    except (TypeError, UnicodeDecodeError) as error:
        raise ValueError from error


def bring(ctx: Context, rows: list[ContactRow], kind: ContactKind) -> list[Contact]:
    """Adds who is not on the list by now; private, whatever the student shares by default.

    Nobody looks through five hundred people one by one, and one of them may be family."""
    last = ctx.store.first(Contact, owner_id=ctx.member.id, order="-id")
    ctx.store.add_all(
        [_contact(ctx, row, kind) for row in plan(_mine(ctx), rows).new],
    )
    after = last.id if last is not None else 0
    return [each for each in contacts_of(ctx) if each.id > after]


def _contact(ctx: Context, row: ContactRow, kind: ContactKind) -> Contact:
    """What the file calls them counts where it is one of our kinds; else it stays in the notes."""
    known = _KINDS.get(fold(row.kind)) if row.kind else None
    unknown = f"How I know them: {row.kind}" if row.kind and known is None else ""
    return Contact(
        cohort_id=ctx.cohort.id,
        owner_id=ctx.member.id,
        name=row.name,
        email=row.email,
        phone=row.phone,
        company=row.company,
        title=row.title,
        field=row.field,
        city=row.city,
        link=row.link,
        kind=known or kind,
        notes="\n".join(part for part in (row.notes, unknown) if part),
        added=ctx.now,
    )
