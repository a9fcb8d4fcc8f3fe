"""``snowball export``: a whole class in one archive, for a school that leaves or keeps records.

Without ``notes`` it holds what lies in the database as it is, and the directory that the school
brought; what students wrote for themselves stays encrypted where it is. No token ever leaves.
"""

import io
import json
import os
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from pydantic import TypeAdapter
from whenever import Instant

from bot.domain.cohort import Cohort
from bot.domain.marks import Mark
from bot.files.csv_out import Cell, write_csv
from bot.ports import Store
from bot.privacy import KINDS, marks_of, sheet

LEFT_OUT = frozenset({"codes", "seen", "drafts", "cohorts"})
"""Tables that are of use to nobody but the machine; the class itself stands in everything.json."""
NEVER: Mapping[str, frozenset[str]] = {
    "workspaces": frozenset({"token"}),
    "members": frozenset({"calendar_key"}),
    "owed": frozenset({"call", "reply", "batch", "worker", "lease_until", "reference"}),
}
"""What opens a door (a token, a secret address), and what only delivery needs."""
THE_SCHOOLS = frozenset({"alumni"})
"""The directory was brought by the school, with addresses and notes."""
WARNING = (
    "This archive holds what students wrote for themselves: takeaways, reflections, notes and "
    "addresses of people they know. They were told that nobody else reads it. Tell them before "
    "anybody does, and keep it where only you can read it."
)


@dataclass(frozen=True, slots=True)
class Exported:
    """The archive, and how many rows each table has."""

    archive: bytes
    rows: Mapping[str, int]


def export(store: Store, now: Instant, *, notes: bool = False) -> Exported:
    """Everything of the store's cohort."""
    cohort = store.cohort()
    tables = {name: store.find(KINDS[name]) for name in KINDS if name not in LEFT_OUT}
    columns = {name: _columns(name, notes=notes) for name in tables}
    whole = {
        "cohort": _object(cohort, [each.name for each in fields(Cohort)]),
        **{name: [_object(row, columns[name]) for row in rows] for name, rows in tables.items()},
    }
    files = {
        "READ ME.txt": "\r\n".join(_read_me(cohort, tables, now, notes=notes)).encode(),
        "everything.json": json.dumps(whole, ensure_ascii=False, indent=1).encode(),
        **{
            f"{name}.csv": write_csv(columns[name], _cells(whole[name], columns[name]))
            for name in tables
        },
    }
    return Exported(_zipped(files, now), {name: len(rows) for name, rows in tables.items()})


def _columns(table: str, *, notes: bool) -> list[str]:
    kind = KINDS[table]
    secret = {name for name, mark in marks_of(kind).items() if isinstance(mark, Mark)}
    open_ = notes or table in THE_SCHOOLS
    hidden = NEVER.get(table, frozenset()) | {"cohort_id"} | (frozenset() if open_ else secret)
    return [each.name for each in fields(kind) if each.name not in hidden]


def _object(row: Any, names: Iterable[str]) -> dict[str, Any]:
    plain = TypeAdapter(type(row)).dump_python(row, mode="json")
    return {name: plain[name] for name in names}


def _cells(rows: Any, names: Sequence[str]) -> Iterator[list[Cell]]:
    for row in rows:
        yield [_cell(row[name]) for name in names]


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return value


def _read_me(
    cohort: Cohort, tables: Mapping[str, Sequence[Any]], now: Instant, *, notes: bool
) -> Iterator[str]:
    yield f"{cohort.name}, as Snowball kept it at {now.to_tz('UTC').date()}."
    yield ""
    yield (
        WARNING
        if notes
        else ("What students wrote for themselves is not in here, nor what is encrypted of theirs.")
    )
    yield "Whom students know is theirs alone all the same: do not hand it on to teachers."
    yield ""
    yield "everything.json holds all of it, for programs. Each table is a CSV file, too; times are"
    yield "UTC, and a number in member_id is the id in members.csv, and so on."
    yield ""
    for each in sheet().tables:
        if each.name in tables:
            yield f"{each.name}.csv, rows: {len(tables[each.name])}. {each.title}."
            yield f"  Who sees it in Snowball: {each.sees}."
    yield ""


def _zipped(files: Mapping[str, bytes], now: Instant) -> bytes:
    made = now.to_tz("UTC")
    stamp = (made.year, made.month, made.day, made.hour, made.minute, made.second)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return out.getvalue()


def write_private(file: str | os.PathLike[str], content: bytes) -> None:
    """A file that nobody else on the machine may read."""
    with os.fdopen(os.open(file, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as opened:
        os.fchmod(opened.fileno(), 0o600)
        opened.write(content)
