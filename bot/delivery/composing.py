"""From rows that are due to one message: claimed, made and committed before anything is sent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import structlog
from whenever import Instant

from bot import drafts
from bot.delivery.choosing import Choice, Chosen, choose, goes_unasked
from bot.delivery.parcels import Holiday, Parcel, Question
from bot.delivery.routes import Messengers, Route, is_reachable, route_for, same_route
from bot.delivery.rows import REPEATED_WITHIN, settled, through, waits
from bot.delivery.saying import Said, joined, say
from bot.dispatch import Dispatcher
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import TELLS
from bot.listening import listener_of
from bot.ports import LEASE, Ledger, Store, Stores, Waiting
from bot.reply import from_json, to_json

log = structlog.get_logger(__name__)


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

        Without ``holiday`` it may come back with the question first, and nothing written."""
        now = self.dispatcher.clock.now()
        with self.stores.writing(waiting.cohort_id, f"owed:{waiting.to}") as store:
            rows = self.ledger.locked(store, waiting.to, now)
            under_way = [row for row in rows if row.state is OwedState.SENDING]
            if under_way:
                return self._again(store, under_way, now)
            rows = [row for row in rows if not (row.attempts and waits(row, now))]
            route = route_for(store, waiting, self.messengers)
            if route is not None:
                return self._fresh(store, rows, route, now, holiday)
            if not is_reachable(store, waiting):
                for row in rows:
                    store.save(settled(row, OwedState.UNDELIVERABLE, now))
            return None

    def _again(self, store: Store, rows: Sequence[Owed], now: Instant) -> Parcel | None:
        """A message whose worker is gone: the same words again, where that is safe."""
        lead = next((row for row in rows if row.id == row.batch), rows[0])
        if waits(lead, now):
            return None
        route = same_route(store, lead, self.messengers)
        fresh = lead.first_try is not None and now - lead.first_try < REPEATED_WITHIN
        if route is None or not route.messenger.repeatable or not fresh:
            for row in rows:
                store.save(settled(row, OwedState.UNKNOWN, now))
            log.warning("message unknown", cohort=lead.cohort_id, row=lead.id)
            return None
        member = store.get(Member, lead.member_id) if lead.member_id is not None else None
        answer = from_json(lead.reply)
        for row in rows:
            store.save(self._claimed(row, now))
        lead = self._claimed(lead, now)
        return Parcel(lead=lead, route=route, member=member, answer=answer, again=True)

    def _fresh(
        self,
        store: Store,
        rows: Sequence[Owed],
        route: Route,
        now: Instant,
        holiday: Holiday | None,
    ) -> Parcel | Question | None:
        member = store.get(Member, route.account.member_id) if route.account is not None else None
        if member is None or route.account is None:
            choice = Choice(tuple(Chosen(row) for row in rows)[:1], more=len(rows) > 1)
        else:
            listener = listener_of(store, member, now)
            if holiday is None and goes_unasked(rows, listener, now):
                return Question(route, route.account, now)
            away_until = holiday.until if holiday is not None else None
            choice = choose(store, member, rows, replace(listener, away_until=away_until), now)
        reader = member or Member(cohort_id=store.cohort_id, name="", joined=now)
        said = say(self.dispatcher, store, reader, choice.chosen, now)
        if not said:
            return None
        answer = joined(said, ask_less=choice.ask_less)
        if member is not None:
            answer = drafts.make_room(store, member, answer, route.messenger.holds, now)
            asks = [each.row for each in said if each.row.command not in TELLS]
            if any(row.urgency is Urgency.NUDGE for row in asks):
                self.ledger.unanswered(store, member.id, 1)
        lead = self._claim(store, said, route, to_json(answer), now)
        return Parcel(lead=lead, route=route, member=member, answer=answer, more=choice.more)

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
