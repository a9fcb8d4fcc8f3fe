"""Asks: a note to somebody, from its draft to its answer (FEATURES A7, B)."""

from dataclasses import dataclass
from typing import Annotated

from whenever import Instant

from bot.domain.cohort import Numbers
from bot.domain.marks import ContactId, MemberId, Ref, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One request for a talk. ``sent`` is when the student said that they sent it."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    contact_id: ContactId
    alum_id: Annotated[int | None, Ref("Alum", forget=True)] = None
    """Set for people of the directory, whose asks a month are counted."""
    drafted: Instant
    sent: Instant | None = None
    carried: Instant | None = None
    """When it was put to an alum in the workspace by us, at the student's wish (K4)."""
    words: Secret = ""
    """The note that was put to them then."""
    answered: Instant | None = None
    outcome: str = ""
    """"replied", "declined" or "no reply"; "" while it is open."""
    followed_up: Instant | None = None
    """When the last follow-up was sent."""
    follow_ups: int = 0
    """How many were sent."""
    released: Instant | None = None
    """When a draft that was never sent stopped holding its person."""

    @property
    def written_again(self) -> int:
        """Notes after the first."""
        return max(self.follow_ups, int(self.followed_up is not None))

    def may_follow_up(self, numbers: Numbers) -> bool:
        """Whether another note is polite: one, unless the organiser says otherwise (B4)."""
        return self.written_again < numbers.follow_ups
