"""From rows that are due to one message: claimed, made and committed before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from whenever import Instant, TimeDelta

from bot import drafts
from bot.delivery.choosing import Choice, choose, choose_open, goes_unasked
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.routes import Messengers, Route, is_reachable, route_for, same_route, way_of
from bot.delivery.rows import REPEATED_WITHIN, settled, through, waits
from bot.delivery.saying import Said, joined, say
from bot.delivery.unsure import count_unanswered, leave_unknown
from bot.dispatch import Dispatcher
from bot.domain.cohort import Member, rests
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import Listener, place_of
from bot.listening import listener_of
from bot.ports import LEASE, Ledger, Store, Stores, Waiting
from bot.reply import Answer, from_json, to_json
from bot.stopping import may_probe

log = structlog.get_logger(__name__)

ATTEMPT = TimeDelta(seconds=30)
"""More than an attempt takes: one that is begun has to arrive while the nonce still counts."""


class ClaimUnsureError(Exception):
    """Whether the claim of this parcel was committed is not known; surely nothing was sent."""

    def __init__(self, parcel: Parcel) -> None:
        super().__init__("a claim that may not have been committed")
        self.parcel = parcel


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes parcels. Synchronous: one transaction in a worker thread."""

    stores: Stores
    ledger: Ledger
    dispatcher: Dispatcher
    messengers: Messengers
    worker: str

    def parcel(self, waiting: Waiting, holiday: Holiday | None = None) -> Parcel | Question | None:
        """The next message for this recipient; None when nothing may go now.

        Without ``holiday`` it may come back with the question first, and nothing written.
        Raises ClaimUnsureError when the transaction broke after the parcel had been made."""
        made: Parcel | Question | None = None
        try:
            with self.stores.writing(waiting.cohort_id, f"owed:{waiting.to}") as store:
                made = self._next(store, waiting, holiday)
        except Exception as error:
            if isinstance(made, Parcel):
                raise ClaimUnsureError(made) from error
            raise
        return made

    def _next(
        self, store: Store, waiting: Waiting, holiday: Holiday | None
    ) -> Parcel | Question | None:
        now = self.dispatcher.clock.now()
        rows = self.ledger.locked(store, waiting.to, now)
        under_way = [row for row in rows if row.state is OwedState.SENDING]
        if under_way:
            return self._again(store, under_way, now)
        rows = [row for row in rows if not (row.attempts and waits(row, now))]
        route = route_for(store, waiting, self.messengers)
        if route is not None:
            resting = rests(route.workspace, now)
            return None if resting else self._fresh(store, rows, route, now, holiday)
        if not is_reachable(store, waiting):
            for row in rows:
                store.save(settled(row, OwedState.UNDELIVERABLE, now))
        return None

    def _again(self, store: Store, rows: Sequence[Owed], now: Instant) -> Parcel | None:
        """A message of which nobody knows whether it was made: the same words again, where that is
        safe; elsewhere it is looked for."""
        lead = next((row for row in rows if row.id == row.batch), rows[0])
        if waits(lead, now):
            return None
        if _for_others(store, lead, self.messengers, now):
            return None
        route, answer = same_route(store, lead, self.messengers), _kept_words(lead)
        if route is None or answer is None:
            kept = rows if answer is not None else [replace(each, reply="") for each in rows]
            leave_unknown(self.ledger, store, kept, now)
            log.warning("message unknown", cohort=lead.cohort_id, row=lead.id)
            return None
        member = store.get(Member, lead.member_id) if lead.member_id is not None else None
        safe = route.messenger.repeatable and _may_be_repeated(lead, now)
        look = not safe or _unwanted(lead, member)
        for row in rows:
            store.save(self._claimed(row, now))
        lead = self._claimed(lead, now)
        return Parcel(lead=lead, route=route, member=member, answer=answer, again=True, look=look)

    def _fresh(
        self,
        store: Store,
        rows: Sequence[Owed],
        route: Route,
        now: Instant,
        holiday: Holiday | None,
    ) -> Parcel | Question | None:
        member = store.get(Member, route.account.member_id) if route.account is not None else None
        if member is not None and route.account is not None and holiday is None:
            listener = self._listener(store, member, route, now, None)
            if goes_unasked(rows, listener, now):
                return Question(route, route.account, now)
        choice, said = self._first_said(store, member, rows, route, now, holiday)
        if not said or not may_probe(store, route.workspace, now):
            return None
        answer = joined(said, ask_less=choice.ask_less)
        if member is not None:
            answer = drafts.make_room(store, member, answer, route.messenger.holds, now)
            count_unanswered(self.ledger, store, [each.row for each in said], 1)
        lead = self._claim(store, said, route, to_json(answer), now)
        return Parcel(lead=lead, route=route, member=member, answer=answer, more=choice.more)

    def _first_said(
        self,
        store: Store,
        member: Member | None,
        rows: Sequence[Owed],
        route: Route,
        now: Instant,
        holiday: Holiday | None,
    ) -> tuple[Choice, list[Said]]:
        """What goes now: where a row has nothing to say after all, the next one has its turn."""
        reader = member or Member(cohort_id=store.cohort_id, name="", joined=now)
        while True:
            if member is None:
                choice = choose_open(store, rows, now)
            else:
                listener = self._listener(store, member, route, now, holiday)
                choice = choose(store, member, rows, listener, now)
            said = say(self.dispatcher, store, reader, choice.chosen, now)
            if said or not choice.chosen:
                return choice, said
            tried = {each.row.id for each in choice.chosen}
            rows = [row for row in rows if row.id not in tried]

    def _listener(
        self, store: Store, member: Member, route: Route, now: Instant, holiday: Holiday | None
    ) -> Listener:
        return replace(
            listener_of(store, member, now),
            away_until=holiday.until if holiday is not None else None,
            back=route.workspace.back,
            place=place_of(member.id),
        )

    def _claim(
        self, store: Store, said: Sequence[Said], route: Route, reply: str, now: Instant
    ) -> Owed:
        """Every row of the message is this worker's; the first keeps the words."""
        batch = said[0].row.id
        ways = [through(each.row, route.workspace, route.account) for each in said]
        claimed = [replace(self._claimed(row, now), batch=batch, first_try=now) for row in ways]
        claimed[0] = replace(claimed[0], reply=reply)
        for row in claimed:
            store.save(row)
        return claimed[0]

    def _claimed(self, row: Owed, now: Instant) -> Owed:
        return replace(
            row,
            state=OwedState.SENDING,
            worker=self.worker,
            lease_until=now + LEASE,
            attempts=row.attempts + 1,
        )


def _for_others(store: Store, lead: Owed, messengers: Messengers, now: Instant) -> bool:
    """Whether it went over a surface that only other workers serve, who may still go on with it."""
    way = way_of(store, lead)
    if way is None or way.surface in messengers or lead.first_try is None:
        return False
    return TimeDelta() <= now - lead.first_try < REPEATED_WITHIN + LEASE


def _kept_words(lead: Owed) -> Answer | None:
    """The words as they were sent; None where another version of us has written them in a way that
    cannot be read here: nothing else for this recipient may wait for them for ever."""
    try:
        return from_json(lead.reply)
    except ValueError:
        return None


def _unwanted(lead: Owed, member: Member | None) -> bool:
    """Whether they have stopped since: then it is not tried again, only looked for."""
    return member is not None and member.stopped is not None and lead.urgency is not Urgency.ANSWER


def _may_be_repeated(lead: Owed, now: Instant) -> bool:
    """Whether its nonce surely counts still. A first try that lies ahead was written by a clock
    that has been put back: nobody knows how long ago it was."""
    if lead.first_try is None:
        return False
    return TimeDelta() <= now - lead.first_try < REPEATED_WITHIN - ATTEMPT
