"""Talks that are booked, from the booking to whether they happened (FEATURES C5, C6, D2)."""

from dataclasses import dataclass
from enum import StrEnum

from whenever import Date, Instant

from bot.domain.marks import ContactId, MemberId, Secret


class MeetingState(StrEnum):
    """booked → happened, or one of the ways not to; a moved one stays booked at its new time."""

    BOOKED = "booked"
    HAPPENED = "happened"
    CANCELLED = "cancelled"
    MISSED = "did not happen"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One talk to come. ``at`` is an instant; ``zone`` is the other person's, "" when unknown."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    contact_id: ContactId
    at: Instant
    minutes: int = 30
    mode: str = ""
    """"video", "phone" or "in person"; "" when not said."""
    place: Secret = ""
    zone: str = ""
    stop_nudge: bool = False
    """Whether a DM five minutes before the end was switched on (C6)."""
    state: MeetingState = MeetingState.BOOKED
    sequence: int = 0
    """How often it was moved; the calendar's SEQUENCE (RFC 5545, 3.8.7.4)."""
    made: Instant


def is_meant(booked_for: Date, held: Date) -> bool:
    """Whether a talk held on this day was the one booked for that one: then, or a day early."""
    return booked_for.subtract(days=1) <= held
