"""Why a file, or one row of it, is not taken: sentences for the person who sent it.

Reasons may quote the row, so they are shown to that person and never logged.
"""

from dataclasses import dataclass
from typing import Literal


class FileRefused(ValueError):  # noqa: N818  (it is an answer, not a fault)
    """The whole file cannot be read; the message says why and what to do instead."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One row that was left out; `line` is where it begins in the file, counted from 1."""

    line: int
    reason: str
    kind: Literal["unreadable", "duplicate"] = "unreadable"
