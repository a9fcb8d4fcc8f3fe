"""After we were away: one catch-up each, at its own turn within half an hour, nothing stale."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.clocks import MovableClock
from bot.delivery.away import ALIVE, AWAY_AFTER, note_return
from bot.domain.cadence import Rhythm
from bot.domain.cohort import Workspace
from bot.domain.owed import OwedState, Urgency
from bot.domain.timing import SPREAD, Go, Hold, Listener, chance_of, decide_all, place_of
from storage.leases import SqlLeases
from tests.bot.delivery.house import MONDAY, House, another, at
from tests.bot.delivery.test_timing import a_row, rhythms
from tests.wall import welcome

MINUTE, HOUR = TimeDelta(minutes=1), TimeDelta(hours=1)
NOON = at("2026-11-23 12:00")
ALWAYS: dict[str, Any] = {"off_days": ()}


def comes_back(house: House, now: Instant, last: Instant = MONDAY) -> bool:
    """Somebody was alive until ``last``, and a worker looks at ``now``."""
    leases = SqlLeases(house.database)
    leases.hold(f"{ALIVE}one", "one", last - MINUTE, 60)
    house.clock.move_to(now)
    return note_return(leases, house.claims, now)


def backs(house: House) -> set[Instant | None]:
    """Since when the workspaces are back."""
    with house.database.reading(house.cohort.id) as store:
        return {each.back for each in store.find(Workspace)}


async def arrivals(house: House, start: Instant, minutes: int = 33) -> dict[str, Instant]:
    """When each got their one message, looked at minute by minute."""
    for number in range(minutes):
        await house.tick_at(start + number * MINUTE)
    names = [letter.to for letter in house.paper.letters]
    assert len(names) == len(set(names)), "one each"
    return {letter.to: letter.at for letter in house.paper.letters}


async def test_what_was_missed_is_spread_and_joined(house: House) -> None:
    """Twelve members with two rows each: a message each, half an hour from first to last."""
    for number in range(12):
        member = house.member(f"m{number}", **ALWAYS)
        house.note(member, "Dana", MONDAY + HOUR)
        house.note(member, "Li", MONDAY + HOUR + MINUTE)
    assert comes_back(house, NOON)
    came = await arrivals(house, NOON)
    assert len(came) == 12
    assert TimeDelta(minutes=20) < max(came.values()) - min(came.values()) <= SPREAD
    assert all("Dana" in each.words and "Li" in each.words for each in house.paper.letters)
    assert all("I was away then" in each.words for each in house.paper.letters)


async def test_answers_and_booked_talks_wait_for_no_turn(house: House) -> None:
    ana = house.member(**ALWAYS)
    late = house.note(ana, "Dana", MONDAY + HOUR)
    house.note(ana, "the answer", MONDAY + HOUR, urgency=Urgency.ANSWER)
    house.note(ana, "the talk", MONDAY + HOUR, urgency=Urgency.BOOKED)
    assert comes_back(house, NOON)
    assert await house.engine.tick() == 2
    assert house.state(late) is OwedState.DUE


async def test_what_was_not_missed_keeps_its_time(house: House) -> None:
    """A check-in that falls due after our return is not late and waits for nobody."""
    ana = house.member(**ALWAYS)
    house.note(ana, "Dana", NOON + MINUTE)
    assert comes_back(house, NOON)
    assert await house.tick_at(NOON + MINUTE) == 1
    assert "I was away" not in house.paper.letters[0].words


async def test_all_workers_agree_and_a_restart_begins_nothing_anew(
    house: House, tmp_path: Path
) -> None:
    """The moment is stored; who starts while it lasts, or after a short break, leaves it."""
    for number in range(6):
        house.note(house.member(f"m{number}", **ALWAYS), "Dana", MONDAY + HOUR)
    assert comes_back(house, NOON)
    for later in (MINUTE, 9 * MINUTE):
        assert not comes_back(house, NOON + later, last=NOON)
    assert backs(house) == {NOON}
    other = another(house, tmp_path)
    moments = [NOON + number * MINUTE for number in range(32)]
    for number, moment in enumerate(moments):
        await (other if number % 2 else house).tick_at(moment)
    assert len(house.paper.letters) == 6
    assert {each.at - NOON <= SPREAD for each in house.paper.letters} == {True}
    await other.engine.stop()
    other.database.close()


def test_a_short_break_is_no_absence_and_a_new_database_has_no_past(house: House) -> None:
    leases = SqlLeases(house.database)
    assert not note_return(leases, house.claims, NOON)
    assert not comes_back(house, MONDAY + AWAY_AFTER)
    assert backs(house) == {None}


def test_a_sign_from_a_clock_that_ran_ahead_is_a_sign(house: House) -> None:
    """Put back by an hour, nobody was away."""
    assert not comes_back(house, MONDAY - HOUR)


async def test_a_moved_clock_spreads_nothing(house: House) -> None:
    """The playground and the shell move theirs; nobody noted that we were away."""
    assert isinstance(house.clock, MovableClock)
    house.note(house.member(**ALWAYS), "Dana", MONDAY + HOUR)
    assert await house.tick_at(NOON) == 1


async def test_back_at_night_the_turns_begin_in_the_morning(house: House) -> None:
    """Else all would get theirs at nine sharp."""
    for number in range(12):
        house.note(house.member(f"m{number}", **ALWAYS), "Dana", MONDAY + HOUR)
    night, nine = at("2026-11-24 03:00"), at("2026-11-24 09:00")
    assert comes_back(house, night)
    assert await house.engine.tick() == 0
    came = await arrivals(house, nine)
    assert len(came) == 12
    assert max(came.values()) - min(came.values()) > TimeDelta(minutes=20)
    assert all("I was away then" in each.words for each in house.paper.letters)


async def test_over_a_week_late_nothing_comes_not_even_an_answer_or_a_post(house: House) -> None:
    """It is in the due list, where it says how things stand now."""
    with house.database.writing(house.cohort.id) as store:
        store.save(Workspace(cohort_id=house.cohort.id, id=1, surface="paper",
                             external_id="paper", channel="class"))  # fmt: skip
    ana = house.member(**ALWAYS)
    late = [
        house.note(ana, "the answer", urgency=Urgency.ANSWER),
        house.note(ana, "Dana"),
        house.note(ana, "the talk", urgency=Urgency.BOOKED),
        house.note(None, "the class", urgency=Urgency.ANSWER),
    ]
    assert comes_back(house, MONDAY + TimeDelta(hours=24 * 7 + 1))
    for hours in range(3):
        await house.tick_at(MONDAY + TimeDelta(hours=24 * 7 + 1 + hours))
    assert [house.state(row) for row in late] == [OwedState.SKIPPED] * 4


@settings(max_examples=300, deadline=None)
@given(rhythms(), st.integers(1, 500), st.integers(0, 9 * 24 * 4), st.integers(0, 40))
def test_a_turn_is_at_a_good_hour_and_comes(
    rhythm: Rhythm, member: int, late: int, minutes: int
) -> None:
    """Whatever the settings: held once or twice, then sent at a welcome time, or left aside."""
    due = at("2026-11-23 10:00")
    back = due + TimeDelta(minutes=15 * late)
    listener = Listener(rhythm=rhythm, back=back, place=place_of(member))
    now = back + minutes * MINUTE
    for _ in range(12):
        ((_, decision),) = decide_all([a_row(due)], listener, now)
        if isinstance(decision, Go):
            assert welcome(now, rhythm)
            turn = listener.turn(now)
            assert turn is not None
            assert now >= turn or chance_of(a_row(due), rhythm) >= back
            return
        if not isinstance(decision, Hold):
            return
        assert decision.until > now
        now = decision.until
    raise AssertionError("it waits for ever")
