"""One row of a table of people → the values of our fields, whichever kind of person it becomes.

What no field can hold is kept as a note "Column: value"; what cannot be kept refuses the row.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.domain.tidy import fold, tidy_line, tidy_text
from bot.files import cells
from bot.files.cells import NOTHING
from bot.files.records import Record
from bot.files.tables import Table

# Longest value of each text field; more is surely a slip of the file, and no card could show it.
LONGEST: Mapping[str, int] = {
    "external_id": 100, "name": 120, "title": 300, "company": 300, "field": 200, "city": 200,
    "country": 100, "major": 300, "topics": 1000, "channel": 200, "times": 200, "phone": 60,
    "kind": 60,
}  # fmt: skip
LONGEST_NOTE = 3000
LONGEST_NOTES = 10_000
_NAME_PARTS = ("first_name", "preferred_name", "last_name")
_NAMES = frozenset({"name", *_NAME_PARTS})
_NO_NAME = frozenset({"-", "--", "—", "–", "n/a", "#n/a", "?", "."})
_NOTES = frozenset({"", "note", "notes", "comment", "comments", "remark", "remarks", "notizen"})
_SPOKEN = {"external_id": "id", "title": "job title"}
_DIGITS = re.compile(r"\D+")


class Refuse(Exception):  # noqa: N818
    """Carries the reason out of a cell's reader."""


def columns_used(table: Table, wanted: frozenset[str]) -> dict[str, int]:
    """Our field → the column it is read from first, among the fields that are wanted."""
    return {f: at[0] for f, at in table.columns.items() if f in wanted or f in _NAMES}


class RowReader:
    """Reads the rows of one table: the plan is made once, a row costs as little as it can."""

    def __init__(self, table: Table, this_year: int, wanted: frozenset[str]) -> None:
        self._header = tuple(tidy_line(heading) for heading in table.header)
        self._width = len(table.header)
        columns = {f: at for f, at in table.columns.items() if f in wanted or f in _NAMES}
        self._name = columns.get("name", ())
        self._name_parts = {f: columns[f][0] for f in _NAME_PARTS if f in columns}
        self._text = [
            (f, longest, columns[f])
            for f, longest in LONGEST.items()
            if f in columns and f != "name"
        ]
        readers: dict[str, Callable[[str], int | str | None]] = {
            "class_year": lambda value: cells.read_class_year(value, this_year),
            "linkedin": cells.read_profile,
            "asks_per_month": cells.read_asks,
        }
        self._typed = [(f, columns[f], read) for f, read in readers.items() if f in columns]
        self._email = columns.get("email", ())
        self._consent = [(f, columns[f][0]) for f in ("consent", "no_consent") if f in columns]

    def read(self, record: Record) -> dict[str, Any]:
        """The values of one row; raises `Refuse` with the reason."""
        row = self._even(record.cells)
        left = {i: value for i, value in enumerate(row) if value and value.lower() not in NOTHING}
        values: dict[str, Any] = {"line": record.line, "name": self._read_name(row, left)}
        for field, longest, columns in self._text:
            if value := _take(left, columns):
                refuse_if_long(value, longest, f"the {_SPOKEN.get(field, field)}")
                values[field] = value
        in_step = self._read_typed(left, values)
        in_step = self._read_email(left, values) or in_step
        if len(record.cells) < self._width and not in_step:
            raise Refuse(f"It has {len(record.cells)} cells, and the headings are {self._width}.")
        for field, column in self._consent:
            self._read_consent(field, column, left, values)
        values["notes"] = self._notes(left, record.cells)
        return values

    def _even(self, row: list[str]) -> list[str]:
        """Tidied cells, as many as there are headings; spreadsheets leave out empty last ones."""
        if len(row) > self._width and any(row[self._width :]):
            raise Refuse(f"It has {len(row)} cells, and the headings are only {self._width}.")
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
            raise Refuse("It has no name.")
        if "@" in name and cells.is_email(name):
            raise Refuse(f"Its name is an e-mail address (“{_short(name)}”).")
        refuse_if_long(name, LONGEST["name"], "the name")
        return name

    def _read_typed(self, left: dict[int, str], values: dict[str, Any]) -> bool:
        """Cells with a form of their own; True when they vouch that the columns are in step."""
        unread: list[str] = []
        some = False
        for field, columns, read in self._typed:
            column = next((i for i in columns if i in left), None)
            if column is None:
                continue
            some, cell = True, left[column]
            value = read(cell)
            if value is None:
                unread.append(field)  # and the cell becomes a note
                continue
            values[field] = value
            if field == "linkedin" or _says_only(cell, str(value)):
                del left[column]
        values["unread"] = tuple(unread)
        return some and not unread

    def _read_email(self, left: dict[int, str], values: dict[str, Any]) -> bool:
        column = next((i for i in self._email if i in left), None)
        if column is None:
            return False
        cell = left[column]
        email = cells.read_email(cell)
        if email is None:
            raise Refuse(f"“{_short(cell)}” is not a whole e-mail address.")
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

    def _notes(self, left: dict[int, str], raw: list[str]) -> str:
        lines = []
        for i, tidied in left.items():
            heading = self._header[i]
            value = tidy_text(raw[i]) if "\n" in raw[i] else tidied
            refuse_if_long(value, LONGEST_NOTE, f"“{_short(heading) or 'a column'}”")
            lines.append(value if fold(heading) in _NOTES else f"{heading}: {value}")
        notes = "\n".join(lines)
        refuse_if_long(notes, LONGEST_NOTES, "what is left for the notes")
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


def refuse_if_long(value: str, longest: int, what: str) -> None:
    """Nothing is cut: a value that does not fit refuses its row."""
    if len(value) > longest:
        raise Refuse(f"{what[0].upper()}{what[1:]} has {len(value):,} characters; {longest:,} fit.")


def _short(value: str) -> str:
    return value if len(value) <= 40 else value[:39] + "…"
