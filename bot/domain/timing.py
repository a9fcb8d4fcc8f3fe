"""Whether a row that is due may go now, has to wait, or has lost its point. Pure.

Quiet hours, days off, pauses, the networking hour, one unasked message a day and back-off are all
applied here, when sending, so that a changed setting counts for what was planned before.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

from whenever import Date, Instant, TimeDelta

from bot.domain.cadence import (
    MIDNIGHT,
    Rhythm,
    at_local,
    last_window,
    local_day,
    next_window,
    too_late,
)
from bot.domain.chances import HOUR, first_chance, opens_at
from bot.domain.owed import Owed, Urgency

NEXT_HOUR = 2 * HOUR
"""What missed one networking hour (in a pause, say) is not too late during the next, a week and,
when the clocks change, an hour later."""
SPARSE_DAYS = 7
"""Days from one unasked message to the next for who chose to hear less often."""
REST = "settings quiet"
"""The row that says that nothing more comes until the member says so; its words are ours."""
CANNOT_WAIT = frozenset({"thanks remind", "interview after", "event soon", "event after", REST})
"""What has a day of its own, so it does not wait for the networking hour (D3, F12, G4)."""
AFTERWARDS = frozenset({"interview after"})
"""What asks about a booked talk: never before its time, and not the one unasked message of its day
(F3 leaves reminders of a booked talk aside; docs/decisions/0015)."""
TELLS = frozenset(
    {"intro over", "intro unneeded", "intro lapsed", "intro outcome", "match sorry",
     "match lapsed", "leaving soon"}
)  # fmt: skip
"""What tells and asks nothing: to leave it without a press is not to ignore it (F5)."""
UNSURE = "missed unsure"
"""The row that says that an earlier message may not have come: with the next message that goes, or
alone within its day; whatever else came that day, and in a pause too (DESIGN, Delivery)."""
SECOND = "second"
"""A last nudge before its time is over does not wait, not even for the hour of the same day."""
LATE_AFTER = HOUR
"""Later than this past its first chance, a message says that it is late."""
SPREAD = TimeDelta(minutes=31)
"""After we were away, what was missed and nobody asked for is spread over this: half an hour
between the first and the last, in a class of any size."""
GOLDEN = 0.6180339887498949
"""Members are numbered in a row; its multiples fall evenly, wherever the row begins and ends."""


class Why(StrEnum):
    """Why a row is not sent at all."""

    NOT_HEARD = "not heard"
    LATE = "late"
    OUTDONE = "outdone"
    """A newer one about the same thing goes instead."""


@dataclass(frozen=True, slots=True)
class Go:
    """It may go now. ``meant``: when it should have come, if that is long ago by our fault."""

    meant: Instant | None = None


@dataclass(frozen=True, slots=True)
class Hold:
    """Not before this moment."""

    until: Instant


@dataclass(frozen=True, slots=True)
class Drop:
    """Not at all; it is left to the due list."""

    why: Why


Decision: TypeAlias = Go | Hold | Drop


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """What decides when a member is written to.

    ``unasked``: when unasked messages went to them lately, and may have arrived. ``away_until``:
    they show others that they are on holiday until then (FEATURES F8). ``back``: when we last came
    back after nothing could be sent; ``place``: where in the spread their turn is, from 0 to 1.
    """

    rhythm: Rhythm
    hears: bool = True
    ignored: int = 0
    back_off_after: int = 2
    pause_after: int = 3
    sparse: bool = False
    unasked: tuple[Instant, ...] = ()
    away_until: Instant | None = None
    back: Instant | None = None
    place: float = 0.0

    def turn(self, now: Instant) -> Instant | None:
        """When they are caught up with; None when that is long ago, or we were not away.

        A return that is still to come was noted by a clock that ran ahead."""
        if self.back is None or self.back > now:
            return None
        turn = next_window(self.back, self.rhythm) + self.place * SPREAD
        opens = next_window(turn, self.rhythm)
        return turn if opens <= turn else opens + self.place * SPREAD

    @property
    def to_be_asked(self) -> bool:
        """Whether the next message asks if they want to hear less often (FEATURES F5): once."""
        return self.ignored == self.back_off_after < self.pause_after

    @property
    def to_rest(self) -> bool:
        """Whether the next message is the last until they say something."""
        return self.ignored == self.pause_after

    @property
    def rests(self) -> bool:
        """Whether that last message was sent and not answered."""
        return self.ignored > self.pause_after


def place_of(member_id: int) -> float:
    """Where in a spread somebody's turn is: theirs whoever sends, and however often."""
    return member_id * GOLDEN % 1.0


def decide_all(
    rows: Sequence[Owed], listener: Listener, now: Instant
) -> list[tuple[Owed, Decision]]:
    """What becomes of each of a member's rows, in the order of their due times."""
    rows = sorted(rows, key=lambda row: (row.due, row.id))
    outdone = _outdone([row for row in rows if row.due <= now])
    decided: list[tuple[Owed, Decision]] = [
        (row, Drop(Why.OUTDONE) if row.id in outdone else decide(row, listener, now))
        for row in rows
    ]
    return _along(_spread(decided, listener, now))


def _spread(
    decided: list[tuple[Owed, Decision]], listener: Listener, now: Instant
) -> list[tuple[Owed, Decision]]:
    """Who missed something while we were away gets it at their turn, all of it in one message."""
    back, turn = listener.back, listener.turn(now)
    if back is None or turn is None or now >= turn:
        return decided
    unasked = [row for row, what in decided if isinstance(what, Go) and _is_unasked(row)]
    if not any(chance_of(row, listener.rhythm) < back for row in unasked):
        return decided
    late = {row.id for row in unasked}
    return [(row, Hold(turn) if row.id in late else what) for row, what in decided]


def _is_unasked(row: Owed) -> bool:
    return row.urgency is Urgency.NUDGE


def _along(decided: list[tuple[Owed, Decision]]) -> list[tuple[Owed, Decision]]:
    """What says that something may not have come goes with any message that is more than an answer.

    Answers stand alone, so that what is in them can be copied."""
    goes = any(
        isinstance(what, Go) and row.urgency is not Urgency.ANSWER and row.command != UNSURE
        for row, what in decided
    )
    if not goes:
        return decided
    return [
        (row, Go() if row.command == UNSURE and isinstance(what, Hold) else what)
        for row, what in decided
    ]


def decide(row: Owed, listener: Listener, now: Instant) -> Decision:
    """What becomes of one row."""
    if row.urgency is Urgency.ANSWER:
        if too_late(row.due, now, listener.rhythm.late_days):
            return Drop(Why.LATE)
        return Go() if row.due <= now else Hold(row.due)
    if not listener.hears:
        return Drop(Why.NOT_HEARD)
    if row.urgency is Urgency.BOOKED and row.command not in AFTERWARDS:
        return _booked(row, listener.rhythm, now)
    return _nudge(row, listener, now)


def _outdone(rows: Sequence[Owed]) -> set[int]:
    """After a long stop several are due about one thing: the newest is enough.

    A reminder of a question that was not even asked yet is not needed either."""
    outdone: set[int] = set()
    for row in rows:
        for other in rows:
            if other.id == row.id or Urgency.ANSWER in (row.urgency, other.urgency):
                continue
            same = other.to == row.to and other.subject == row.subject
            newer = other.command == row.command and (other.due, other.id) > (row.due, row.id)
            asks = row.command.endswith(" remind") and (
                other.command == f"{row.command.removesuffix(' remind')} ask"
                and other.occurrence == row.occurrence
            )
            if same and (newer or asks):
                outdone.add(row.id)
    return outdone


def _booked(row: Owed, rhythm: Rhythm, now: Instant) -> Decision:
    """Earlier rather than in quiet hours, and not held by a pause: the talk is still booked."""
    if too_late(row.due, now, rhythm.late_days):
        return Drop(Why.LATE)
    moment = last_window(row.due, rhythm)
    if now < moment:
        return Hold(moment)
    opens = next_window(now, replace(rhythm, paused_until=None))
    return Go() if opens <= now else Hold(opens)


def _manner(row: Owed, rhythm: Rhythm) -> tuple[bool, bool]:
    """Whether it waits for the networking hour, and whether it goes with one of the same day."""
    waits = row.command not in CANNOT_WAIT and rhythm.hour_at is not None
    return waits, not waits and row.occurrence != SECOND


def chance_of(row: Owed, rhythm: Rhythm) -> Instant:
    """When an unasked row would have gone had nothing been in the way but the clock."""
    waits, joins = _manner(row, rhythm)
    return first_chance(row.due, rhythm, waits=waits, joins=joins)


def _nudge(row: Owed, listener: Listener, now: Instant) -> Decision:
    rhythm = listener.rhythm
    waits, joins = _manner(row, rhythm)
    chance = first_chance(row.due, rhythm, waits=waits, joins=joins)
    if too_late(chance, now - NEXT_HOUR if waits else now, rhythm.late_days):
        return Drop(Why.LATE)
    if listener.rests:
        return Hold(now + HOUR)
    opens = opens_at(max(now, chance), rhythm, waits=waits, joins=joins)
    booked = row.urgency is Urgency.BOOKED
    for later in () if booked else (_free_from(listener, now), listener.away_until):
        if later is not None:
            opens = max(opens, opens_at(later, rhythm, waits=waits, joins=joins))
    if opens > now:
        return Hold(opens)
    return Go(chance if _is_late(row, chance, listener, now) else None)


def _free_from(listener: Listener, now: Instant) -> Instant | None:
    """When the next unasked message may come, if one came too lately (FEATURES F3).

    A message from a day to come was sent by a clock that ran ahead; it counts on its day."""
    zone = listener.rhythm.zone
    today = local_day(now, zone)
    gap = SPARSE_DAYS if listener.sparse else 1
    days: list[Date] = [local_day(sent, zone) for sent in listener.unasked]
    blocked = [day.add(days=gap) for day in days if day <= today < day.add(days=gap)]
    return at_local(max(blocked), MIDNIGHT, zone) if blocked else None


def _is_late(row: Owed, chance: Instant, listener: Listener, now: Instant) -> bool:
    """Whether it is late because we were away, not because of the member's own wishes.

    What was put off, and not by a failure, was looked at: it is late only since then."""
    looked = row.lease_until if row.lease_until is not None and not row.attempts else chance
    turn = listener.turn(now)
    if listener.back is not None and turn is not None and now - turn <= LATE_AFTER:
        looked = chance if chance < listener.back else looked  # it only waited for its turn
    if now - max(chance, looked) <= LATE_AFTER or any(s >= chance for s in listener.unasked):
        return False
    until = listener.rhythm.paused_until
    zone = listener.rhythm.zone
    return until is None or at_local(until, MIDNIGHT, zone) <= chance
