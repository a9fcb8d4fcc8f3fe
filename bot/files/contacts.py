"""A student's own people from a file: a table (LinkedIn's export, an address book) or vCards."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.files.decode import MAX_BYTES, decode
from bot.files.people import Refuse, RowReader
from bot.files.refused import RefusedRow
from bot.files.tables import Table, read_table
from bot.files.vcards import holds_vcards, read_vcards

_WANTED = frozenset(
    {"email", "phone", "title", "company", "field", "city", "country", "linkedin", "kind"}
)


@dataclass(frozen=True, slots=True)
class ContactRow:
    """One person as the file has them; `kind` is the file's own word for how they are known."""

    line: int
    name: str
    email: str = ""
    phone: str = ""
    title: str = ""
    company: str = ""
    field: str = ""
    city: str = ""
    link: str = ""
    kind: str = ""
    notes: str = ""


def read_contacts(
    data: bytes, this_year: int, most_bytes: int = MAX_BYTES
) -> Iterator[ContactRow | RefusedRow]:
    """The people in `data`; `FileRefused` at once when it holds none that can be read."""
    text, _ = decode(data, most_bytes)
    if holds_vcards(text):
        return _from_values(read_vcards(text))
    return _from_values(_table_values(read_table(data, most_bytes), this_year))


def _table_values(table: Table, this_year: int) -> Iterator[dict[str, object] | RefusedRow]:
    reader = RowReader(table, this_year, _WANTED)
    for record in table.rows:
        if isinstance(record, RefusedRow):
            yield record
            continue
        try:
            yield reader.read(record)
        except Refuse as refusal:
            yield RefusedRow(record.line, str(refusal))


def _from_values(
    rows: Iterator[dict[str, object] | RefusedRow],
) -> Iterator[ContactRow | RefusedRow]:
    seen: dict[object, int] = {}
    for values in rows:
        if isinstance(values, RefusedRow):
            yield values
            continue
        values["link"] = values.pop("linkedin", "")
        values.pop("unread", None)  # it stands in the notes
        values["city"] = _place(str(values.get("city", "")), str(values.pop("country", "")))
        row = ContactRow(**values)  # ty: ignore[invalid-argument-type]
        first = seen.setdefault(row.email.casefold() or (row.name, row.company), row.line)
        if first == row.line:
            yield row
        else:
            yield RefusedRow(row.line, f"{row.name} is already on line {first}.", "duplicate")


def _place(city: str, country: str) -> str:
    return ", ".join(
        part for part in (city, country) if part and (part == city or part not in city)
    )
