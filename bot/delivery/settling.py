"""After an attempt: what became of the message is written down; the row is the truth about it.

Refused: surely not made, so it is due again. Unclear: repeated with the same words and nonce where
that is safe, looked for where it is not; in the end ``unknown``: shown to the member, never sent
blind.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import structlog
from whenever import Instant, TimeDelta

from bot.channel import tell_unposted
from bot.delivery.parcels import Parcel
from bot.delivery.rows import REPEATED_WITHIN, back_off, put_off, settled, waits
from bot.delivery.unsure import count_unanswered, leave_unknown, tell_unsure
from bot.domain.cohort import Account, Member
from bot.domain.owed import Owed, OwedState
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
from bot.reaching import ask_in_channel
from bot.stopping import elsewhere, resume, stop
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
            if isinstance(outcome, Sent):
                _keep_conversation(store, parcel, outcome)
            rows = [
                row
                for row in self.ledger.locked(store, lead.to, now)
                if row.state is OwedState.SENDING and row.batch == lead.id
            ]
            taken = any(row.id == lead.id and not _is_ours(row, parcel) for row in rows)
            if taken and not isinstance(outcome, Sent):
                return  # another worker has taken it over and will know more
            if not rows and isinstance(outcome, Sent):
                rows = _given_up(store, lead)
                count_unanswered(self.ledger, store, rows, 1)
            self._write(store, rows, parcel, outcome, now)

    def _write(
        self, store: Store, rows: list[Owed], parcel: Parcel, outcome: Outcome, now: Instant
    ) -> None:
        match outcome:
            case Sent(reference):
                self._sent(store, rows, parcel, reference, now)
            case Refused(trouble=Trouble.WORKSPACE, why=why):
                self._stop(store, rows, parcel, why, now)
            case Refused(retry_after=seconds) if _passes(outcome, parcel):
                probe = parcel.route.workspace.stopped is not None
                wait = LOOK_AGAIN if probe else TimeDelta(seconds=seconds)
                self._not_made(store, rows, parcel, now, wait)
            case Refused(trouble=Trouble.PERSON | Trouble.PLACE | Trouble.GONE as trouble):
                self._never(store, rows, parcel, now, gone=trouble is Trouble.GONE)
            case Refused(trouble=Trouble.OURS):
                self._end(store, rows, parcel, now)
                tell_unsure(store, rows, now)
            case Refused() | Unclear():
                self._unclear(store, rows, parcel, now)
        if not isinstance(outcome, Sent):
            lead = parcel.lead
            trouble = outcome.trouble if isinstance(outcome, Refused) else Trouble.UNCLEAR
            _how_loud(trouble)(
                "message not sent",
                outcome=type(outcome).__name__,
                trouble=trouble.value,
                why=outcome.why,
                cohort=lead.cohort_id,
                row=lead.id,
            )

    def _sent(
        self, store: Store, rows: list[Owed], parcel: Parcel, reference: str, now: Instant
    ) -> None:
        workspace = parcel.route.workspace
        if parcel.route.accounts:  # the next message to them goes to the same place
            reference = met_at(workspace.id, reference)
        for row in rows:
            store.save(settled(row, OwedState.SENT, now, reference))
        if workspace.stopped is not None:
            resume(store, workspace.id, now)

    def _stop(self, store: Store, rows: list[Owed], parcel: Parcel, why: str, now: Instant) -> None:
        """Nobody in this workspace can be written to: who can be elsewhere is, the others wait."""
        workspace, account = parcel.route.workspace, parcel.route.account
        stop(store, workspace.id, why, now)
        if parcel.again:
            self._unclear(store, rows, parcel, now)
            return
        member = store.get(Member, account.member_id) if account is not None else None
        other = member is not None and elsewhere(store, member, workspace.id)
        self._not_made(store, rows, parcel, now, TimeDelta() if other else LOOK_AGAIN)

    def _never(
        self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant, *, gone: bool
    ) -> None:
        """This account cannot be written to; another one of theirs may be. Who is there still is
        asked where the class reads to let us through."""
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
            case ToMember() if account is not None and not gone:
                ask_in_channel(store, account, now)
            case ToMember() | ToTogether():
                pass
        self._end(store, rows, parcel, now)

    def _end(self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant) -> None:
        """It will not come; the due list says so."""
        if parcel.again:
            leave_unknown(self.ledger, store, rows, now)
            return
        count_unanswered(self.ledger, store, rows, -1)
        for row in rows:
            store.save(settled(row, OwedState.UNDELIVERABLE, now))

    def _not_made(
        self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant, asked: TimeDelta
    ) -> None:
        """Due again, and its words will be made anew."""
        count_unanswered(self.ledger, store, rows, -1)
        until = now + max(asked, back_off(parcel.lead.attempts))
        for row in rows:
            due = settled(row, OwedState.DUE, now)
            store.save(put_off(replace(due, settled=None, batch=0), until, now))

    def _unclear(self, store: Store, rows: list[Owed], parcel: Parcel, now: Instant) -> None:
        """Tried again, or looked for, until two minutes after the first try; a first try that lies
        ahead was written by a clock that has been put back."""
        first = parcel.lead.first_try
        if first and TimeDelta() <= now - first < REPEATED_WITHIN:
            until = now + min(back_off(parcel.lead.attempts), SOON)
            for row in rows:
                store.save(replace(row, worker="", lease_until=until))
            return
        leave_unknown(self.ledger, store, rows, now)


def _keep_conversation(store: Store, parcel: Parcel, sent: Sent) -> None:
    """Where a message to somebody went, so that the next one need not ask for it.

    Before the rows are locked: a press writes its account before it writes rows, too."""
    known = parcel.route.account
    if known is None or sent.conversation in ("", known.conversation):
        return
    account = store.held(Account, known.id)
    if account is not None and account.external_id == known.external_id:
        store.save(replace(account, conversation=sent.conversation))


def _given_up(store: Store, lead: Owed) -> list[Owed]:
    """The message's rows, if somebody else has left them unknown: now it is known after all."""
    return store.find(Owed, to=lead.to, batch=lead.id, state=OwedState.UNKNOWN)


def _passes(refused: Refused, parcel: Parcel) -> bool:
    """Whether it is due again; through a stopped workspace a no says nothing of a person."""
    if parcel.again:
        return False
    return refused.trouble is Trouble.SOON or parcel.route.workspace.stopped is not None


def _how_loud(trouble: Trouble) -> Callable[..., None]:
    """A workspace that stopped is said once, not with each message."""
    if trouble is Trouble.OURS:
        return log.error
    return log.info if trouble is Trouble.WORKSPACE else log.warning


def _is_ours(row: Owed, parcel: Parcel) -> bool:
    """Every attempt has its number, so an earlier one of the same worker is not ours either."""
    lead = parcel.lead
    claim = (row.state, row.worker, row.attempts)
    return claim == (OwedState.SENDING, lead.worker, lead.attempts)
