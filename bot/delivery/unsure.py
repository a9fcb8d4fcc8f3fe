"""A message of which nobody knows whether it came is never sent blind: whoever it was for is told.

Its words are kept, encrypted, so that one press shows them; who has it already ignores the line.
"""

from collections.abc import Sequence
from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.channel import UNPOSTED, UNSEEN, organisers
from bot.delivery.rows import may_be_ignored, settled
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToChannel, ToMember, ToTogether, recipient_of, written
from bot.domain.timing import REST, UNSURE
from bot.invocation import call, write
from bot.ports import Ledger, Store
from bot.stopping import MENDED, STOPPED

TOLD_WITHIN = TimeDelta(hours=20)
"""With the next message that goes, else alone by then, or earlier where they sleep at that time:
the member knows within the day."""
SAYS_NOTHING_NEW = frozenset({UNSURE, UNSEEN, UNPOSTED, STOPPED, MENDED, REST})
"""A line about a line helps nobody."""


def leave_unknown(ledger: Ledger, store: Store, rows: Sequence[Owed], now: Instant) -> None:
    """The message may or may not have come: that is its end, and somebody is told."""
    count_unanswered(ledger, store, rows, -1)
    for row in rows:
        store.save(settled(row, OwedState.UNKNOWN, now))
    tell_unsure(store, rows, now)


def count_unanswered(ledger: Ledger, store: Store, rows: Sequence[Owed], by: int) -> None:
    """One message more that waits for an answer (1); what may not have come does not (-1)."""
    member_id = rows[0].member_id if rows else None
    if member_id is not None and may_be_ignored(rows):
        ledger.unanswered(store, member_id, by)


def tell_unsure(store: Store, rows: Sequence[Owed], now: Instant) -> None:
    """Owe the word about one message, made of these rows."""
    told = [row for row in rows if row.command not in SAYS_NOTHING_NEW]
    if not told:
        return
    lead = next((row for row in rows if row.id == row.batch), told[0])
    match recipient_of(lead.to):
        case ToMember(member_id):
            store.owe(_note(lead, UNSURE, member_id, now))
        case ToTogether(member_ids):
            for each in member_ids:
                store.owe(_note(lead, UNSURE, each, now))
        case ToChannel():
            for organiser in organisers(store):
                note = _note(lead, UNSEEN, organiser.id, now)
                store.owe(replace(note, due=now, urgency=Urgency.ANSWER))


def _note(lead: Owed, command: str, member_id: int, now: Instant) -> Owed:
    return Owed(
        cohort_id=lead.cohort_id,
        member_id=member_id,
        to=written(ToMember(member_id)),
        command=command,
        subject=f"owed:{lead.id}",
        call=write(call(command, owed=lead.id)),
        due=now + TOLD_WITHIN,
        urgency=Urgency.BOOKED,
    )
