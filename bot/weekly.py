"""What comes by the calendar for one member: the weekly check-in and its one reminder (F6), the
organiser's brief (H2), and the word that the class will end (G5).

The row is unique by member and week, so anyone may plan, and planning twice owes once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from whenever import Date, Instant, TimeDelta

from bot.domain.cadence import (
    Rhythm,
    at_local,
    check_in_at,
    local_day,
    next_weekly,
    rhythm_of,
    week_of,
)
from bot.domain.cohort import Cohort, Member, Role
from bot.domain.owed import Owed, OwedState
from bot.domain.term import checks_in, ended, notice_day
from bot.domain.weeks import week_asked
from bot.invocation import Call, call, write
from bot.ports import Store

ASK = "checkin ask"
REMIND = "checkin remind"
BRIEF = "cohort brief"
LEAVING = "leaving soon"
PLANNED = (ASK, REMIND, BRIEF, LEAVING)
MONDAY = 1
MOMENT = TimeDelta(seconds=1)
TAKEN_BACK = (OwedState.CANCELLED, OwedState.SKIPPED)


def plan_member(store: Store, cohort: Cohort, member: Member, now: Instant) -> None:
    """The same for one member at once: after they opted in or changed their day."""
    if member.role is Role.ALUM:  # they only give; nobody asks them how their week was
        return
    zone = member.zone or zone_of_most(store.find(Member))
    for row in rows_of(cohort, member, zone, now):
        owe(store, row, now)


def differs(planned: Owed | None, wanted: Owed, now: Instant) -> bool:
    if planned is None:
        return True
    if planned.state is OwedState.DUE and wanted.due <= now < planned.due:
        return True  # what was to come later is wanted now
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
    """The question of the coming week with its reminder, an organiser's brief, the class's end."""
    rhythm = rhythm_of(member, cohort.numbers, zone)
    rows = [*_check_in(cohort, member, rhythm, now), *_leaving(cohort, member, rhythm, now)]
    if member.role is Role.ORGANISER:
        rows += _brief(cohort, member, rhythm, now)
    return rows


def _check_in(cohort: Cohort, member: Member, rhythm: Rhythm, now: Instant) -> Sequence[Owed]:
    zone = rhythm.zone
    week = _coming_week(rhythm, now)
    asked = check_in_at(week, rhythm)
    day = local_day(asked, zone)
    if not checks_in(cohort, day) or (member.sparse and _is_left_out(week, member)):
        return ()
    about = week_asked(day)
    ask = _row(member, ASK, week, asked, about)
    wait = cohort.numbers.check_in_again_days
    if rhythm.hour_day is not None or not wait:  # the rest of their week is quiet
        return (ask,)
    again = asked.to_tz(zone).add(days=wait).to_instant()
    return (ask, _row(member, REMIND, week, again, about))


def _coming_week(rhythm: Rhythm, now: Instant) -> Date:
    """The Monday of the week whose check-in is the next to come."""
    week = week_of(now, rhythm.zone)
    return week if check_in_at(week, rhythm) >= now else week.add(days=7)


def _brief(cohort: Cohort, member: Member, rhythm: Rhythm, now: Instant) -> Sequence[Owed]:
    """On Monday morning in their zone, as long as the class lasts."""
    due = next_weekly(now - MOMENT, MONDAY, cohort.numbers.check_in_at, rhythm.zone)
    day = local_day(due, rhythm.zone)
    if ended(cohort, day) or (cohort.starts is not None and day < cohort.starts):
        return ()
    iso = day.iso_week_date()
    return (_owed(member, BRIEF, f"{iso.year}-W{iso.week:02}", call(BRIEF), due),)


def _leaving(cohort: Cohort, member: Member, rhythm: Rhythm, now: Instant) -> Sequence[Owed]:
    """Once to everybody; where the day has passed before the end was known, at once."""
    notice = notice_day(cohort)
    if notice is None or ended(cohort, local_day(now, rhythm.zone)):
        return ()
    due = at_local(notice, cohort.numbers.check_in_at, rhythm.zone)
    return (_owed(member, LEAVING, "end", call(LEAVING), max(due, now)),)


def _is_left_out(week: Date, member: Member) -> bool:
    """Whoever hears less often is asked every other week; not all in the same one."""
    return (week.iso_week_date().week + member.id) % 2 == 1


def _row(member: Member, command: str, week: Date, due: Instant, about: Date) -> Owed:
    """``week``: the one it is asked in, which makes the key; ``about``: the one it asks about."""
    iso = week.iso_week_date()
    called = call(command, week=about.format_iso())
    return _owed(member, command, f"{iso.year}-W{iso.week:02}", called, due)


def _owed(member: Member, command: str, occurrence: str, called: Call, due: Instant) -> Owed:
    return Owed(
        cohort_id=member.cohort_id,
        member_id=member.id,
        to=f"member:{member.id}",
        command=command,
        occurrence=occurrence,
        call=write(called),
        due=due,
    )


def zone_of_most(members: Iterable[Member]) -> str:
    """The zone for whoever has not said theirs: a class mostly lives in one place."""
    zones = Counter(each.zone for each in members if each.zone)
    return zones.most_common(1)[0][0] if zones else "UTC"
