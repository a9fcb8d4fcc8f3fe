"""The alumni office's table → one `AlumRow` a person, or a `RefusedRow` with the reason.

Nothing of a row is lost silently: what no field of ours can hold is kept as a note
"Column: value", and what cannot be kept is refused with its line. Reasons never reach a log.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.tidy import fold, tidy_line
from bot.files import cells
from bot.files.cells import NOTHING
from bot.files.decode import MAX_BYTES
from bot.files.records import Record
from bot.files.refused import RefusedRow
from bot.files.tables import Table, read_table


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
    asks_per_month: int | None = None
    consent: bool | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True)
class AlumniFile:
    """What the file is, for the preview, and its rows, to be walked through once."""

    encoding: str
    fields: Mapping[str, str]  # our field → the heading it is read from
    kept_as_notes: tuple[str, ...]
    rows: Iterator[AlumRow | RefusedRow]


# Longest value of each text field; more is surely a slip of the file, and no card could show it.
LONGEST: Mapping[str, int] = {
    "external_id": 100, "name": 120, "title": 300, "company": 300, "field": 200, "city": 200,
    "country": 100, "major": 300, "topics": 1000, "channel": 200,
}  # fmt: skip
LONGEST_NOTE = 3000
LONGEST_NOTES = 10_000
_NAME_PARTS = ("first_name", "preferred_name", "last_name")
_NOT_OURS = frozenset({"phone"})  # an alum's number is not for a directory; it stays a note
_NO_NAME = frozenset({"-", "--", "—", "–", "n/a", "#n/a", "?", "."})
_SPOKEN = {"external_id": "id", "title": "job title"}
_NOTES = frozenset({"", "note", "notes", "comment", "comments", "remark", "remarks", "notizen"})
_DIGITS = re.compile(r"\D+")


def read_alumni(data: bytes, this_year: int, most_bytes: int = MAX_BYTES) -> AlumniFile:
    """The people in `data`; `FileRefused` when it is no table of people at all."""
    table = read_table(data, most_bytes)
    used = {f: columns[0] for f, columns in table.columns.items() if f not in _NOT_OURS}
    return AlumniFile(
        encoding=table.encoding,
        fields={field: table.header[column] for field, column in used.items()},
        kept_as_notes=tuple(
            heading for i, heading in enumerate(table.header) if heading and i not in used.values()
        ),
        rows=_read_rows(table, this_year),
    )


def _read_rows(table: Table, this_year: int) -> Iterator[AlumRow | RefusedRow]:
    reader = _RowReader(table, this_year)
    seen: dict[tuple[str, str], int] = {}
    for record in table.rows:
        row = record if isinstance(record, RefusedRow) else reader.read(record)
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


class _Refuse(Exception):  # noqa: N818
    """Carries the reason out of a cell's reader."""


class _RowReader:
    """Reads the rows of one table: the plan is made once, a row costs as little as it can."""

    def __init__(self, table: Table, this_year: int) -> None:
        self._header = tuple(tidy_line(heading) for heading in table.header)
        self._width = len(table.header)
        columns = table.columns
        self._name = columns.get("name", ())
        self._name_parts = {f: columns[f][0] for f in _NAME_PARTS if f in columns}
        self._text = [(f, longest, columns[f]) for f, longest in LONGEST.items() if f in columns]
        readers: dict[str, Callable[[str], int | str | None]] = {
            "class_year": lambda value: cells.read_class_year(value, this_year),
            "linkedin": cells.read_profile,
            "asks_per_month": cells.read_asks,
        }
        self._typed = [(f, columns[f], read) for f, read in readers.items() if f in columns]
        self._email = columns.get("email", ())
        self._consent = [(f, columns[f][0]) for f in ("consent", "no_consent") if f in columns]

    def read(self, record: Record) -> AlumRow | RefusedRow:
        try:
            return self._read(record)
        except _Refuse as refusal:
            return RefusedRow(record.line, str(refusal))

    def _read(self, record: Record) -> AlumRow:
        row = self._even(record.cells)
        left = {i: value for i, value in enumerate(row) if value and value.lower() not in NOTHING}
        values: dict[str, Any] = {"name": self._read_name(row, left)}
        for field, longest, columns in self._text:
            if value := _take(left, columns):
                _refuse_if_long(value, longest, f"the {_SPOKEN.get(field, field)}")
                values[field] = value
        in_step = self._read_typed(left, values)
        in_step = self._read_email(left, values) or in_step
        if len(record.cells) < self._width and not in_step:
            raise _Refuse(f"It has {len(record.cells)} cells, and the headings are {self._width}.")
        for field, column in self._consent:
            self._read_consent(field, column, left, values)
        return AlumRow(line=record.line, notes=self._notes(left), **values)

    def _even(self, row: list[str]) -> list[str]:
        """Tidied cells, as many as there are headings; spreadsheets leave out empty last ones."""
        if len(row) > self._width and any(row[self._width :]):
            raise _Refuse(f"It has {len(row)} cells, and the headings are only {self._width}.")
        return [tidy_line(cell) for cell in row[: self._width]]

    def _read_name(self, row: list[str], left: dict[int, str]) -> str:
        """From `row`, not `left`: somebody is called Null."""
        whole = next((i for i in self._name if i < len(row) and row[i]), None)
        if whole is not None:
            left.pop(whole, None)
            name = cells.turn_name(row[whole])
        else:
            parts = {f: row[i] for f, i in self._name_parts.items() if i < len(row) and row[i]}
            if "preferred_name" in parts:
                parts.pop("first_name", None)  # and so it becomes a note
            for part in parts:
                left.pop(self._name_parts[part], None)
            first = parts.get("preferred_name") or parts.get("first_name", "")
            name = f"{first} {parts.get('last_name', '')}".strip()
        if not name or name.casefold() in _NO_NAME:
            raise _Refuse("It has no name.")
        if "@" in name and cells.is_email(name):
            raise _Refuse(f"Its name is an e-mail address (“{_short(name)}”).")
        _refuse_if_long(name, LONGEST["name"], "the name")
        return name

    def _read_typed(self, left: dict[int, str], values: dict[str, Any]) -> bool:
        """Cells with a form of their own; True when they vouch that the columns are in step."""
        understood = True
        some = False
        for field, columns, read in self._typed:
            column = next((i for i in columns if i in left), None)
            if column is None:
                continue
            some, cell = True, left[column]
            value = read(cell)
            if value is None:
                understood = False  # and the cell becomes a note
                continue
            values[field] = value
            if field == "linkedin" or _says_only(cell, str(value)):
                del left[column]
        return some and understood

    def _read_email(self, left: dict[int, str], values: dict[str, Any]) -> bool:
        column = next((i for i in self._email if i in left), None)
        if column is None:
            return False
        cell = left[column]
        email = cells.read_email(cell)
        if email is None:
            raise _Refuse(f"“{_short(cell)}” is not a whole e-mail address.")
        values["email"] = email
        if cell.count("@") == 1:
            del left[column]
        return True

    def _read_consent(
        self, field: str, column: int, left: dict[int, str], values: dict[str, Any]
    ) -> None:
        """What is no clear yes keeps the person hidden, and the words stay as a note."""
        if column not in left:
            return
        said = cells.read_yes_no(left[column])
        if said is not None:
            del left[column]
        if field == "consent":
            values["consent"] = bool(said)
        elif said is not False:  # "do not contact: no" is no consent yet
            values["consent"] = False

    def _notes(self, left: dict[int, str]) -> str:
        lines = []
        for i, value in left.items():
            heading = self._header[i]
            _refuse_if_long(value, LONGEST_NOTE, f"“{_short(heading) or 'a column'}”")
            lines.append(value if fold(heading) in _NOTES else f"{heading}: {value}")
        notes = "\n".join(lines)
        _refuse_if_long(notes, LONGEST_NOTES, "what is left for the notes")
        return notes


def _says_only(cell: str, value: str) -> bool:
    """Whether the number is all that the cell says ("Class of 2019", "2019.0", "'19", "one")."""
    if cell == value:
        return True
    digits = _DIGITS.sub("", cell.removesuffix(".0"))
    return len(cell) <= 24 and (not digits or value.endswith(digits))


def _take(left: dict[int, str], columns: tuple[int, ...]) -> str | None:
    """The first cell of `columns` that says something; the others stay for the notes."""
    for column in columns:
        if value := left.pop(column, None):
            return value
    return None


def _refuse_if_long(value: str, longest: int, what: str) -> None:
    if len(value) > longest:
        raise _Refuse(
            f"{what[0].upper()}{what[1:]} has {len(value):,} characters; {longest:,} fit."
        )


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
