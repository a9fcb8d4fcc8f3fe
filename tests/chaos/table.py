"""What an experiment shows: a line of the table that ``make chaos`` prints, counts included.

An experiment is a module of this folder with ``run(long) -> Sequence[Shown]``; ``long`` asks for
the numbers of docs/reliability.md, and otherwise it is over in some seconds.
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


def as_markdown(lines: Sequence[Shown]) -> str:
    """The table, as docs/reliability.md has it."""
    head = ["| experiment | must show | seen | |", "|---|---|---|---|"]
    rows = [
        f"| {each.experiment} | {each.must} | {each.counts} | {'yes' if each.holds else '**NO**'} |"
        for each in lines
    ]
    return "\n".join([*head, *rows])
