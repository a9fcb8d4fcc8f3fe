"""The week's partners on both databases: once a week whoever plans, through a whole term."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest
from whenever import Date, Instant

from bot.clocks import MovableClock
from bot.delivery.planning import Planner
from bot.domain.cohort import Cohort, Member
from bot.domain.owed import Owed
from bot.domain.pairing import members_of, together
from bot.domain.pairings import Pairing
from bot.rounds import keep_round, wanted_round
from storage.claims import Claims
from storage.database import Database
from tests.builders import a_member
from tests.front_door import at

SUNDAY = at("2026-11-29 13:00")
WEEKS = 16
ZONES = ("Europe/Berlin", "Europe/Berlin", "America/New_York", "Asia/Tokyo")


def opts_in(database: Database, cohort_id: int, many: int) -> list[Member]:
    """Students who want a partner every week."""
    with database.writing(cohort_id) as store:
        return [
            store.add(
                a_member(
                    cohort_id, f"S{each}", pairs_every=1, zone=ZONES[each % 4],
                    field=("law", "art")[each % 2],
                )
            )
            for each in range(many)
        ]  # fmt: skip


def pairings(database: Database, cohort_id: int) -> list[Pairing]:
    """Every row there is."""
    with database.reading(cohort_id) as store:
        return store.find(Pairing, order="week")


def cohort_of(database: Database, cohort_id: int) -> Cohort:
    """The cohort as stored."""
    with database.reading(cohort_id) as store:
        return store.cohort()


def test_several_processes_plan_one_round(database: Database, cohort_id: int) -> None:
    """Eight planners at the same moment: each member is in one group, and hears once."""
    members = opts_in(database, cohort_id, 9)
    planner = Planner(database, Claims(database), MovableClock(SUNDAY))
    with ThreadPoolExecutor(8) as hands:
        list(hands.map(lambda _: planner.plan(), range(8)))
    rows = pairings(database, cohort_id)
    named = sorted(each for row in rows for each in members_of(row))
    assert named == sorted(each.id for each in members)
    with database.reading(cohort_id) as store:
        heard = [each.member_id for each in store.find(Owed, command="pair partner")]
    assert sorted(each for each in heard if each is not None) == named


def a_term(database: Database, cohort_id: int) -> dict[Date, list[Member]]:
    """Thirty students for sixteen weeks: late comers, pauses, two who fall silent, one who leaves.

    Returns who was there in each week."""
    chance = Random(7)
    opts_in(database, cohort_id, 24)
    cohort = cohort_of(database, cohort_id)
    present: dict[Date, list[Member]] = {}
    for number in range(WEEKS):
        now = SUNDAY.add(hours=24 * 7 * number)
        if number == 3:
            opts_in(database, cohort_id, 6)
        with database.writing(cohort_id) as store:
            changed(store.find(Member), number, now, chance, store.save)
        with database.reading(cohort_id) as store:
            planned = wanted_round(store, cohort, now)
            week = Date(2026, 11, 30).add(weeks=number)
            present[week] = [each for each in store.find(Member) if hears(each, week)]
        assert planned is not None
        assert planned.week == week
        with database.writing(cohort_id) as store:
            keep_round(store, cohort, planned, now)
    return present


def hears(member: Member, week: Date) -> bool:
    """Whether somebody is there for a partner."""
    away = member.paused_until is not None and member.paused_until > week
    return member.hears and not away and member.ignored <= 3


def changed(
    members: list[Member], number: int, now: Instant, chance: Random, save: Callable[[Member], None]
) -> None:
    """What becomes of the class before a week."""
    for at_, each in enumerate(members):
        if at_ in (4, 5) and number == 2:
            save(replace(each, ignored=9))
        elif at_ == 8 and number == 5:
            save(replace(each, stopped=now))
        elif at_ > 9 and chance.random() < 0.08:
            until = now.to_tz("UTC").date().add(days=chance.choice([6, 13]))
            save(replace(each, paused_until=until))


@pytest.fixture
def term(database: Database, cohort_id: int) -> tuple[list[Pairing], dict[Date, list[Member]]]:
    """What a term leaves."""
    present = a_term(database, cohort_id)
    return pairings(database, cohort_id), present


def test_a_term_has_no_repeat_and_nobody_left_out_twice(
    term: tuple[list[Pairing], dict[Date, list[Member]]],
) -> None:
    """Everybody who is there has somebody new each week."""
    rows, present = term
    for weeks in together(rows).values():
        apart = [later.since(each, total="weeks") for each, later in pairwise(weeks)]
        assert all(each >= 12 for each in apart)
    alone = [(row.week, row.first_id) for row in rows if len(members_of(row)) == 1]
    assert len({member for _week, member in alone}) == len(alone)
    for week, there in present.items():
        named = sorted(m for row in rows if row.week == week for m in members_of(row))
        assert named == sorted(each.id for each in there)
