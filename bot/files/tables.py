"""Any table of people, whatever program wrote it: finds the delimiter and the row of headings by
what they say, then hands out the rows one by one. Nothing is guessed from the file's name.
"""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.files.decode import MAX_BYTES, decode
from bot.files.headers import meaning_of, names_people
from bot.files.records import Record, read_records
from bot.files.refused import FileRefused, RefusedRow

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MOST_COLUMNS = 200
_PREAMBLE = 40  # rows that may stand before the headings
_EXCEL_SEPARATOR = re.compile(r'\A"?sep=([,;\t|:~^])"?[ \t]*(\r\n|\r|\n|\Z)', re.IGNORECASE)

NO_HEADINGS = (
    "I found no row of headings in that file. Its first row should name the columns, and one of "
    "them must be “name” (or “first name” and “last name”)."
)


@dataclass(frozen=True, slots=True)
class Table:
    """A readable file: what its columns mean, and its rows, which can be walked through once."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int
    columns: Mapping[str, tuple[int, ...]]  # our field → where it stands, the best place first
    rows: Iterator[Record | RefusedRow]


def read_table(data: bytes, most_bytes: int = MAX_BYTES) -> Table:
    """The table in `data`, or `FileRefused` with a sentence."""
    text, encoding = decode(data, most_bytes)
    text, delimiter, header = _find_header(text)
    if len(header.cells) > MOST_COLUMNS:
        raise FileRefused(f"That table has {len(header.cells):,} columns; I take {MOST_COLUMNS}.")
    headings = tuple(cell.strip() for cell in header.cells)
    rows = (
        row
        for row in read_records(text, delimiter)
        if row.line > header.line and not (isinstance(row, Record) and row.cells == header.cells)
    )
    return Table(encoding, delimiter, headings, header.line, _columns(headings), rows)


def _find_header(text: str) -> tuple[str, str, Record]:
    """The text, the delimiter and the row that names the most of our fields."""
    candidates = list(DELIMITERS)
    if told := _EXCEL_SEPARATOR.match(text):
        # The line stays in place as a blank one, so that line numbers stay true.
        text, candidates = "\n" + text[told.end() :], [told[1]]
    best: tuple[int, str, Record] | None = None
    for delimiter in candidates:
        for row in _beginning(text, delimiter):
            score = _score(row.cells)
            if score and (best is None or score > best[0]):
                best = (score, delimiter, row)
    if best is None:
        raise FileRefused(NO_HEADINGS)
    return text, best[1], best[2]


def _beginning(text: str, delimiter: str) -> Iterator[Record]:
    for row in itertools.islice(read_records(text, delimiter), _PREAMBLE):
        if isinstance(row, Record):
            yield row


def _score(cells: list[str]) -> int:
    meanings = (meaning_of(cell.strip()) for cell in cells if cell)
    fields = {meaning.field for meaning in meanings if meaning}
    return len(fields) if names_people(fields) else 0


def _columns(headings: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    """Field → its columns, the plainest heading first ("Email" before "Work email")."""
    found: dict[str, list[tuple[int, int]]] = {}
    for column, heading in enumerate(headings):
        if meaning := meaning_of(heading):
            found.setdefault(meaning.field, []).append((meaning.rank, column))
    return {field: tuple(column for _, column in sorted(at)) for field, at in found.items()}
