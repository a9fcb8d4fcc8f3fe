"""After an attempt: what became of the message is written down; the row is the truth about it.

Refused: surely not made, so it is due again. Unclear: repeated with the same words and nonce where
that is safe, and otherwise ``unknown``: shown to the member, never sent blind.
"""

from dataclasses import dataclass, replace

import structlog
from whenever import Instant, TimeDelta

from bot.channel import tell_unposted
from bot.delivery.parcels import Parcel
from bot.delivery.rows import REPEATED_WITHIN, back_off, put_off, settled, waits
from bot.domain.cohort import Account
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.recipients import ToChannel, ToMember, ToTogether, recipient_of
from bot.ports import (
    LOOK_AGAIN,
    Clock,
    Ledger,
    Outcome,
    Refused,
    Sent,
    Store,
    Stores,
    Trouble,
    Unclear,
)
from bot.together import met_at

log = structlog.get_logger(__name__)

SOON = TimeDelta(seconds=20)
"""The longest pause before an unclear attempt is repeated, so that two minutes hold several."""


@dataclass(frozen=True, slots=True)
class Settler:
    """Writes down what became of parcels. Synchronous: one transaction in a worker thread."""

    stores: Stores
    ledger: Ledger
    clock: Clock

    def still_mine(self, parcel: Parcel) -> bool:
        """Whether the lease holds: asked just before the message goes out."""
        lead = parcel.lead
        with self.stores.reading(lead.cohort_id) as store:
            row = store.get(Owed, lead.id)
        return row is not None and _is_ours(row, parcel) and waits(row, self.clock.now())

    def settle(self, parcel: Parcel, outcome: Outcome) -> None:
        """Write down the outcome of this attempt."""
        lead = parcel.lead
        now = self.clock.now()
        with self.stores.writing(lead.cohort_id, f"owed:{lead.to}") as store:
            rows = [
                row
                for row in self.ledger.locked(store, lead.to, now)
                if row.state is OwedState.SENDING and row.batch == lead.id
            ]
            taken = any(row.id == lead.id and not _is_ours(row, parcel) for row in rows)
            if taken and not isinstance(outcome, Sent):
                return  # another worker has taken it over and will know more
            self._write(store, rows, parcel, outcome, now)

    def _write(
        self, store: Store, rows: list[Owed], parcel: Parcel, outcome: Outcome, now: Instant
    ) -> None:
        match outcome:
            case Sent(reference):
                if parcel.route.accounts:  # the next message to them goes to the same place
                    reference = met_at(parcel.route.workspace.id, reference)
                for row in rows:
                    store.save(settled(row, OwedState.SENT, now, reference))
            case Refused(trouble=Trouble.PERSON | Trouble.PLACE):
                self._never(store, rows, parcel, now)
            case Refused(trouble=Trouble.OURS):
                self._end(store, rows, parcel, now)
            case Refused(trouble=Trouble.WORKSPACE) if not parcel.again:
                self._not_made(store, rows, parcel, now, LOOK_AGAIN)
            case Refused(trouble=Trouble.SOON, retry_after=seconds) if not parcel.again:
                self._not_made(store, rows, parcel, now, TimeDelta(seconds=seconds))
            case Refused() | Unclear():
                self._unclear(store, rows, parcel, now)
        if not isinstance(outcome, Sent):
            lead = parcel.lead
            trouble = outcome.trouble if isinstance(outcome, Refused) else Trouble.UNCLEAR
            say = log.error if trouble in (Trouble.OURS, Trouble.WORKSPACE) else log.warning
            say(
                "message not sent",
                outcome=type(outcome).__name__,
                trouble=trouble.value,
                why=outcome.why,
                cohort=lead.cohort_id,
                row=lead.id,
            )

    def _never(self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant) -> None:
        """This account cannot be written to; another one of theirs may be."""
        account = parcel.route.account
        if account is not None:
            fresh = store.get(Account, account.id)
            if fresh is not None:
                store.save(replace(fresh, reachable=False))
            other = store.first(Account, member_id=account.member_id, reachable=True)
            if other is not None and not parcel.again:
                self._not_made(store, rows, parcel, now, TimeDelta())
                return
        match recipient_of(parcel.lead.to):
            case ToChannel(workspace_id):
                tell_unposted(store, workspace_id, now)
            case ToMember() | ToTogether():
                pass
        self._end(store, rows, parcel, now)

    def _end(self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant) -> None:
        """It will not come; the due list says so."""
        self._uncount(store, rows)
        state = OwedState.UNKNOWN if parcel.again else OwedState.UNDELIVERABLE
        for row in rows:
            store.save(settled(row, state, now))

    def _not_made(
        self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant, asked: TimeDelta
    ) -> None:
        """Due again, and its words will be made anew."""
        self._uncount(store, rows)
        until = now + max(asked, back_off(parcel.lead.attempts))
        for row in rows:
            due = settled(row, OwedState.DUE, now)
            store.save(put_off(replace(due, settled=None, batch=0), until, now))

    def _unclear(self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant) -> None:
        first = parcel.lead.first_try
        if parcel.route.messenger.repeatable and first and now - first < REPEATED_WITHIN:
            until = now + min(back_off(parcel.lead.attempts), SOON)
            for row in rows:
                store.save(replace(row, worker="", lease_until=until))
            return
        for row in rows:
            store.save(settled(row, OwedState.UNKNOWN, now))

    def _uncount(self, store: Store, rows: list[Owed]) -> None:
        """What was not made was not ignored either."""
        member_id = rows[0].member_id if rows else None
        if member_id is not None and any(row.urgency is Urgency.NUDGE for row in rows):
            self.ledger.unanswered(store, member_id, -1)


def _is_ours(row: Owed, parcel: Parcel) -> bool:
    """Every attempt has its number, so an earlier one of the same worker is not ours either."""
    lead = parcel.lead
    claim = (row.state, row.worker, row.attempts)
    return claim == (OwedState.SENDING, lead.worker, lead.attempts)
