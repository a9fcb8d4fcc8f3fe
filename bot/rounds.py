"""The week's practice partners (FEATURES E5): once for a cohort and week, whoever plans first.

What is planned is read and matched without holding anybody up, and written only if the week has no
pairing yet.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from whenever import Date, Instant, TimeDelta

from bot.domain.cadence import MIDNIGHT, Rhythm, check_in_at, in_week, rhythm_of, windows_of
from bot.domain.cohort import Cohort, Member, Role
from bot.domain.owed import Owed
from bot.domain.pairing import Past, Practiser, Round, is_turn, members_of, the_round, together
from bot.domain.pairings import Pairing
from bot.domain.recipients import ToMember, written
from bot.domain.tidy import fold
from bot.domain.weeks import monday_of
from bot.invocation import call, write
from bot.ports import AlreadyThereError, AtLeast, Not, Store
from bot.weekly import zone_of_most

PARTNER, PRACTISED = "pair partner", "pair ask"
AHEAD = TimeDelta(hours=12)
"""A week's round is made from Sunday noon, for whoever wakes first."""
LAST_DAY, ASKED_ON = 4, 5
"""The last weekday on which a partner is of use, and the day that asks whether they practised."""
EARLY = 3
"""Whose check-in comes later in the week than this hears of a partner on Monday."""
HALF_HOUR = TimeDelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Planned:
    """A week's round, not written yet."""

    week: Date
    round: Round


def current_week(store: Store, cohort: Cohort, now: Instant) -> Date | None:
    """The Monday of the week that partners are found for now; None when it is too late for it, or
    when the cohort does not run then."""
    zone = zone_of_most(store.find(Member, opted_in=Not(None), stopped=None))
    day = (now + AHEAD).to_tz(zone).date()
    week = monday_of(day)
    runs = (cohort.starts or week) <= week.add(days=6) and week <= (cohort.ends or week)
    return week if runs and day.day_of_week().value <= LAST_DAY else None


def wanted_round(store: Store, cohort: Cohort, now: Instant) -> Planned | None:
    """The round that is missing; None where there is nothing to plan."""
    if store.first(Member, pairs_every=AtLeast(1)) is None:
        return None
    week = current_week(store, cohort, now)
    if week is None or store.first(Pairing, week=week) is not None:
        return None
    known = _Known(store, cohort, week, now)
    people = [known.practiser(each) for each in known.whose_turn()]
    if not people or (len(people) == 1 and known.was_told(people[0].id, week, now)):
        return None
    again = cohort.numbers.pair_again_weeks
    return Planned(week, the_round(week, people, known.past, again))


def keep_round(store: Store, cohort: Cohort, planned: Planned, now: Instant) -> int:
    """Write it, and owe everybody the word about it; how many messages."""
    if store.first(Pairing, week=planned.week) is not None:
        return 0
    members = {each.id: each for each in store.find(Member, stopped=None)}
    usual = zone_of_most(members.values())
    owed = 0
    for group in (*planned.round.groups, *((each,) for each in planned.round.alone)):
        here = [members[each] for each in group if each in members]
        if here:
            pairing = store.add(_pairing(cohort.id, planned.week, [each.id for each in here], now))
            owed += sum(_owe(store, cohort, each, pairing, usual, now) for each in here)
    return owed


def expected(store: Store, cohort: Cohort, week: Date, now: Instant) -> list[Owed]:
    """What the round of a week to come would owe as things stand; nothing once it is made."""
    if store.first(Member, pairs_every=AtLeast(1)) is None:
        return []
    known = _Known(store, cohort, week, now)
    ahead = (now + AHEAD).to_tz(known.usual).date()
    runs = (cohort.starts or week) <= week.add(days=6) and week <= (cohort.ends or week)
    late = week == monday_of(ahead) and ahead.day_of_week().value > LAST_DAY
    if known.rows or not runs or late or week < monday_of(ahead):
        return []
    people = [known.practiser(each) for each in known.whose_turn()]
    made = the_round(week, people, known.past, cohort.numbers.pair_again_weeks)
    groups = [*made.groups, *((each,) for each in made.alone if not known.was_alone(each))]
    return [
        row
        for group in groups
        for each in group
        for row in _rows(cohort, known.present[each], _pairing(cohort.id, week, group, now),
                         known.usual, now)
    ]  # fmt: skip


def join_late(store: Store, cohort: Cohort, member: Member, now: Instant) -> Pairing | None:
    """Who opts in within a week practises with somebody who has nobody yet, if there is one."""
    week = current_week(store, cohort, now)
    if week is None:
        return None
    known = _Known(store, cohort, week, now)
    own = known.rows.get(member.id)
    free = [each for each in known.whose_turn() if each.id not in known.taken]
    if own is not None and len(members_of(own)) > 1:
        return own
    others = [known.practiser(each) for each in free if each.id != member.id]
    me = known.practiser(member)
    found = _best(week, me, others, known.past, cohort.numbers.pair_again_weeks)
    if found is None:
        return None
    for each in (member.id, found):
        if (alone := known.rows.get(each)) is not None:
            store.remove(alone)
    try:
        pairing = store.add(_pairing(cohort.id, week, [found, member.id], now))
    except AlreadyThereError:  # somebody else took them at this moment
        return None
    both = store.find(Member, id=(found, member.id))
    for each in both:
        _owe(store, cohort, each, pairing, known.usual, now, told=each.id == member.id)
    return pairing


def _best(
    week: Date, me: Practiser, others: Iterable[Practiser], past: Past, again: int
) -> int | None:
    """The partner that the round would choose among these."""
    ahead = [replace(me, left_out=True), *others]
    for group in the_round(week, ahead, past, again).groups:
        if me.id in group:
            return next(each for each in group if each != me.id)
    return None


class _Known:
    """What the store knows of a week: who practises, who is taken, who was with whom."""

    def __init__(self, store: Store, cohort: Cohort, week: Date, now: Instant) -> None:
        self.cohort, self.week = cohort, week
        everybody = store.find(Member, opted_in=Not(None), stopped=None, role=Not(Role.ALUM))
        self.usual = zone_of_most(everybody)
        self.present = {
            each.id: each for each in everybody if is_there(each, cohort, max(week, _day(now)))
        }
        pairings = store.find(Pairing, order="week")
        self.rows = {m: each for each in pairings if each.week == week for m in members_of(each)}
        self.taken = {m for m, each in self.rows.items() if len(members_of(each)) > 1}
        self.past = together(pairings)
        before = [each for each in pairings if each.week < week]
        self._last = {m: each for each in before for m in members_of(each)}
        self._partnered = {
            m: each.week for each in before if len(members_of(each)) > 1 for m in members_of(each)
        }

    def whose_turn(self) -> list[Member]:
        """Everybody whose week it is, by number."""
        return [
            each
            for each in self.present.values()
            if is_turn(each.pairs_every, self._partnered.get(each.id), self.week)
        ]

    def practiser(self, member: Member) -> Practiser:
        rhythm = rhythm_of(member, self.cohort.numbers, member.zone or self.usual)
        return Practiser(
            id=member.id,
            hours=awake(rhythm, self.week),
            field=fold(member.field),
            left_out=self.was_alone(member.id),
        )

    def was_told(self, member_id: int, week: Date, now: Instant) -> bool:
        """Whether the only one knows it from when they joined: as the first, or within a week."""
        within = week < (now + AHEAD).to_tz(self.usual).date()
        return within or (member_id not in self._partnered and member_id not in self._last)

    def was_alone(self, member_id: int) -> bool:
        """Whether they had nobody last, be it that the others went away in that week."""
        last = self._last.get(member_id)
        if last is None:
            return False
        others = [each for each in members_of(last) if each != member_id]
        return last.met is None and not any(each in self.present for each in others)


def is_there(member: Member, cohort: Cohort, day: Date) -> bool:
    """Whether a partner would meet them: they hear, are not away, and have not fallen silent."""
    away = member.paused_until is not None and member.paused_until > day
    return member.hears and not away and member.ignored <= cohort.numbers.pause_after


def _day(now: Instant) -> Date:
    return now.to_tz("UTC").date()


def awake(rhythm: Rhythm, week: Date) -> int:
    """The half-hours of the week in which somebody may be met, as bits from the Sunday before."""
    begins = week.subtract(days=1).at(MIDNIGHT).assume_utc()
    bits = 0
    for ahead in range(7):
        for opens, closes in windows_of(week.add(days=ahead), rhythm):
            first = round((opens - begins) / HALF_HOUR)
            many = round((closes - opens) / HALF_HOUR)
            bits |= ((1 << many) - 1) << first
    return bits


def _pairing(cohort_id: int, week: Date, ids: Collection[int], now: Instant) -> Pairing:
    first, *others = ids
    second, third = (*others, None, None)[:2]
    return Pairing(
        cohort_id=cohort_id, week=week, first_id=first, second_id=second, third_id=third, made=now
    )


def _owe(
    store: Store,
    cohort: Cohort,
    member: Member,
    pairing: Pairing,
    usual: str,
    now: Instant,
    *,
    told: bool = False,
) -> int:
    """The word about the partner, unless they were ``told``, and on Friday whether they met."""
    rows = _rows(cohort, member, pairing, usual, now)[1 if told else 0 :]
    return sum(store.owe(each) is not None for each in rows)


def _rows(cohort: Cohort, member: Member, pairing: Pairing, usual: str, now: Instant) -> list[Owed]:
    rhythm = rhythm_of(member, cohort.numbers, member.zone or usual)
    rows = [_row(member, PARTNER, pairing, max(now, _heard_at(pairing, rhythm)))]
    if len(members_of(pairing)) > 1:
        friday = in_week(pairing.week, ASKED_ON, rhythm.check_in_at, rhythm.zone)
        rows.append(_row(member, PRACTISED, pairing, friday))
    return rows


def _heard_at(pairing: Pairing, rhythm: Rhythm) -> Instant:
    """With the check-in, unless that comes when half of the week is over."""
    if rhythm.hour_day is not None or rhythm.check_in_day <= EARLY:
        return check_in_at(pairing.week, rhythm)
    return in_week(pairing.week, 1, rhythm.check_in_at, rhythm.zone)


def _row(member: Member, command: str, pairing: Pairing, due: Instant) -> Owed:
    return Owed(
        cohort_id=member.cohort_id,
        member_id=member.id,
        to=written(ToMember(member.id)),
        command=command,
        subject=f"pairing:{pairing.id}",
        occurrence=pairing.week.format_iso(),
        call=write(call(command, pairing=pairing.id)),
        due=due,
    )
