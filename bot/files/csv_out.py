"""A table for somebody's spreadsheet: every cell quoted, none a formula, accents intact."""

import csv
import io
from collections.abc import Iterable, Sequence

from bot.files.escaping import escape_cell

Cell = str | int | float | None


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """UTF-8 with the mark that Excel needs; numbers stay numbers.

    Everything is quoted, since a spreadsheet of another country splits at semicolons.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([escape_cell(heading) for heading in header])
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _written(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    return escape_cell(cell) if isinstance(cell, str) else cell
