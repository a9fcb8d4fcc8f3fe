"""Plans what comes by the calendar: the weekly check-in and its one reminder (FEATURES F6).

The row is unique by member and week, so anyone may plan, and planning twice owes once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from whenever import Date, Instant, TimeDelta

from bot.delivery.listening import zone_of_most
from bot.domain.cadence import Rhythm, check_in_at, local_day, rhythm_of, week_of
from bot.domain.cohort import Cohort, Member, Role
from bot.domain.owed import Owed, OwedState
from bot.domain.weeks import week_asked
from bot.invocation import call, write
from bot.ports import Clock, Ledger, Not, Store, Stores

ASK = "checkin ask"
REMIND = "checkin remind"
REMIND_AFTER_DAYS = 2
"""Monday's question is asked again on Wednesday."""
SEEN_KEPT = TimeDelta(hours=24 * 7)
DRAFTS_KEPT = TimeDelta(hours=24 * 30)
TAKEN_BACK = (OwedState.CANCELLED, OwedState.SKIPPED)


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for every cohort. Synchronous; cheap when there is nothing to plan."""

    stores: Stores
    ledger: Ledger
    clock: Clock

    def plan(self) -> int:
        """Owe every member who hears their next check-in; how many rows were written."""
        return sum(self._plan_cohort(cohort) for cohort in self.stores.cohorts())

    def tidy(self) -> int:
        """Forget old event keys and drafts; how many."""
        now = self.clock.now()
        return self.ledger.tidy(now - SEEN_KEPT, now - DRAFTS_KEPT)

    def _plan_cohort(self, cohort: Cohort) -> int:
        now = self.clock.now()
        with self.stores.reading(cohort.id) as store:
            wanted = _wanted(store, cohort, now)
        if not wanted:
            return 0
        with self.stores.writing(cohort.id, "plan") as store:
            return sum(_owe(store, row, now) for row in wanted)


def plan_member(store: Store, cohort: Cohort, member: Member, now: Instant) -> None:
    """The same for one member at once: after they opted in or changed their day."""
    zone = member.zone or zone_of_most(store.find(Member))
    for row in _rows(cohort, member, zone, now):
        _owe(store, row, now)


def _wanted(store: Store, cohort: Cohort, now: Instant) -> list[Owed]:
    """The rows that are missing, or planned for another moment than they should be."""
    members = store.find(Member, opted_in=Not(None), stopped=None, role=Not(Role.ALUM))
    if not members:
        return []
    usual = zone_of_most(members)
    rows = [row for each in members for row in _rows(cohort, each, each.zone or usual, now)]
    planned = {
        (row.to, row.command, row.occurrence): row
        for row in store.find(
            Owed, command=(ASK, REMIND), occurrence=tuple({row.occurrence for row in rows})
        )
    }
    return [
        row
        for row in rows
        if _differs(planned.get((row.to, row.command, row.occurrence)), row, now)
    ]


def _differs(planned: Owed | None, wanted: Owed, now: Instant) -> bool:
    if planned is None:
        return True
    if wanted.due <= now or planned.state in TAKEN_BACK:
        return wanted.due > now
    return planned.state is OwedState.DUE and planned.due != wanted.due


def _owe(store: Store, wanted: Owed, now: Instant) -> bool:
    """Plan a row, or move the one that is there."""
    if store.owe(wanted) is not None:
        return True
    planned = store.first(
        Owed, to=wanted.to, command=wanted.command, subject="", occurrence=wanted.occurrence
    )
    if planned is None or not _differs(planned, wanted, now):
        return False
    moved = replace(
        planned, due=wanted.due, state=OwedState.DUE, settled=None, lease_until=None, attempts=0
    )
    store.save(moved)
    return True


def _rows(cohort: Cohort, member: Member, zone: str, now: Instant) -> Sequence[Owed]:
    """The question of the coming week, and its reminder."""
    rhythm = rhythm_of(member, cohort.numbers, zone)
    week = _coming_week(rhythm, now)
    asked = check_in_at(week, rhythm)
    day = local_day(asked, zone)
    if not _runs(cohort, day) or (member.sparse and _is_left_out(week, member)):
        return ()
    about = week_asked(day)
    ask = _row(member, ASK, week, asked, about)
    if rhythm.hour_day is not None:  # the rest of their week is quiet
        return (ask,)
    again = asked.to_tz(zone).add(days=REMIND_AFTER_DAYS).to_instant()
    return (ask, _row(member, REMIND, week, again, about))


def _coming_week(rhythm: Rhythm, now: Instant) -> Date:
    """The Monday of the week whose check-in is the next to come."""
    week = week_of(now, rhythm.zone)
    return week if check_in_at(week, rhythm) >= now else week.add(days=7)


def _runs(cohort: Cohort, day: Date) -> bool:
    return (cohort.starts or day) <= day <= (cohort.ends or day)


def _is_left_out(week: Date, member: Member) -> bool:
    """Whoever hears less often is asked every other week; not all in the same one."""
    return (week.iso_week_date().week + member.id) % 2 == 1


def _row(member: Member, command: str, week: Date, due: Instant, about: Date) -> Owed:
    """``week``: the one it is asked in, which makes the key; ``about``: the one it asks about."""
    iso = week.iso_week_date()
    return Owed(
        cohort_id=member.cohort_id,
        member_id=member.id,
        to=f"member:{member.id}",
        command=command,
        occurrence=f"{iso.year}-W{iso.week:02}",
        call=write(call(command, week=about.format_iso())),
        due=due,
    )
