"""The weekly check-in is owed once a week to everybody who hears, at their own wall-clock time."""

from dataclasses import replace

from whenever import Date, Time, TimeDelta

from bot import holding
from bot.domain.cohort import Role
from bot.domain.drafts import Draft, Seen
from bot.domain.owed import Owed, OwedState, Urgency
from bot.weekly import plan_member
from tests.bot.delivery.house import BERLIN, MONDAY, House, at


def planned(house: House, command: str = "checkin ask") -> list[Owed]:
    """The rows of this command, oldest week first."""
    return house.rows(command=command, order="due")


async def test_planning_twice_owes_once(house: House) -> None:
    house.member()
    for _ in range(3):
        await house.engine.tick()
    (ask,), (remind,) = planned(house), planned(house, "checkin remind")
    assert (ask.occurrence, ask.due) == ("2026-W49", at("2026-11-30 09:00"))
    assert ask.call == "checkin.ask?week=2026-11-23"
    assert (remind.occurrence, remind.due) == ("2026-W49", at("2026-12-02 09:00"))


async def test_only_who_hears_is_asked(house: House) -> None:
    house.member("new", opted_in=None)
    house.member("gone", stopped=MONDAY)
    house.member("alum", role=Role.ALUM)
    await house.engine.tick()
    assert planned(house) == []


async def test_nothing_at_all_reaches_somebody_who_has_not_opted_in(house: House) -> None:
    ana = house.member(opted_in=None)
    row = house.note(ana, "Dana")
    await house.tick_at("2026-12-07 10:00")
    assert house.paper.attempts == []
    assert house.state(row) is OwedState.SKIPPED


async def test_the_check_in_comes_on_mondays_at_nine_and_its_reminder_once(house: House) -> None:
    """Three weeks, looked at every hour."""
    house.member()
    moment, end = MONDAY, at("2026-12-14 12:00")
    while moment < end:
        await house.tick_at(moment)
        if moment.to_tz(BERLIN).hour == 12:
            house.says("ana")  # so that back-off has nothing to say
        moment += TimeDelta(hours=1)
    arrived = [each.at.to_tz(BERLIN).to_plain().format_iso() for each in house.paper.letters]
    assert arrived == [
        "2026-11-30T09:00:00",
        "2026-12-02T09:00:00",
        "2026-12-07T09:00:00",
        "2026-12-09T09:00:00",
        "2026-12-14T09:00:00",
    ]


async def test_nine_stays_nine_over_the_change_of_the_clocks(house: House) -> None:
    """New York's clocks go forward on 14 March 2027, a Sunday."""
    house.member(zone="America/New_York")
    for day in ("2027-03-02", "2027-03-09", "2027-03-16"):
        house.clock.move_to(at(day))
        await house.engine.tick()
    due = [row.due.to_tz("America/New_York") for row in planned(house)]
    assert [each.time() for each in due] == [Time(9)] * 3
    assert [each.date().day_of_week().value for each in due] == [1, 1, 1]


async def test_a_changed_day_moves_what_was_planned(house: House) -> None:
    ana = house.member()
    await house.engine.tick()
    house.change(ana, check_in_day=4)
    await house.engine.tick()
    due = {row.occurrence: row.due for row in planned(house)}
    assert due["2026-W48"] == at("2026-11-26 09:00")
    house.change(ana, check_in_day=None, zone="America/New_York")
    await house.tick_at("2026-11-27 10:00")
    due = {row.occurrence: row.due for row in planned(house)}
    assert due["2026-W49"] == at("2026-11-30 09:00", "America/New_York")


async def test_a_networking_hour_takes_the_check_in_and_leaves_the_rest_quiet(
    house: House,
) -> None:
    house.member(hour_day=3, hour_at=Time(16))
    await house.tick_at("2026-11-25 15:59")
    assert house.paper.letters == []
    await house.tick_at("2026-11-25 16:00")
    assert len(house.paper.letters) == 1
    assert planned(house, "checkin remind") == []


async def test_who_chose_less_is_asked_every_other_week(house: House) -> None:
    house.member(sparse=True)
    for day in ("2026-11-24", "2026-12-01", "2026-12-08", "2026-12-15"):
        await house.tick_at(f"{day} 10:00")
    assert len(planned(house)) == 2


async def test_five_weeks_away_end_in_one_message(house: House) -> None:
    house.member()
    await house.engine.tick()
    await house.tick_at("2026-12-29 10:00")
    assert house.paper.letters == []
    (first, second) = planned(house)
    assert (first.state, second.state) == (OwedState.SKIPPED, OwedState.DUE)


async def test_late_but_not_too_late_it_says_so(house: House) -> None:
    house.member()
    await house.engine.tick()
    await house.tick_at("2026-12-01 10:00")
    (words,) = house.paper.words_to("ana")
    assert "I was away" in words


async def test_outside_the_cohorts_dates_nobody_is_asked(house: House) -> None:
    house.member()
    with house.database.writing(house.cohort.id) as store:
        store.save_cohort(replace(store.cohort(), ends=Date(2026, 11, 27)))
    await house.engine.tick()
    assert planned(house) == []


async def test_who_has_no_zone_yet_is_taken_to_live_where_the_class_lives(house: House) -> None:
    house.member("ana")
    house.member("bo", zone="")
    await house.engine.tick()
    assert {row.due for row in planned(house)} == {at("2026-11-30 09:00")}


async def test_stopping_takes_back_what_waits_and_starting_again_plans_at_once(
    house: House,
) -> None:
    ana = house.member()
    house.note(ana, "Dana", MONDAY + TimeDelta(hours=1), urgency=Urgency.ANSWER)
    await house.engine.tick()
    with house.database.writing(house.cohort.id) as store:
        assert holding.cancel(store, ana.id, house.clock.now()) == 3
    await house.tick_at("2026-11-23 12:00")
    assert house.paper.attempts == []
    with house.database.writing(house.cohort.id) as store:
        plan_member(store, store.cohort(), ana, house.clock.now())
    assert [row.state for row in planned(house)] == [OwedState.DUE]


async def test_a_changed_setting_counts_at_once_for_what_is_held(house: House) -> None:
    ana = house.member(paused_until=Date(2026, 11, 27))
    house.note(ana, "Dana")
    await house.engine.tick()
    house.change(ana, paused_until=None)
    await house.engine.tick()
    assert house.paper.letters == []
    with house.database.writing(house.cohort.id) as store:
        holding.look_again(store, ana.id)
    await house.engine.tick()
    assert len(house.paper.letters) == 1


async def test_without_being_told_a_held_row_is_looked_at_within_the_hour(house: House) -> None:
    ana = house.member(paused_until=Date(2026, 11, 27))
    house.note(ana, "Dana")
    await house.engine.tick()
    house.change(ana, paused_until=None)
    await house.tick_at(MONDAY + TimeDelta(hours=1))
    assert len(house.paper.letters) == 1


async def test_old_event_keys_and_drafts_are_forgotten(house: House) -> None:
    ana = house.member()
    cohort = house.cohort.id
    old = MONDAY - TimeDelta(hours=24 * 31)
    with house.database.writing(cohort) as store:
        store.add_all([Seen(cohort_id=cohort, key=f"old{n}", at=old) for n in range(600)])
        store.add(Seen(cohort_id=cohort, key="new", at=MONDAY))
        for key, made in (("old", old), ("new", MONDAY)):
            store.add(Draft(cohort_id=cohort, member_id=ana.id, command="note", key=key, made=made))
    assert house.engine._planner.tidy() == 601
    with house.database.reading(cohort) as store:
        assert [each.key for each in store.find(Seen)] == ["new"]
        assert [each.key for each in store.find(Draft)] == ["new"]
