"""What keeps goodwill: touches that were made, concerns that were raised, notes that peers read."""

from dataclasses import dataclass
from typing import Annotated

from whenever import Instant

from bot.domain.marks import ContactId, MemberId, Ref, Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """Something that kept a contact warm: a note, a call, good news."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    contact_id: ContactId
    at: Instant
    words: Secret = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """Something felt wrong (FEATURES B9): for the organiser's eyes; takes an alum out of the finder
    until looked at."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    alum_id: Annotated[int | None, Ref("Alum", forget=True)] = None
    about: Secret = ""
    """Whom or what it is about, as the student knows it."""
    words: Secret = ""
    raised: Instant
    looked_at: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeerReview:
    """A draft shown to one classmate with its recipient masked: a thing liked, one to fix (B2)."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    reviewer_id: Annotated[int | None, Ref("Member", forget=True)] = None
    words: Secret
    asked: Instant
    liked: Secret = ""
    to_fix: Secret = ""
    answered: Instant | None = None
