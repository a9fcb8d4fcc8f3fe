"""Events of the cohort, who is going, and the wins that somebody chose to post (G3, G4)."""

from dataclasses import dataclass
from typing import Annotated

from whenever import Instant

from bot.domain.marks import MemberId, Ref, Secret

MET_AT = "Met at "
"""Begins the note on whoever was met at an event; the event's name ends its line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something to go to where one meets people. ``at`` is an instant; ``zone`` is the place's."""

    cohort_id: int
    id: int = 0
    maker_id: Annotated[int | None, Ref("Member", forget=True)] = None
    name: str
    at: Instant
    minutes: int = 60
    zone: str = ""
    place: str = ""
    """A room, an address or a link."""
    about: str = ""
    made: Instant
    sequence: int = 0
    """How often it was changed; the calendar's SEQUENCE (RFC 5545, 3.8.7.4)."""
    cancelled: Instant | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What one member said about an event."""

    cohort_id: int
    id: int = 0
    event_id: Annotated[int, Ref("Event")]
    member_id: MemberId
    going: bool = True
    said: Instant
    went: bool | None = None
    """Whether they went, once asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Win:
    """Something good that a member chose to post."""

    cohort_id: int
    id: int = 0
    member_id: MemberId
    words: Secret
    posted: Instant


def met_at(notes: str) -> str:
    """The event that such a note names; "" for any other note."""
    first = notes.partition("\n")[0]
    return first.removeprefix(MET_AT) if first.startswith(MET_AT) else ""
