"""Nothing comes at night, on off days or in a pause; weekly things come once a local week."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Date, Instant, Time, TimeDelta, ZonedDateTime

from bot.domain.cadence import (
    NUDGE_SNOOZES,
    TOUCH_SNOOZES,
    Rhythm,
    Snooze,
    at_local,
    check_in_at,
    last_weekly,
    last_window,
    local_day,
    may_write,
    next_networking_hour,
    next_weekly,
    next_window,
    offered_snoozes,
    rhythm_of,
    snooze,
    thank_you_times,
    too_late,
    week_of,
)
from bot.domain.cohort import Member, Numbers

NY = "America/New_York"
ZONES = (
    "UTC",
    NY,
    "Europe/Berlin",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Africa/Casablanca",  # clocks change around Ramadan
    "Pacific/Apia",  # left a whole day out in 2011
    "America/Sao_Paulo",  # midnight used to be skipped
    "Pacific/Kiritimati",
    "Africa/Cairo",
)
zones = st.sampled_from(ZONES)
moments = st.integers(1_293_840_000, 1_924_992_000).map(Instant.from_timestamp)  # 2011 to 2030
times = st.builds(Time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))
days = st.dates().filter(lambda d: 2011 <= d.year <= 2030)
rhythms = st.builds(
    Rhythm,
    zone=zones,
    quiet_from=times,
    quiet_until=times,
    off_days=st.sets(st.integers(1, 7), max_size=6).map(tuple),
    paused_until=st.none() | days.map(Date),
    thanks_at=times,
    check_in_day=st.integers(1, 7),
    check_in_at=times,
)


def local(text: str, zone: str = NY) -> Instant:
    return at_local(Date.parse_iso(text[:10]), Time.parse_iso(text[11:]), zone)


def shown(moment: Instant, zone: str = NY) -> str:
    there = moment.to_tz(zone)
    return f"{there.date()} {str(there.time())[:5]}"


def in_quiet_hours(there: ZonedDateTime, rhythm: Rhythm) -> bool:
    begin, end, time = rhythm.quiet_from, rhythm.quiet_until, there.time()
    if begin == end:
        return False
    return begin <= time < end if begin < end else time >= begin or time < end


@pytest.mark.parametrize(
    ("moment", "window"),
    [
        ("2026-03-02 12:00", "2026-03-02 12:00"),
        ("2026-03-02 08:59", "2026-03-02 09:00"),
        ("2026-03-02 20:00", "2026-03-03 09:00"),
        ("2026-03-07 21:00", "2026-03-09 09:00"),  # over Sunday, and the clocks change
        ("2026-03-08 12:00", "2026-03-09 09:00"),
    ],
)
def test_the_night_and_sundays_are_left_alone(moment: str, window: str) -> None:
    """Held to the next morning that is no off day."""
    assert shown(next_window(local(moment), Rhythm(NY))) == window


def test_a_pause_ends_on_its_day() -> None:
    """The first morning of the day it was set to."""
    rhythm = Rhythm(NY, paused_until=Date(2026, 4, 1))
    assert shown(next_window(local("2026-03-02 12:00"), rhythm)) == "2026-04-01 09:00"


def test_quiet_hours_by_day_leave_the_night() -> None:
    """22:00–08:00 is usual, 09:00–17:00 suits a night worker, and equal ends mean none."""
    by_day = Rhythm(NY, quiet_from=Time(9), quiet_until=Time(17), off_days=())
    assert shown(next_window(local("2026-03-02 10:00"), by_day)) == "2026-03-02 17:00"
    assert may_write(local("2026-03-02 03:00"), by_day)
    none = Rhythm(NY, quiet_from=Time(0), quiet_until=Time(0), off_days=())
    assert may_write(local("2026-03-02 03:00"), none)


def test_a_week_without_any_day_is_no_rhythm() -> None:
    """It would hold everything for ever, so it is refused with a sentence."""
    with pytest.raises(ValueError, match="At least one day"):
        Rhythm(NY, off_days=(1, 2, 3, 4, 5, 6, 7))


@given(moments, rhythms)
def test_a_window_is_never_early_nor_unwelcome(moment: Instant, rhythm: Rhythm) -> None:
    """Not before the moment, not in quiet hours, not on an off day, not in a pause; and stable."""
    window = next_window(moment, rhythm)
    there = window.to_tz(rhythm.zone)
    assert window >= moment
    assert not in_quiet_hours(there, rhythm)
    assert there.day_of_week().value not in rhythm.off_days
    assert rhythm.paused_until is None or there.date() >= rhythm.paused_until
    assert next_window(window, rhythm) == window


@given(moments, rhythms)
def test_a_window_is_not_needlessly_late(moment: Instant, rhythm: Rhythm) -> None:
    """Apart from a pause, never more than the off days and a night away."""
    window = next_window(moment, replace(rhythm, paused_until=None))
    assert window - moment < TimeDelta(hours=24 * (len(rhythm.off_days) + 3))


@given(moments, rhythms)
def test_reminders_of_a_talk_move_earlier_only(moment: Instant, rhythm: Rhythm) -> None:
    """Into a good hour, never after the moment."""
    window = last_window(moment, rhythm)
    there = window.to_tz(rhythm.zone)
    assert window <= moment
    assert not in_quiet_hours(there, rhythm)
    assert there.day_of_week().value not in rhythm.off_days


def test_a_reminder_in_the_night_comes_the_evening_before() -> None:
    """Half an hour before the quiet begins."""
    assert shown(last_window(local("2026-03-03 07:00"), Rhythm(NY))) == "2026-03-02 19:30"
    assert shown(last_window(local("2026-03-09 07:00"), Rhythm(NY))) == "2026-03-07 19:30"


@pytest.mark.parametrize(
    ("ended", "times_"),
    [
        ("2026-03-02 15:00", ["2026-03-03 09:00", "2026-03-04 09:00"]),
        ("2026-03-02 08:00", ["2026-03-03 09:00"]),  # 48 hours end before Wednesday's nine
        ("2026-03-02 09:30", ["2026-03-03 09:00", "2026-03-04 09:00"]),
        ("2026-03-06 15:00", ["2026-03-07 09:00"]),  # then Sunday, and Monday is too late
        ("2026-03-07 15:00", ["2026-03-09 09:00"]),  # Sunday off; Tuesday is too late
        ("2026-03-07 02:00", ["2026-03-09 09:00"]),
    ],
)
def test_thanks_are_asked_for_next_morning_and_once_more(ended: str, times_: list[str]) -> None:
    """The second only while a working hour of a later day is left before 48 hours."""
    assert [shown(t) for t in thank_you_times(local(ended), Rhythm(NY))] == times_


def test_a_late_hour_for_thanks_still_leaves_the_second() -> None:
    """That day's first good hour is taken when the usual one would be too late."""
    rhythm = Rhythm(NY, thanks_at=Time(18))
    found = [shown(t) for t in thank_you_times(local("2026-03-02 15:00"), rhythm)]
    assert found == ["2026-03-03 18:00", "2026-03-04 09:00"]


@given(moments, rhythms)
def test_thanks_are_never_asked_for_a_third_time(ended: Instant, rhythm: Rhythm) -> None:
    """One or two, on different days after the talk's, the second in time, both welcome."""
    found = thank_you_times(ended, rhythm)
    dates = [local_day(moment, rhythm.zone) for moment in found]
    assert 1 <= len(found) <= 2
    assert dates[0] > local_day(ended, rhythm.zone)
    assert len(set(dates)) == len(dates)
    assert all(may_write(moment, replace(rhythm, paused_until=None)) for moment in found)
    assert all(moment < ended + rhythm.thanks_within for moment in found[1:])


@pytest.mark.parametrize("zone", ZONES)
def test_the_check_in_keeps_its_hour_over_every_change_of_clocks(zone: str) -> None:
    """Once in each local week of a year, always at nine on the wall."""
    rhythm = Rhythm(zone)
    weeks = [Date(2026, 1, 5).add(days=7 * n) for n in range(60)]
    moments_ = [check_in_at(week, rhythm) for week in weeks]
    assert {(m.to_tz(zone).time(), m.to_tz(zone).day_of_week().value) for m in moments_} == {
        (Time(9), 1)
    }
    assert [week_of(moment, zone) for moment in moments_] == weeks


def test_the_networking_hour_takes_the_check_in_along() -> None:
    """Thursday at four, if the member likes that best."""
    rhythm = Rhythm(NY, hour_day=4, hour_at=Time(16))
    assert shown(check_in_at(Date(2026, 3, 2), rhythm)) == "2026-03-05 16:00"
    after = local("2026-03-05 16:00")
    found = next_networking_hour(after, rhythm)
    assert found is not None
    assert shown(found) == "2026-03-12 16:00"
    assert next_networking_hour(after, Rhythm(NY)) is None


@given(moments, st.integers(1, 7), times, zones)
def test_weekly_times_follow_one_another(
    moment: Instant, weekday: int, at: Time, zone: str
) -> None:
    """The last is not after the moment, the next is, and between them there is just one week."""
    last, following = last_weekly(moment, weekday, at, zone), next_weekly(moment, weekday, at, zone)
    assert last <= moment < following
    assert week_of(following, zone).subtract(days=7) == week_of(last, zone)
    assert next_weekly(last, weekday, at, zone) == following


@given(moments, zones, st.sampled_from(Snooze))
def test_a_snooze_counts_from_the_press(moment: Instant, zone: str, kind: Snooze) -> None:
    """Always later than the press, and at the hour it says."""
    until = snooze(kind, moment, zone, Numbers())
    assert until > moment
    if kind is Snooze.HOUR:
        assert until - moment == TimeDelta(hours=1)
    elif local_day(until, zone) != Date(2011, 12, 31):  # Apia's missing day moves what falls on it
        assert until.to_tz(zone).time().hour == (18 if kind is Snooze.TONIGHT else 9)


@pytest.mark.parametrize(
    ("kind", "until"),
    [
        (Snooze.HOUR, "2026-01-31 17:00"),
        (Snooze.TONIGHT, "2026-01-31 18:00"),
        (Snooze.TOMORROW, "2026-02-01 09:00"),
        (Snooze.MONDAY, "2026-02-02 09:00"),
        (Snooze.TWO_WEEKS, "2026-02-14 09:00"),
        (Snooze.MONTH, "2026-02-28 09:00"),  # there is no 31 February
        (Snooze.THREE_MONTHS, "2026-04-30 09:00"),
    ],
)
def test_each_snooze_means_what_it_says(kind: Snooze, until: str) -> None:
    """Pressed on Saturday 31 January at four."""
    assert shown(snooze(kind, local("2026-01-31 16:00"), NY, Numbers())) == until


def test_monday_pressed_on_a_monday_is_the_next_one() -> None:
    """And "tonight" pressed at night is the next evening; it is not offered then."""
    assert (
        shown(snooze(Snooze.MONDAY, local("2026-03-02 08:00"), NY, Numbers())) == "2026-03-09 09:00"
    )
    assert (
        shown(snooze(Snooze.TONIGHT, local("2026-03-02 19:00"), NY, Numbers()))
        == "2026-03-03 18:00"
    )
    assert Snooze.TONIGHT not in offered_snoozes(local("2026-03-02 19:00"), NY, Numbers())
    assert offered_snoozes(local("2026-03-02 12:00"), NY, Numbers()) == NUDGE_SNOOZES
    assert not set(TOUCH_SNOOZES) & set(NUDGE_SNOOZES)


def test_a_repeated_hour_happens_once_and_a_skipped_one_just_after() -> None:
    """01:30 on the night of 1 November is the first of two; 02:30 on 8 March is half past three."""
    assert local("2026-11-01 01:30") == Instant.from_utc(2026, 11, 1, 5, 30)
    assert shown(local("2026-03-08 02:30")) == "2026-03-08 03:30"


def test_a_nudge_more_than_a_week_late_has_lost_its_point() -> None:
    """Exactly seven days is still in time."""
    due = local("2026-03-02 09:00")
    assert not too_late(due, due + TimeDelta(hours=168))
    assert too_late(due, due + TimeDelta(hours=168, seconds=1))


def test_a_member_without_settings_has_the_cohorts() -> None:
    """And one with settings their own, even when they are zero or empty."""
    member = Member(cohort_id=1, name="Ana", joined=local("2026-03-02 09:00"))
    assert rhythm_of(member, Numbers(), NY) == Rhythm(NY)
    own = replace(member, quiet_from=Time(0), quiet_until=Time(6), off_days=(), check_in_day=5)
    assert rhythm_of(own, Numbers(), NY) == Rhythm(
        NY, quiet_from=Time(0), quiet_until=Time(6), off_days=(), check_in_day=5
    )
