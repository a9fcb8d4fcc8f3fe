"""Plans for everybody what comes by the calendar, and forgets what is old."""

from collections.abc import Callable
from dataclasses import dataclass

from whenever import Instant, TimeDelta

from bot.domain.cohort import Cohort, Member, Role
from bot.domain.owed import Owed
from bot.introducing import close_lapsed, to_close
from bot.ports import Clock, Ledger, Not, Store, Stores
from bot.rounds import keep_round, wanted_round
from bot.trash import empty_trash, to_empty
from bot.volunteering import end_pauses, pauses_end
from bot.weekly import PLANNED, differs, owe, rows_of, zone_of_most

SEEN_KEPT = TimeDelta(hours=24 * 7)
DRAFTS_KEPT = TimeDelta(hours=24 * 30)

Look = Callable[[Store, Instant], object]
Chore = Callable[[Store, Instant], int]
CHORES: tuple[tuple[Look, Chore], ...] = (
    (to_empty, empty_trash),
    (to_close, close_lapsed),
    (pauses_end, end_pauses),
)
"""Whether there is anything to do (read only), and how it is done; it says how many rows."""


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
        """Forget what is old, and do the chores whose time has come; how many rows."""
        now = self.clock.now()
        cohorts = self.stores.cohorts()
        gone = sum(self._do(*chore, each, now) for each in cohorts for chore in CHORES)
        return gone + self.ledger.tidy(now - SEEN_KEPT, now - DRAFTS_KEPT)

    def _do(self, is_due: Look, do: Chore, cohort: Cohort, now: Instant) -> int:
        with self.stores.reading(cohort.id) as store:
            if not is_due(store, now):
                return 0
        with self.stores.writing(cohort.id, "plan") as store:
            return do(store, now)

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
