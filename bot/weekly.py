"""What comes by the calendar for one member: the weekly check-in and its one reminder (F6).

The row is unique by member and week, so anyone may plan, and planning twice owes once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from whenever import Date, Instant

from bot.domain.cadence import Rhythm, check_in_at, local_day, rhythm_of, week_of
from bot.domain.cohort import Cohort, Member
from bot.domain.owed import Owed, OwedState
from bot.domain.weeks import week_asked
from bot.invocation import call, write
from bot.ports import Store

ASK = "checkin ask"
REMIND = "checkin remind"
TAKEN_BACK = (OwedState.CANCELLED, OwedState.SKIPPED)


def plan_member(store: Store, cohort: Cohort, member: Member, now: Instant) -> None:
    """The same for one member at once: after they opted in or changed their day."""
    zone = member.zone or zone_of_most(store.find(Member))
    for row in rows_of(cohort, member, zone, now):
        owe(store, row, now)


def differs(planned: Owed | None, wanted: Owed, now: Instant) -> bool:
    if planned is None:
        return True
    if wanted.due <= now or planned.state in TAKEN_BACK:
        return wanted.due > now
    return planned.state is OwedState.DUE and planned.due != wanted.due


def owe(store: Store, wanted: Owed, now: Instant) -> bool:
    """Plan a row, or move the one that is there."""
    if store.owe(wanted) is not None:
        return True
    planned = store.first(
        Owed, to=wanted.to, command=wanted.command, subject="", occurrence=wanted.occurrence
    )
    if planned is None or not differs(planned, wanted, now):
        return False
    moved = replace(
        planned, due=wanted.due, state=OwedState.DUE, settled=None, lease_until=None, attempts=0
    )
    store.save(moved)
    return True


def rows_of(cohort: Cohort, member: Member, zone: str, now: Instant) -> Sequence[Owed]:
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
    again = asked.to_tz(zone).add(days=cohort.numbers.check_in_again_days).to_instant()
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


def zone_of_most(members: Iterable[Member]) -> str:
    """The zone for whoever has not said theirs: a class mostly lives in one place."""
    zones = Counter(each.zone for each in members if each.zone)
    return zones.most_common(1)[0][0] if zones else "UTC"
