"""A message owed: a row per message, whose state is the truth about it (DESIGN, Delivery)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from whenever import Instant

from bot.domain.marks import Ref, Secret


class OwedState(StrEnum):
    """due → sending → sent, or one of the ways not to be."""

    DUE = "due"
    SENDING = "sending"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"
    UNDELIVERABLE = "undeliverable"
    UNKNOWN = "unknown"


class Urgency(StrEnum):
    """How a message may be held.

    ANSWER: the member asked for it, so it goes at once. BOOKED: a reminder of a booked talk.
    NUDGE: unasked; at most one message a day, in waking hours.
    """

    ANSWER = "answer"
    BOOKED = "booked"
    NUDGE = "nudge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One message owed to a member; to a channel or to several members, ``member_id`` is None.

    Unique by recipient, command, subject and occurrence, so planning twice owes once.
    ``call`` is the invocation that the clock makes when it is due, in its written form.
    """

    cohort_id: int
    id: int = 0
    member_id: Annotated[int | None, Ref("Member")] = None
    to: str
    """"member:17", "channel:3" or "together:12-15" (bot/domain/recipients.py); part of the key."""
    command: str
    subject: str = ""
    """What about: "talk:17"."""
    occurrence: str = ""
    """Which one: "first", "2026-W48"."""
    call: str
    due: Instant
    urgency: Urgency = Urgency.NUDGE
    state: OwedState = OwedState.DUE
    batch: int = 0
    """The row whose message carries this one too; 0 until it is being sent."""
    reply: Secret = ""
    """What is being sent, kept until settled, so that a retry sends the same words."""
    worker: str = ""
    lease_until: Instant | None = None
    attempts: int = 0
    first_try: Instant | None = None
    settled: Instant | None = None
    reference: str = ""
    """The surface's own id of the message that was made."""
    seen: Instant | None = None
    """When the member reacted to it (FEATURES F5)."""
