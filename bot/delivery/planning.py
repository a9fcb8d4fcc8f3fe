"""Plans for everybody what comes by the calendar, and forgets what is old."""

from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.cohort import Cohort, Member, Role
from bot.domain.owed import Owed
from bot.ports import Clock, Ledger, Not, Store, Stores
from bot.rounds import keep_round, wanted_round
from bot.trash import empty_trash, to_empty
from bot.weekly import PLANNED, differs, owe, rows_of, zone_of_most

SEEN_KEPT = TimeDelta(hours=24 * 7)
DRAFTS_KEPT = TimeDelta(hours=24 * 30)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for every cohort. Synchronous; cheap when there is nothing to plan."""

    stores: Stores
    ledger: Ledger
    clock: Clock

    def plan(self) -> int:
        """Owe all who hear their next check-in, and the week's partners; how many rows."""
        return sum(self._plan_cohort(cohort) for cohort in self.stores.cohorts())

    def tidy(self) -> int:
        """Forget old event keys, drafts, and contacts long in the trash; how many."""
        now = self.clock.now()
        gone = sum(self._empty_trash(cohort, now) for cohort in self.stores.cohorts())
        return gone + self.ledger.tidy(now - SEEN_KEPT, now - DRAFTS_KEPT)

    def _empty_trash(self, cohort: Cohort, now: Instant) -> int:
        with self.stores.reading(cohort.id) as store:
            if not to_empty(store, now):
                return 0
        with self.stores.writing(cohort.id, "plan") as store:
            return empty_trash(store, now)

    def _plan_cohort(self, cohort: Cohort) -> int:
        now = self.clock.now()
        with self.stores.reading(cohort.id) as store:
            wanted = _wanted(store, cohort, now)
            partners = wanted_round(store, cohort, now)
        if not wanted and partners is None:
            return 0
        with self.stores.writing(cohort.id, "plan") as store:
            owed = keep_round(store, cohort, partners, now) if partners is not None else 0
            return owed + sum(owe(store, row, now) for row in wanted)


def _wanted(store: Store, cohort: Cohort, now: Instant) -> list[Owed]:
    """The rows that are missing, or planned for another moment than they should be."""
    members = store.find(Member, opted_in=Not(None), stopped=None, role=Not(Role.ALUM))
    if not members:
        return []
    usual = zone_of_most(members)
    rows = [row for each in members for row in rows_of(cohort, each, each.zone or usual, now)]
    planned = {
        (row.to, row.command, row.occurrence): row
        for row in store.find(
            Owed, command=PLANNED, occurrence=tuple({row.occurrence for row in rows})
        )
    }
    return [
        row for row in rows if differs(planned.get((row.to, row.command, row.occurrence)), row, now)
    ]
