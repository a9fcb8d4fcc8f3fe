"""“Did it happen?” comes when the talk is over, whatever else came that day (F3, D2)."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.cadence import Rhythm, local_day
from bot.domain.owed import Owed, Urgency
from bot.domain.timing import Go, Hold, Listener, decide
from tests.bot.delivery.house import BERLIN, at

ZONES = ("Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "America/Santiago", "UTC")
TWO_DAYS = TimeDelta(hours=48)

moments = st.integers(0, 400 * 24 * 4).map(
    lambda quarters: at("2026-01-01 00:00") + TimeDelta(minutes=15 * quarters)
)
rhythms = st.builds(
    Rhythm,
    zone=st.sampled_from(ZONES),
    quiet_from=st.builds(Time, st.integers(18, 23)),
    quiet_until=st.builds(Time, st.integers(5, 11)),
    off_days=st.just(()),
)


def a_question(due: Instant) -> Owed:
    """The row of a talk that is over."""
    return Owed(
        cohort_id=1, id=1, to="member:1", member_id=1, command="interview after",
        call="interview.after", due=due, urgency=Urgency.BOOKED,
    )  # fmt: skip


def sent_at(row: Owed, listener: Listener) -> Instant:
    """When it goes, looked at from two days before on."""
    now = row.due - TWO_DAYS
    while isinstance(decision := decide(row, listener, now), Hold):
        assert decision.until > now
        now = decision.until
    assert isinstance(decision, Go)
    return now


@settings(max_examples=200, deadline=None)
@given(rhythms, moments, st.lists(st.integers(-24, 24), max_size=3))
def test_it_comes_after_its_time_the_same_day_or_the_next_morning(
    rhythm: Rhythm, due: Instant, hours: list[int]
) -> None:
    """Never before the talk is over, however many messages came that day."""
    unasked = tuple(due + TimeDelta(hours=each) for each in hours)
    went = sent_at(a_question(due), Listener(rhythm=rhythm, unasked=unasked))
    assert went >= due
    day, gone = local_day(due, rhythm.zone), local_day(went, rhythm.zone)
    assert gone in (day, day.add(days=1))
    if gone != day:
        assert went.to_tz(rhythm.zone).time() == rhythm.quiet_until


@settings(max_examples=200, deadline=None)
@given(rhythms, moments)
def test_other_messages_keep_to_one_a_day(rhythm: Rhythm, due: Instant) -> None:
    """The question takes nobody's turn, and opens no day to a second nudge."""
    nudge = replace(a_question(due), command="note", call="note", urgency=Urgency.NUDGE)
    went = sent_at(nudge, Listener(rhythm=rhythm))
    again = Listener(rhythm=rhythm, unasked=(went,))
    second = decide(nudge, again, went)
    assert isinstance(second, Hold)
    assert local_day(second.until, rhythm.zone) > local_day(went, rhythm.zone)


def test_who_chose_less_is_asked_all_the_same() -> None:
    """A week later nobody knows what was said."""
    monday = at("2026-11-23 09:00")
    sparse = Listener(rhythm=Rhythm(zone=BERLIN), unasked=(monday,), sparse=True)
    due = at("2026-11-24 16:00")
    assert sent_at(a_question(due), sparse) == due


def test_a_pause_holds_it() -> None:
    """What is over can wait; the brief could not."""
    due = at("2026-11-24 16:00")
    paused = Listener(rhythm=Rhythm(zone=BERLIN, paused_until=Date(2026, 11, 27)))
    assert sent_at(a_question(due), paused) == at("2026-11-27 09:00")
    resting = Listener(rhythm=Rhythm(zone=BERLIN), ignored=4)
    assert isinstance(decide(a_question(due), resting, due), Hold)


def test_it_comes_with_the_networking_hour_of_that_day() -> None:
    """One message instead of two, where it costs only an hour or so."""
    hour = Rhythm(zone=BERLIN, hour_day=2, hour_at=Time(17))
    due = at("2026-11-24 15:30")
    assert sent_at(a_question(due), Listener(rhythm=hour)) == at("2026-11-24 17:00")
