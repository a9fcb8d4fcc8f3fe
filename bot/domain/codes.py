"""Codes that join an account, or an empty workspace, to what is there (``/settings link``)."""

from dataclasses import dataclass
from enum import StrEnum

from whenever import Instant

from bot.domain.marks import Matched, MemberId


class CodeFor(StrEnum):
    """What a code joins: a member's other account, or another workspace of the same class."""

    ACCOUNT = "account"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code to type elsewhere, once and soon."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    joins: CodeFor
    key: Matched
    """The code itself; found by its keyed hash."""
    made: Instant
    used: Instant | None = None
