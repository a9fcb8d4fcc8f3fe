"""When a row may go: never in quiet hours, on days off or in a pause; decided when it is sent."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.cadence import Rhythm
from bot.domain.owed import Owed, Urgency
from bot.domain.timing import Drop, Go, Hold, Listener, Why, decide, decide_all
from tests.bot.delivery.house import BERLIN, at
from tests.wall import welcome

HOUR = TimeDelta(hours=1)
ZONES = (
    "Europe/Berlin", "America/New_York", "America/St_Johns", "Asia/Kathmandu", "Asia/Tokyo",
    "Australia/Lord_Howe", "Pacific/Apia", "America/Santiago", "Africa/Casablanca", "UTC",
)  # fmt: skip


def a_row(due: Instant, *, row_id: int = 1, **about: object) -> Owed:
    """A row of one member."""
    fields: dict[str, object] = {"command": "note", "to": "member:1", "member_id": 1}
    return replace(Owed(cohort_id=1, id=row_id, to="", command="note", call="note", due=due),
                   **{**fields, **about})  # fmt: skip


def a_listener(**changed: object) -> Listener:
    """Somebody in Berlin with everybody's settings."""
    rhythm = {k: v for k, v in changed.items() if k in Rhythm.__dataclass_fields__}
    rest = {k: v for k, v in changed.items() if k not in rhythm}
    return replace(Listener(rhythm=replace(Rhythm(zone=BERLIN), **rhythm)), **rest)


times = st.builds(Time, st.integers(0, 23), st.sampled_from((0, 15, 30, 59)))
days = st.integers(0, 420).map(lambda number: Date(2026, 1, 1).add(days=number))
moments = st.integers(0, 400 * 24 * 4).map(
    lambda quarters: at("2026-01-01 00:00") + TimeDelta(minutes=15 * quarters)
)


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    """Any settings that a member can have."""
    off = draw(st.sets(st.integers(1, 7), max_size=6))
    hour = draw(st.booleans())
    return Rhythm(
        zone=draw(st.sampled_from(ZONES)),
        quiet_from=draw(times),
        quiet_until=draw(times),
        off_days=tuple(off),
        paused_until=draw(
            st.none() | st.integers(0, 420).map(lambda n: Date(2026, 1, 1).add(days=n))
        ),
        hour_day=draw(st.integers(1, 7)) if hour else None,
        hour_at=draw(times) if hour else None,
    )


@settings(max_examples=600, deadline=None)
@given(rhythms(), moments, st.integers(0, 9 * 24 * 4), st.sampled_from(("note", "thanks remind")))
def test_nothing_unasked_goes_at_an_unwelcome_time(
    rhythm: Rhythm, due: Instant, late: int, command: str
) -> None:
    """Whatever the settings, the zone and the moment."""
    now = due + TimeDelta(minutes=15 * late)
    decision = decide(a_row(due, command=command), Listener(rhythm=rhythm), now)
    if isinstance(decision, Go):
        assert welcome(now, rhythm)


@settings(max_examples=400, deadline=None)
@given(rhythms(), moments, moments, st.sampled_from(("note", "thanks remind")))
def test_a_row_that_waits_gets_its_turn(
    rhythm: Rhythm, due: Instant, sent: Instant, command: str
) -> None:
    """Each wait ends later than it began, and they end in a message or in the due list."""
    listener, now = Listener(rhythm=rhythm, unasked=(sent,)), due
    for _ in range(12):
        decision = decide(a_row(due, command=command), listener, now)
        if not isinstance(decision, Hold):
            return
        assert decision.until > now
        now = decision.until
    raise AssertionError("it waits for ever")


@settings(max_examples=300, deadline=None)
@given(rhythms(), moments)
def test_a_booked_talks_reminder_is_never_later_than_it_is_due(
    rhythm: Rhythm, due: Instant
) -> None:
    """Looked at from four days before on, it goes at a welcome time and not late."""
    unpaused = replace(rhythm, paused_until=None, hour_day=None, hour_at=None, off_days=(6, 7))
    now = due - TimeDelta(hours=96)
    row = a_row(due, urgency=Urgency.BOOKED)
    while isinstance(decision := decide(row, Listener(rhythm=unpaused), now), Hold):
        now = decision.until
    assert decision == Go()
    assert now <= due
    assert welcome(now, unpaused)


def test_at_night_it_waits_for_the_morning() -> None:
    held = decide(a_row(at("2026-11-23 21:00")), a_listener(), at("2026-11-23 21:00"))
    assert held == Hold(at("2026-11-24 09:00"))


def test_on_saturday_evening_it_waits_for_monday() -> None:
    now = at("2026-11-28 20:00")
    assert decide(a_row(now), a_listener(), now) == Hold(at("2026-11-30 09:00"))


def test_nine_stays_nine_when_the_clocks_change() -> None:
    """Berlin's clocks go back on 25 October 2026 and forward on 28 March 2027."""
    week_end = {"off_days": ()}
    for day in ("2026-10-24", "2026-10-25", "2027-03-27", "2027-03-28"):
        night = at(f"{day} 23:30")
        held = decide(a_row(night), a_listener(**week_end), night)
        assert isinstance(held, Hold)
        assert held.until.to_tz(BERLIN).time() == Time(9)


def test_nothing_before_opting_in_or_after_stopping() -> None:
    now = at("2026-11-23 10:00")
    for urgency in (Urgency.NUDGE, Urgency.BOOKED):
        row = a_row(now, urgency=urgency)
        assert decide(row, a_listener(hears=False), now) == Drop(Why.NOT_HEARD)


def test_over_seven_days_late_is_left_to_the_due_list() -> None:
    due = at("2026-11-23 10:00")
    week = TimeDelta(hours=24 * 7)
    assert decide(a_row(due), a_listener(), due + week) == Go(due)
    assert decide(a_row(due), a_listener(), due + week + HOUR) == Drop(Why.LATE)


def test_a_pause_holds_and_what_waited_too_long_in_it_is_dropped() -> None:
    due = at("2026-11-23 10:00")
    short, long = Date(2026, 11, 26), Date(2026, 12, 24)
    assert decide(a_row(due), a_listener(paused_until=short), due) == Hold(at("2026-11-26 09:00"))
    there = at("2026-11-26 09:00")
    assert decide(a_row(due), a_listener(paused_until=short), there) == Go()
    there = at("2026-12-24 09:00")
    assert decide(a_row(due), a_listener(paused_until=long), there) == Drop(Why.LATE)


def test_one_a_day_and_one_a_week_for_who_chose_less() -> None:
    sent = at("2026-11-23 09:00")
    row = a_row(at("2026-11-23 10:00"))
    assert decide(row, a_listener(unasked=(sent,)), row.due) == Hold(at("2026-11-24 09:00"))
    sparse = a_listener(unasked=(sent,), sparse=True)
    assert decide(row, sparse, row.due) == Hold(at("2026-11-30 09:00"))


def test_a_day_ends_where_the_member_is() -> None:
    """Half past ten at night and one in the morning are two days, whatever UTC says."""
    free = {"quiet_from": Time(0), "quiet_until": Time(0), "off_days": ()}
    sent = at("2026-11-23 22:30")
    assert decide(a_row(sent), a_listener(unasked=(sent,), **free), sent + HOUR) == Hold(
        at("2026-11-24 00:00")
    )
    later = at("2026-11-24 00:30")
    assert decide(a_row(later), a_listener(unasked=(sent,), **free), later) == Go()


def test_a_message_from_a_clock_that_ran_ahead_blocks_its_own_day_only() -> None:
    ahead = at("2026-11-25 09:00")
    now = at("2026-11-24 10:00")
    assert decide(a_row(now), a_listener(unasked=(ahead,)), now) == Go()


def test_what_can_wait_comes_in_the_networking_hour_even_on_a_day_off() -> None:
    """A student who picked Sunday at five meant Sunday at five."""
    hour = {"hour_day": 7, "hour_at": Time(17)}
    due = at("2026-11-24 10:00")
    assert decide(a_row(due), a_listener(**hour), due) == Hold(at("2026-11-29 17:00"))
    assert decide(a_row(due), a_listener(**hour), at("2026-11-29 17:20")) == Go()


@settings(max_examples=300, deadline=None)
@given(rhythms(), moments, st.integers(0, 6 * 24), st.integers(1, 9 * 24))
def test_nothing_unasked_goes_while_they_are_on_holiday(
    rhythm: Rhythm, due: Instant, later: int, hours: int
) -> None:
    """It waits until the holiday is over at least, or is left to the due list."""
    now = due + later * HOUR
    away = Listener(rhythm=rhythm, away_until=now + hours * HOUR)
    decision = decide(a_row(due), away, now)
    assert not isinstance(decision, Go)
    if isinstance(decision, Hold):
        assert decision.until >= now + hours * HOUR
        assert welcome(decision.until, rhythm)


def test_a_holiday_that_is_over_holds_nothing() -> None:
    now = at("2026-11-23 10:00")
    assert decide(a_row(now), a_listener(away_until=at("2026-11-22 10:00")), now) == Go()


def test_what_was_held_for_them_is_not_called_our_lateness() -> None:
    """It was looked at all the time; nobody of us was away."""
    due, now = at("2026-11-23 10:00"), at("2026-11-26 09:00")
    assert decide(a_row(due), a_listener(), now) == Go(due)
    held = a_row(due, lease_until=now)
    assert decide(held, a_listener(), now) == Go()
    failed = a_row(due, lease_until=now, attempts=3)
    assert decide(failed, a_listener(), now) == Go(due)
    stopped = a_row(due, lease_until=at("2026-11-24 09:00"))
    assert decide(stopped, a_listener(), now) == Go(due)


def test_a_thank_you_has_a_morning_of_its_own() -> None:
    hour = {"hour_day": 7, "hour_at": Time(17)}
    due = at("2026-11-24 09:00")
    assert decide(a_row(due, command="thanks remind"), a_listener(**hour), due) == Go()


def test_on_the_day_of_the_hour_a_thank_you_comes_with_it() -> None:
    """Else it takes that day's one message and the hour stays empty; a second one cannot wait."""
    hour = {"hour_day": 3, "hour_at": Time(17)}
    morning, evening = at("2026-11-25 09:00"), at("2026-11-25 17:00")
    first = a_row(morning, command="thanks remind", occurrence="first")
    assert decide(first, a_listener(**hour), morning) == Hold(evening)
    assert decide(first, a_listener(**hour), evening) == Go()
    second = a_row(morning, command="thanks remind", occurrence="second")
    assert decide(second, a_listener(**hour), morning) == Go()


def test_away_during_the_hour_it_comes_later_that_day_or_in_the_next() -> None:
    hour = {"hour_day": 3, "hour_at": Time(16)}
    due = at("2026-11-24 10:00")
    same_day = at("2026-11-25 18:30")
    assert decide(a_row(due), a_listener(**hour), same_day) == Go(at("2026-11-25 16:00"))
    day_after = at("2026-11-26 10:00")
    assert decide(a_row(due), a_listener(**hour), day_after) == Hold(at("2026-12-02 16:00"))
    next_hour = at("2026-12-02 16:00")
    assert decide(a_row(due), a_listener(**hour), next_hour) == Go(at("2026-11-25 16:00"))


def test_what_misses_one_networking_hour_is_in_time_for_the_next() -> None:
    """A week later and some seconds, or an hour more when the clocks go back (25 October)."""
    hour = {"hour_day": 3, "hour_at": Time(16)}
    for due, over, late in (
        ("2026-11-23 10:00", "2026-12-02 16:20", "2026-12-09 16:00"),
        ("2026-10-20 10:00", "2026-10-28 16:59", "2026-11-04 16:00"),
    ):
        row = a_row(at(due))
        paused = a_listener(paused_until=at(over).to_tz(BERLIN).date(), **hour)
        assert decide(row, paused, at(over)) == Go()
        assert decide(row, paused, at(late)) == Drop(Why.LATE)


def test_a_booked_talks_reminder_moves_before_the_night_and_ignores_a_pause() -> None:
    due = at("2026-11-24 03:00")
    row = a_row(due, urgency=Urgency.BOOKED)
    early = decide(row, a_listener(paused_until=Date(2026, 12, 1)), at("2026-11-22 10:00"))
    assert isinstance(early, Hold)
    assert at("2026-11-23 19:00") < early.until < at("2026-11-23 20:00")
    assert decide(row, a_listener(paused_until=Date(2026, 12, 1)), early.until) == Go()


def test_of_several_about_one_thing_the_newest_goes() -> None:
    """Five weeks away: one check-in, not five."""
    weeks = [
        a_row(at(f"2026-11-{day} 09:00"), row_id=day, command="checkin ask", occurrence=str(day))
        for day in (17, 19, 23)
    ]
    decided = decide_all(weeks, a_listener(), at("2026-11-23 10:00"))
    assert [decision for _, decision in decided][:2] == [Drop(Why.OUTDONE), Drop(Why.OUTDONE)]
    assert isinstance(decided[2][1], Go)


def test_what_is_still_to_be_asked_is_not_reminded_of() -> None:
    ask = a_row(at("2026-11-23 09:00"), command="checkin ask", occurrence="W48")
    again = at("2026-11-25 09:00")
    remind = a_row(again, row_id=2, command="checkin remind", occurrence="W48")
    decided = decide_all([ask, remind], a_listener(), at("2026-11-25 10:00"))
    assert [decision for _, decision in decided] == [Go(ask.due), Drop(Why.OUTDONE)]
