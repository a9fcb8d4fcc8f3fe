"""Reminders of a talk keep the wall time, come before it or not at all, and count business days."""

from hypothesis import given
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta

from bot.domain.booking import (
    Step,
    brief_at,
    ends,
    evening_before,
    is_short_notice,
    notice,
    planned_for,
    says,
)
from bot.domain.cadence import Rhythm, at_local, local_day
from bot.domain.cohort import Numbers
from bot.domain.dates import UnderstoodMoment, understand_moment
from bot.domain.meetings import Meeting
from bot.domain.owed import Urgency

ZONES = (
    "Europe/Berlin", "America/Chicago", "America/New_York", "Australia/Lord_Howe",
    "Africa/Cairo", "Asia/Kolkata", "America/St_Johns", "Pacific/Auckland", "America/Santiago",
)  # fmt: skip
DAYS = st.dates(
    min_value=Date(2026, 1, 2).to_stdlib(), max_value=Date(2030, 12, 30).to_stdlib()
).map(Date)
TIMES = st.times().map(lambda each: Time(each.hour, each.minute))
RHYTHMS = st.builds(
    Rhythm,
    zone=st.sampled_from(ZONES),
    off_days=st.sampled_from([(7,), (6, 7), (), (1, 2, 3)]),
    quiet_from=st.sampled_from([Time(20), Time(17), Time(0)]),
    quiet_until=st.sampled_from([Time(9), Time(7), Time(12)]),
)
MADE = Instant.from_utc(2026, 1, 1)
NUMBERS = st.builds(
    Numbers,
    brief_at=st.sampled_from([Time(18), Time(7), Time(23, 30)]),
    last_word_minutes=st.integers(5, 120),
    closing_minutes=st.integers(1, 60),
)
"""As organisers may set them."""


def a_meeting(at: Instant, **rest: object) -> Meeting:
    values: dict[str, object] = {
        "cohort_id": 1, "id": 1, "member_id": 1, "contact_id": 1, "at": at, "made": MADE, **rest,
    }  # fmt: skip
    return Meeting(**values)  # ty: ignore[invalid-argument-type]


@given(DAYS, TIMES, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_a_booking_keeps_the_wall_time_that_was_typed(
    day: Date, time: Time, mine: str, theirs: str
) -> None:
    """In my zone and in theirs, on either side of a change of the clocks, or it says why not."""
    typed = f"{day.format_iso()} {time.format_iso()[:5]}"
    for words, zone in ((typed, mine), (f"{typed} their time", theirs)):
        found = understand_moment(words, MADE, mine, theirs)
        assert isinstance(found, UnderstoodMoment), words
        local = found.moment.to_tz(zone)
        kept = local.date() == day and (local.hour, local.minute) == (time.hour, time.minute)
        assert kept or found.note, (words, mine, theirs, found)


@given(DAYS, TIMES, RHYTHMS, NUMBERS)
def test_the_brief_comes_on_an_earlier_day_at_a_good_hour(
    day: Date, time: Time, rhythm: Rhythm, numbers: Numbers
) -> None:
    """Never on the day of the talk, never in quiet hours, never on a day off."""
    at = at_local(day, time, rhythm.zone)
    due = brief_at(at, rhythm, numbers)
    local = due.to_tz(rhythm.zone)
    assert due <= evening_before(at, rhythm.zone, numbers) < at
    assert local.date() < local_day(at, rhythm.zone)
    assert local.date().day_of_week().value not in rhythm.off_days


@given(DAYS, st.sampled_from(ZONES), TIMES)
def test_the_evening_is_six_on_the_wall_whatever_the_clocks_do(
    day: Date, zone: str, time: Time
) -> None:
    """The day before, by the calendar."""
    at = at_local(day, time, zone)
    local = evening_before(at, zone, Numbers()).to_tz(zone)
    assert local.time() == Time(18)
    assert local.date().add(days=1) == local_day(at, zone)


@given(
    DAYS, TIMES, st.sampled_from(ZONES), st.integers(0, 60 * 24 * 40), st.integers(10, 480),
    st.booleans(), NUMBERS,
)  # fmt: skip
def test_what_is_planned_is_to_come_and_still_has_its_point(
    day: Date, time: Time, zone: str, ahead: int, minutes: int, nudge: bool, numbers: Numbers
) -> None:
    """Nothing is planned for the past; brief and last word lie before the talk."""
    at = at_local(day, time, zone)
    meeting = a_meeting(at, minutes=minutes, stop_nudge=nudge)
    now = at.subtract(minutes=ahead)
    planned = list(planned_for(meeting, zone, numbers, now))
    assert all(each.due > now for each in planned)
    for each in planned:
        assert (each.due < at) == (each.step in (Step.BRIEF, Step.SOON))
        assert says(each.step, meeting, numbers, each.due)
    assert (Step.CLOSING in {each.step for each in planned}) == nudge
    assert [each.step for each in planned][-1] is Step.AFTER


@given(DAYS, TIMES, st.sampled_from(ZONES), st.integers(0, 10_000))
def test_no_brief_is_said_once_the_talk_began(day: Date, time: Time, zone: str, late: int) -> None:
    """However late the engine is."""
    meeting = a_meeting(at_local(day, time, zone))
    now = meeting.at + TimeDelta(minutes=late)
    assert not says(Step.BRIEF, meeting, Numbers(), now)
    assert not says(Step.SOON, meeting, Numbers(), now)
    assert says(Step.AFTER, meeting, Numbers(), now) == (now >= ends(meeting))


def test_only_the_last_word_ignores_quiet_hours() -> None:
    """The brief moves earlier; the question waits for a good hour."""
    meeting = a_meeting(Instant.from_utc(2026, 3, 10, 15))
    urgencies = {each.step: each.urgency for each in planned_for(meeting, "UTC", Numbers(), MADE)}
    assert urgencies == {
        Step.BRIEF: Urgency.BOOKED, Step.SOON: Urgency.ANSWER, Step.AFTER: Urgency.BOOKED,
    }  # fmt: skip


def test_notice_counts_business_days() -> None:
    """Friday for Monday is one, for Tuesday two; weekends count nothing."""
    friday = Date(2026, 11, 20)
    ahead = {days: notice(friday, friday.add(days=days)) for days in (0, 1, 2, 3, 4, 7)}
    assert ahead == {0: 0, 1: 0, 2: 0, 3: 1, 4: 2, 7: 5}
    assert notice(friday, friday.subtract(days=3)) == 0


def test_short_notice_is_counted_where_the_member_is() -> None:
    """Late Sunday in New York is Monday in Berlin already: one day less."""
    now = Instant.from_utc(2026, 11, 23, 3)
    meeting = a_meeting(Instant.from_utc(2026, 11, 24, 20))
    assert not is_short_notice(meeting, Numbers(), now, "America/New_York")
    assert is_short_notice(meeting, Numbers(), now, "Europe/Berlin")
    assert not is_short_notice(meeting, Numbers(notice_days=1), now, "Europe/Berlin")
