"""CSV text → records with the line each begins on, one at a time.

A quotation mark that is never closed costs its own line, not the rest of the file: the reader
goes back to the next line and says so.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from bot.files.escaping import unescape_cell
from bot.files.refused import FileRefused, RefusedRow

MOST_LINES = 200  # of one record
MOST_CHARACTERS = 100_000  # of one line; below csv's own limit for one cell, 131,072
MOST_UNCLOSED = 100

UNCLOSED = "A quotation mark opens on this line and is never closed."
TOO_LONG = f"This line is longer than {MOST_CHARACTERS:,} characters."
DAMAGED = (
    f"More than {MOST_UNCLOSED} lines of that file open a quotation mark that is never closed. "
    "It looks damaged; please export it again."
)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of a table as it stands in the file."""

    line: int
    cells: list[str]


class _Unclosed(Exception):  # noqa: N818
    """More lines than one record can have: its quotation mark is surely a slip."""


class _TooLong(Exception):  # noqa: N818
    """A single line beyond every sane length."""


class _Lines:
    """Physical lines with a way back: `csv` pulls as many as a record needs."""

    def __init__(self, text: str) -> None:
        self._source: Iterator[str] = io.StringIO(text, newline="")
        self._again: list[str] = []
        self.taken: list[str] = []  # the lines of the record being read
        self.ended = False

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        taken = self.taken
        if taken and (len(taken) >= MOST_LINES or sum(map(len, taken)) > MOST_CHARACTERS):
            raise _Unclosed
        line = self._again.pop() if self._again else next(self._source, None)
        if line is None:
            self.ended = True
            raise StopIteration
        taken.append(line)
        if len(line) > MOST_CHARACTERS:
            raise _TooLong if len(taken) == 1 else _Unclosed
        return line

    def back_to_second(self) -> None:
        """Give back all lines of this record but its first."""
        self._again.extend(reversed(self.taken[1:]))
        del self.taken[1:]
        self.ended = False

    def check_quotes(self) -> None:
        """The file must not end inside a quoted cell that began on an earlier line."""
        if self.ended and len(self.taken) > 1 and sum(x.count('"') for x in self.taken) % 2:
            raise _Unclosed


def read_records(text: str, delimiter: str) -> Iterator[Record | RefusedRow]:
    """Every record of `text` that is not blank; bad ones as a `RefusedRow` in their place."""
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    line, unclosed = 1, 0
    while True:
        lines.taken = []
        try:
            cells = next(reader)
            lines.check_quotes()
            if any(cells):
                escaped = any("'" in taken for taken in lines.taken)
                yield Record(line, [unescape_cell(cell) for cell in cells] if escaped else cells)
        except StopIteration:
            return
        except _TooLong:
            yield RefusedRow(line, TOO_LONG)
        except (_Unclosed, csv.Error):
            unclosed += 1
            if unclosed > MOST_UNCLOSED:  # each costs a second reading of many lines
                raise FileRefused(DAMAGED) from None
            lines.back_to_second()
            yield RefusedRow(line, UNCLOSED)
        line += len(lines.taken)
