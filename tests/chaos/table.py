"""What an experiment shows: a line of the table that ``make chaos`` prints, counts included.

An experiment is a module of this folder with ``run(long) -> Iterable[Shown]``. ``long`` asks for
the numbers of docs/reliability.md. Otherwise it is over in some seconds, runs beside other tests on
a busy machine, and judges only what does not depend on that: effects and counts, never seconds.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shown:
    """One line. ``must``: what has to hold; ``counts``: what was seen; ``holds``: did it."""

    experiment: str
    must: str
    counts: str
    holds: bool

    def __str__(self) -> str:
        return f"{'ok  ' if self.holds else 'FAIL'} {self.experiment}: {self.counts}"


def as_markdown(named: Sequence[tuple[str, Shown]]) -> str:
    """The table, as docs/reliability.md has it: ready to be pasted there."""
    head = ["| experiment | must show | seen |", "|---|---|---|"]
    rows = [
        f"| `{name}`: {_cell(each.experiment)} | {_cell(each.must)} | "
        f"{'' if each.holds else '**Does not hold.** '}{_cell(each.counts)} |"
        for name, each in named
    ]
    return "\n".join([*head, *rows])


def _cell(words: str) -> str:
    """On one line, and without what would end the cell."""
    return " ".join(words.split()).replace("|", "\\|")
