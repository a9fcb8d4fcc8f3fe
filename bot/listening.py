"""How a member listens at this moment: their settings, and what came to them lately."""

from whenever import Instant, TimeDelta

from bot.domain.cadence import rhythm_of
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState, Urgency
from bot.domain.timing import SPARSE_DAYS, Listener
from bot.ports import AtLeast, Store
from bot.weekly import zone_of_most

LATELY = TimeDelta(hours=24 * (SPARSE_DAYS + 2))
MAY_HAVE_COME = (OwedState.SENDING, OwedState.SENT, OwedState.UNKNOWN)


def listener_of(store: Store, member: Member, now: Instant) -> Listener:
    """The member's rhythm with what counts against writing to them today."""
    numbers = store.cohort().numbers
    zone = member.zone or zone_of_most(store.find(Member))
    unasked = store.find(
        Owed,
        member_id=member.id,
        urgency=Urgency.NUDGE,
        state=MAY_HAVE_COME,
        first_try=AtLeast(now - LATELY),
    )
    return Listener(
        rhythm=rhythm_of(member, numbers, zone),
        hears=member.hears,
        ignored=member.ignored,
        back_off_after=numbers.back_off_after,
        pause_after=numbers.pause_after,
        sparse=member.sparse,
        unasked=tuple(row.first_try for row in unasked if row.first_try is not None),
    )
