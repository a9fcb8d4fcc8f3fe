"""Figures and the lines of the printed table. Nothing here decides what is good enough."""

from collections.abc import Sequence
from statistics import median


def at(share: float, values: Sequence[float]) -> float:
    """The value that so large a share of all stays at or below."""
    ordered = sorted(values)
    return ordered[max(0, round(len(ordered) * share + 0.499999) - 1)]


def head(title: str, *columns: str) -> str:
    """A section's first line."""
    return f"\n{title:<44}" + "".join(f"{each:>15}" for each in columns)


def line(name: str, *cells: str) -> str:
    """One row of a section."""
    return f"  {name:<42}" + "".join(f"{each:>15}" for each in cells)


def ms(seconds: float) -> str:
    """Milliseconds, as fine as they are worth reading."""
    thousandths = seconds * 1000
    return f"{thousandths:.0f} ms" if thousandths >= 100 else f"{thousandths:.2f} ms"


def times(ours: float, theirs: float) -> str:
    """How many times as much."""
    return f"{ours / theirs:.2f} x" if theirs else "-"


def middle(values: Sequence[float]) -> float:
    """The median: one busy moment of the machine does not move it."""
    return median(values)
