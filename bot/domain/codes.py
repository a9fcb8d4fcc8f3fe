"""Codes that join an account, or an empty workspace, to what is there (``/settings link``)."""

from dataclasses import dataclass
from enum import StrEnum

from whenever import Instant

from bot.domain.marks import MemberId


class CodeFor(StrEnum):
    """What a code joins: a member's other account, or another workspace of the same class."""

    ACCOUNT = "account"
    WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """A code to type elsewhere, once and soon; only its hash is kept."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    joins: CodeFor
    key: str
    """The keyed hash of the code."""
    made: Instant
    used: Instant | None = None
