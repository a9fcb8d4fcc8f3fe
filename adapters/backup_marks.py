"""Nothing is sent a second time after a backup was restored (DESIGN, Delivery).

What was due until then may have been sent after the backup was made, so it is ``unknown``. What the
clock planned in between is planned again first, as it was then, so that it is among it.
"""

from dataclasses import replace

from whenever import Instant, TimeDelta

from bot.clocks import MovableClock
from bot.delivery.planning import Planner
from bot.delivery.rows import settled
from bot.domain.cadence import last_window
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState, Urgency
from bot.listening import listener_of
from bot.ports import Ledger, Store, Stores

A_DAY = TimeDelta(hours=24)
"""Everything that the calendar brings is planned at least a day before it is due."""
LOOKED_AT = TimeDelta(hours=24 * 56)
"""Weeks before these are over in any case: nobody plans for them any more."""


def settle_past(stores: Stores, ledger: Ledger, made: Instant, now: Instant) -> int:
    """``made``: when the backup was. How many messages are ``unknown`` from now on."""
    _plan_again(stores, ledger, max(made, now - LOOKED_AT), now)
    marked = 0
    for cohort in stores.cohorts():
        with stores.writing(cohort.id) as store:
            owed = store.find(Owed, state=(OwedState.DUE, OwedState.SENDING))
            past = [row for row in owed if _may_have_gone(store, row, now)]
            for row in past:
                store.save(_unknown(row, now))
            marked += len(past)
    return marked


def _plan_again(stores: Stores, ledger: Ledger, made: Instant, now: Instant) -> None:
    """Day by day: a round of partners is the same again, as long as the members are."""
    clock = MovableClock(made)
    planner = Planner(stores, ledger, clock)
    while clock.now() < now:
        planner.plan()
        clock.move_to(min(clock.now() + A_DAY, now))
    planner.plan()


def _may_have_gone(store: Store, row: Owed, now: Instant) -> bool:
    if row.state is OwedState.SENDING or row.due <= now:
        return True
    if row.urgency is not Urgency.BOOKED or row.member_id is None:
        return False
    member = store.get(Member, row.member_id)  # such a reminder goes earlier, never later
    return (
        member is not None and last_window(row.due, listener_of(store, member, now).rhythm) <= now
    )


def _unknown(row: Owed, now: Instant) -> Owed:
    """It counts as that day's one message, for it may have come."""
    tried = row.first_try or min(row.due, now)
    return replace(settled(row, OwedState.UNKNOWN, now), first_try=tried)
