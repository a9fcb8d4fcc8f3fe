"""Reading an alumni file into a plan, and carrying the plan out in batches."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from whenever import Instant

from bot.domain.directory import ImportPlan, Known, as_alum, plan_import
from bot.domain.people import Alum
from bot.files.alumni import AlumniFile, read_alumni
from bot.files.refused import RefusedRow
from bot.ports import Store

BATCH = 500
"""Alumni written in one go, so that other commands go between."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, and which rows it refuses; nothing is written yet."""

    file: AlumniFile
    plan: ImportPlan
    refused: tuple[RefusedRow, ...]
    without_consent: int
    unread: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Fields that stay empty because their cells cannot be read, with the lines."""


def preview(store: Store, data: bytes, now: Instant, *, agreed: bool = True) -> Preview:
    """Reads the file against the directory. Raises FileRefused when it is no table of people.

    ``agreed``: whether those agreed of whom the file does not say."""
    file = read_alumni(data, now.to_tz("UTC").year)
    refused: list[RefusedRow] = []
    unread: dict[str, list[int]] = {}

    def rows() -> Iterator[tuple[int, Alum, bool | None]]:
        for row in file.rows:
            if isinstance(row, RefusedRow):
                refused.append(row)
            else:
                for name in row.unread:
                    unread.setdefault(name, []).append(row.line)
                values = {each.name: getattr(row, each.name) for each in dataclasses.fields(row)}
                alum = as_alum(values, store.cohort_id, now, agreed=agreed)
                yield row.line, alum, row.consent

    plan = plan_import(Known(store.find(Alum)), rows())
    hidden = sum(1 for each in (*plan.new, *plan.changed) if not each.consent)
    return Preview(file, plan, tuple(refused), hidden, unread)


def batches(plan: ImportPlan) -> Iterator[tuple[list[Alum], list[Alum]]]:
    """New and changed alumni, a batch at a time."""
    for begin in range(0, len(plan.new), BATCH):
        yield plan.new[begin : begin + BATCH], []
    for begin in range(0, len(plan.changed), BATCH):
        yield [], plan.changed[begin : begin + BATCH]


def carry_out(store: Store, new: list[Alum], changed: list[Alum]) -> None:
    """Writes one batch."""
    if new:
        store.add_all(new)
    for each in changed:
        store.save(each)
