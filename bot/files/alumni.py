"""The alumni office's table or vCards → one `AlumRow` a person, or a `RefusedRow` with why.

Nothing of a row is lost silently: what no field of ours can hold is kept as a note
"Column: value", and what cannot be kept is refused with its line. Reasons never reach a log.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from bot.files.decode import MAX_BYTES, decode
from bot.files.people import Refuse, RowReader, columns_used
from bot.files.refused import RefusedRow
from bot.files.tables import Table, read_table
from bot.files.vcards import holds_vcards, read_vcards


@dataclass(frozen=True, slots=True)
class AlumRow:
    """One person of the directory as the file has them; `consent` None means it does not say."""

    line: int
    name: str
    external_id: str = ""
    email: str = ""
    title: str = ""
    company: str = ""
    field: str = ""
    city: str = ""
    country: str = ""
    class_year: int | None = None
    major: str = ""
    linkedin: str = ""
    topics: str = ""
    channel: str = ""
    times: str = ""
    asks_per_month: int | None = None
    consent: bool | None = None
    notes: str = ""
    unread: tuple[str, ...] = ()
    """Fields whose cell says something that cannot be read as one; it is kept among the notes."""


@dataclass(frozen=True, slots=True)
class AlumniFile:
    """What the file is, for the preview, and its rows, to be walked through once."""

    encoding: str
    fields: Mapping[str, str]  # our field → the heading it is read from
    kept_as_notes: tuple[str, ...]
    rows: Iterator[AlumRow | RefusedRow]


_WANTED = (frozenset(field.name for field in fields(AlumRow)) | {"no_consent"}) - {"unread"}


def read_alumni(data: bytes, this_year: int, most_bytes: int = MAX_BYTES) -> AlumniFile:
    """The people in `data`; `FileRefused` when it is no table of people at all."""
    text, encoding = decode(data, most_bytes)
    if holds_vcards(text):
        return AlumniFile(encoding, {}, (), _without_twins(map(_of_card, read_vcards(text))))
    table = read_table(data, most_bytes)
    used = columns_used(table, _WANTED)
    return AlumniFile(
        encoding=table.encoding,
        fields={field: table.header[column] for field, column in used.items()},
        kept_as_notes=tuple(
            heading for i, heading in enumerate(table.header) if heading and i not in used.values()
        ),
        rows=_without_twins(_read_rows(table, this_year)),
    )


def _of_card(card: dict[str, Any] | RefusedRow) -> AlumRow | RefusedRow:
    """The directory has no place for a number, so it is a note, as it is in a table."""
    if isinstance(card, RefusedRow):
        return card
    phone = card.pop("phone", "")
    notes = [card.pop("notes", ""), f"Phone: {phone}" if phone else ""]
    return AlumRow(**card, notes="\n".join(part for part in notes if part))


def _read_rows(table: Table, this_year: int) -> Iterator[AlumRow | RefusedRow]:
    reader = RowReader(table, this_year, _WANTED)
    for record in table.rows:
        if isinstance(record, RefusedRow):
            yield record
            continue
        try:
            yield AlumRow(**reader.read(record))
        except Refuse as refusal:
            yield RefusedRow(record.line, str(refusal))


def _without_twins(rows: Iterable[AlumRow | RefusedRow]) -> Iterator[AlumRow | RefusedRow]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        yield row if isinstance(row, RefusedRow) else _refuse_twins(row, seen)


def _refuse_twins(row: AlumRow, seen: dict[tuple[str, str], int]) -> AlumRow | RefusedRow:
    """The second row of the same person in one file is refused, naming the first."""
    keys = []
    if row.external_id:
        keys.append(("id", row.external_id))
    if row.email:
        keys.append(("e-mail address", row.email.casefold()))
    for what, value in keys:
        if first := seen.get((what, value)):
            reason = f"The same {what} ({value}) is already on line {first}."
            return RefusedRow(row.line, reason, "duplicate")
    seen.update((key, row.line) for key in keys)
    return row
