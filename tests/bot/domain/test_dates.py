"""Days and moments are understood as people type them, echoed whole, and never silently wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Date, Instant, Time, ZonedDateTime

from bot.domain.dates import (
    DAY_IS_AHEAD,
    DAY_IS_PAST,
    LEFT_OVER,
    LEFT_OVER_DAY,
    NO_DAY,
    NO_MOMENT,
    NO_TIME,
    REPEATED,
    SKIPPED,
    TIME_IS_AHEAD,
    TIME_IS_PAST,
    Unclear,
    UnderstoodDay,
    UnderstoodMoment,
    understand_day,
    understand_moment,
    understand_time,
)

NY, TOKYO, BERLIN = "America/New_York", "Asia/Tokyo", "Europe/Berlin"
TODAY = Date(2026, 3, 4)  # a Wednesday
NOW = ZonedDateTime(2026, 3, 4, 10, tz=NY).to_instant()


def day(text: str, prefer="future", zone: str = NY) -> str:
    found = understand_day(text, TODAY, zone, prefer)
    assert isinstance(found, UnderstoodDay), found
    return f"{found.day} or {found.other}" if found.other else str(found.day)


def moment(text: str, prefer="future", now: Instant = NOW) -> UnderstoodMoment:
    found = understand_moment(text, now, NY, TOKYO, prefer)
    assert isinstance(found, UnderstoodMoment), found
    return found


def wall(at: Instant | None, zone: str = NY) -> str | None:
    if at is None:
        return None
    there = at.to_tz(zone)
    return f"{there.date()} {str(there.time())[:5]}"


def why(found: object) -> str:
    assert isinstance(found, Unclear), found
    return found.why


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("today", "2026-03-04"),
        ("tomorrow", "2026-03-05"),
        ("tmr", "2026-03-05"),
        ("day after tomorrow", "2026-03-06"),
        ("friday", "2026-03-06"),
        ("Fri", "2026-03-06"),
        ("on Friday.", "2026-03-06"),
        ("this friday", "2026-03-06"),
        ("wednesday", "2026-03-04 or 2026-03-11"),
        ("next tue", "2026-03-10"),
        ("next friday", "2026-03-13 or 2026-03-06"),
        ("friday next week", "2026-03-13 or 2026-03-06"),
        ("friday the 13th", "2026-03-13"),
        ("in 2 weeks", "2026-03-18"),
        ("in 2 weeks' time", "2026-03-18"),
        ("in a fortnight", "2026-03-18"),
        ("in three days", "2026-03-07"),
        ("two weeks from now", "2026-03-18"),
        ("a week from friday", "2026-03-13"),
        ("in 6 months", "2026-09-04"),
        ("next week", "2026-03-09"),
        ("next month", "2026-04-01"),
        ("end of the month", "2026-03-31"),
        ("end of next week", "2026-03-13"),
        ("weekend", "2026-03-07"),
        ("14.3.", "2026-03-14"),
        ("14.3.26", "2026-03-14"),
        ("14. 3. 2026", "2026-03-14"),
        ("3/14", "2026-03-14"),
        ("14/3", "2026-03-14"),
        ("3/14/26", "2026-03-14"),
        ("14-03-2026", "2026-03-14"),
        ("2026-03-14", "2026-03-14"),
        ("14 March", "2026-03-14"),
        ("March 14th", "2026-03-14"),
        ("the 14th of march 2027", "2027-03-14"),
        ("14 Feb", "2027-02-14"),
        ("Sat 14 March", "2026-03-14"),
        ("the 14th", "2026-03-14"),
        ("2nd friday of march", "2026-03-13"),
        ("last friday in may", "2026-05-29"),
        ("friday at 3pm", "2026-03-06"),
        ("monday morning", "2026-03-09"),
        ("morgen", "2026-03-05"),
        ("übermorgen", "2026-03-06"),
        ("nächster Dienstag", "2026-03-10"),
        ("14. März", "2026-03-14"),
        ("demain", "2026-03-05"),
        ("le 14 mars", "2026-03-14"),
        ("14 de marzo", "2026-03-14"),
        ("in zwei wochen", "2026-03-18"),
        ("١٤/٠٣", "2026-03-14"),
    ],
)
def test_days_to_come_are_read_as_people_write_them(typed: str, read: str) -> None:
    """With the second reading where there are two."""
    assert day(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("yesterday", "2026-03-03"),
        ("yesterday afternoon", "2026-03-03"),
        ("friday", "2026-02-27"),
        ("wednesday", "2026-03-04"),
        ("last friday", "2026-02-27"),
        ("2 weeks ago", "2026-02-18"),
        ("a couple of weeks ago", "2026-02-18"),
        ("14 Feb", "2026-02-14"),
        ("3/14", "2025-03-14"),
        ("the 14th", "2026-02-14"),
        ("gestern", "2026-03-03"),
        ("vor 3 tagen", "2026-03-01"),
    ],
)
def test_days_gone_by_are_looked_for_in_the_past(typed: str, read: str) -> None:
    """For a talk that was had."""
    assert day(typed, "past") == read


def test_three_four_is_read_as_the_place_reads_it_with_the_other_beside_it() -> None:
    """In March in New York, in April in Berlin."""
    assert day("3/4") == "2026-03-04 or 2026-04-03"
    assert day("3/4", zone=BERLIN) == "2026-04-03 or 2026-03-04"
    assert day("3.4.", zone=NY) == "2026-04-03"  # a point is never American
    assert day("4/4") == "2026-04-04"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", NO_DAY),
        ("banana", NO_DAY),
        ("<!channel>", NO_DAY),
        ("march", NO_DAY),
        ("march 2027", NO_DAY),
        ("14", NO_DAY),
        ("mid march", NO_DAY),
        ("x" * 10_000, NO_DAY),
        ("fri or sat", LEFT_OVER_DAY),
        ("banana friday", LEFT_OVER_DAY),
        ("not friday", LEFT_OVER_DAY),
        ("every friday", LEFT_OVER_DAY),
        ("two fridays from now", LEFT_OVER_DAY),
        ("yesterday", DAY_IS_PAST),
        ("31 april", "There is no such day in the calendar."),
        ("feb 30", "There is no such day in the calendar."),
        ("13/13", "There is no such day in the calendar."),
        ("1/1/2050", "That year is far away. Please check it."),
        ("9999-12-31", "That year is far away. Please check it."),
        (
            "Fri 14 March",
            "That date falls on another day of the week. Which of the two is right?",
        ),
    ],
)
def test_what_is_not_certain_is_asked(typed: str, sentence: str) -> None:
    """In a sentence that repeats nothing of what was typed."""
    assert why(understand_day(typed, TODAY, NY)) == sentence


def test_a_day_in_the_wrong_direction_is_asked_about() -> None:
    """Unless any will do."""
    assert why(understand_day("tomorrow", TODAY, NY, "past")) == DAY_IS_AHEAD
    assert day("tomorrow", "any") == "2026-03-05"
    assert day("yesterday", "any") == "2026-03-03"
    assert day("1 March", "any") == "2026-03-01"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("next tue 3pm", "2026-03-10 15:00"),
        ("tomorrow at 15:00", "2026-03-05 15:00"),
        ("friday noon", "2026-03-06 12:00"),
        ("friday midnight", "2026-03-07 00:00"),
        ("15:00", "2026-03-04 15:00"),
        ("09:00", "2026-03-05 09:00"),
        ("24:00", "2026-03-05 00:00"),
        ("14.3. 15:00", "2026-03-14 15:00"),
        ("14.3. 14.30", "2026-03-14 14:30"),
        ("3/14 3pm", "2026-03-14 15:00"),
        ("march 14 3:30 p.m.", "2026-03-14 15:30"),
        ("tomorrow morning at 9", "2026-03-05 09:00"),
        ("tonight at 7", "2026-03-04 19:00"),
        ("friday 8 in the evening", "2026-03-06 20:00"),
        ("tomorrow 8:30 in the morning", "2026-03-05 08:30"),
        ("friday 11 at night", "2026-03-06 23:00"),
        ("tomorrow at 1800", "2026-03-05 18:00"),
        ("5 minutes before noon friday", "2026-03-06 11:55"),
        ("day after tomorrow 11am", "2026-03-06 11:00"),
        ("friday 1530h", "2026-03-06 15:30"),
        ("fri 13 march 10am", "2026-03-13 10:00"),
        ("in 2 weeks at 10am", "2026-03-18 10:00"),
        ("in 2 hours", "2026-03-04 12:00"),
        ("in half an hour", "2026-03-04 10:30"),
        ("in an hour and a half", "2026-03-04 11:30"),
        ("in 1h30", "2026-03-04 11:30"),
        ("in 90 min", "2026-03-04 11:30"),
        ("2026-03-14T15:00", "2026-03-14 15:00"),
        ("2026-03-14 15:00Z", "2026-03-14 11:00"),
        ("2026-03-14T15:00+01:00", "2026-03-14 10:00"),
        ("morgen um 15 Uhr", "2026-03-05 15:00"),
        ("nächsten Montag 14 Uhr 30", "2026-03-09 14:30"),
        ("demain à 14h30", "2026-03-05 14:30"),
        ("mañana a las 15:00", "2026-03-05 15:00"),
        ("lundi prochain à 14h", "2026-03-09 14:00"),
    ],
)
def test_moments_are_read_as_people_write_them(typed: str, read: str) -> None:
    """On the wall of the student's own zone, with no second reading."""
    found = moment(typed)
    assert (wall(found.moment), found.other, found.zone, found.note) == (read, None, NY, "")


@pytest.mark.parametrize(
    ("typed", "read", "other"),
    [
        ("half past four", "2026-03-04 16:30", "2026-03-05 04:30"),
        ("tomorrow at 4", "2026-03-05 16:00", "2026-03-05 04:00"),
        ("quarter to five tomorrow", "2026-03-05 16:45", "2026-03-05 04:45"),
        ("tmr 9", "2026-03-05 09:00", "2026-03-05 21:00"),
        ("the 14th at ten", "2026-03-14 10:00", "2026-03-14 22:00"),
        ("8:00", "2026-03-05 08:00", "2026-03-04 20:00"),
        ("3/4 15:00", "2026-03-04 15:00", "2026-04-03 15:00"),
        ("next friday 10am", "2026-03-13 10:00", "2026-03-06 10:00"),
    ],
)
def test_two_readings_are_both_told(typed: str, read: str, other: str) -> None:
    """The likelier first: nobody meets at four in the morning."""
    found = moment(typed)
    assert (wall(found.moment), wall(found.other)) == (read, other)


@pytest.mark.parametrize(
    ("typed", "zone", "read"),
    [
        ("tomorrow 9:30am their time", TOKYO, "2026-03-05 09:30"),
        ("9:30pm my time tomorrow", NY, "2026-03-05 21:30"),
        ("3pm berlin time friday", BERLIN, "2026-03-06 15:00"),
        ("friday 3pm New York time", NY, "2026-03-06 15:00"),
        ("15:00 CET friday", BERLIN, "2026-03-06 15:00"),
        ("friday 3pm PT", "America/Los_Angeles", "2026-03-06 15:00"),
        ("friday 3pm in london", "Europe/London", "2026-03-06 15:00"),
        ("friday 15:00 GMT", "UTC", "2026-03-06 15:00"),
    ],
)
def test_another_zone_may_be_named(typed: str, zone: str, read: str) -> None:
    """The wall is that zone's, and the echo says so."""
    found = moment(typed)
    assert (found.zone, wall(found.moment, zone)) == (zone, read)


def test_their_time_needs_to_be_known_and_a_name_to_mean_one_zone() -> None:
    """Both are asked about."""
    assert "time zone" in why(understand_moment("9:30 their time", NOW, NY))
    assert "several" in why(understand_moment("friday 15:00 IST", NOW, NY))
    assert why(understand_moment("friday 15:00 mars time", NOW, NY)) == LEFT_OVER


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("friday", NO_TIME),
        ("in 2 weeks", NO_TIME),
        ("tomorrow morning", NO_TIME),
        ("banana", NO_MOMENT),
        ("", NO_MOMENT),
        ("friday 3pm or 4pm", LEFT_OVER),
        ("3-4pm friday", LEFT_OVER),
        ("friday 25:00", "There is no such time of day."),
        ("friday 3:75", "There is no such time of day."),
        ("yesterday 3pm", TIME_IS_PAST),
        ("today 9:00", TIME_IS_PAST),
        ("2 hours ago", TIME_IS_PAST),
        ("2026-02-30 10:00", NO_MOMENT),
        ("9999-12-31 10:00", "That year is far away. Please check it."),
    ],
)
def test_a_moment_that_is_not_certain_is_asked(typed: str, sentence: str) -> None:
    """A day without a time is not a moment, and what has passed is not booked."""
    assert why(understand_moment(typed, NOW, NY, TOKYO)) == sentence


def test_moments_gone_by_are_read_when_they_are_wanted() -> None:
    """For a talk that was had."""
    assert wall(moment("yesterday 3pm", "past").moment) == "2026-03-03 15:00"
    assert wall(moment("2 hours ago", "past").moment) == "2026-03-04 08:00"
    assert wall(moment("15:00", "past").moment) == "2026-03-03 15:00"
    assert why(understand_moment("tomorrow 3pm", NOW, NY, prefer="past")) == TIME_IS_AHEAD


def test_a_weekday_that_is_today_means_today_while_there_is_time() -> None:
    """And next week when its hour is over."""
    assert wall(moment("wednesday 3pm").moment) == "2026-03-04 15:00"
    assert wall(moment("wednesday 9am").moment) == "2026-03-11 09:00"


def test_an_hour_that_the_clocks_skip_is_said() -> None:
    """2:30 on 8 March 2026 does not exist in New York."""
    for typed in ("8 march 2:30 am", "2026-03-08 02:30"):
        found = moment(typed)
        assert (wall(found.moment), found.note) == ("2026-03-08 03:30", SKIPPED)


def test_an_hour_that_comes_twice_is_said_with_both() -> None:
    """1:30 on 1 November 2026 is there twice; the first is taken."""
    found = moment("1 nov 1:30am")
    assert found.note == REPEATED
    assert found.moment == Instant.from_utc(2026, 11, 1, 5, 30)
    assert found.other == Instant.from_utc(2026, 11, 1, 6, 30)


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("20:00", Time(20)),
        ("8pm", Time(20)),
        ("8", Time(8)),
        ("6:00", Time(6)),
        ("at 6", Time(6)),
        ("noon", Time(12)),
        ("7.30", Time(7, 30)),
        ("half past six", Time(6, 30)),
        ("0800h", Time(8)),
        ("24:00", Time(0)),
        ("22h", Time(22)),
        ("25:00", None),
        ("late", None),
        ("8 or 9", None),
        ("", None),
    ],
)
def test_a_time_of_day_for_a_setting_is_meant_as_written(typed: str, time: Time | None) -> None:
    """Six is six in the morning here."""
    assert understand_time(typed) == time


dates = st.dates(TODAY.to_stdlib(), TODAY.add(years=9).to_stdlib()).map(Date)
clock = st.builds(Time, st.integers(7, 23), st.integers(0, 59))
prefers = st.sampled_from(["past", "future", "any"])


@given(
    dates, st.sampled_from(["YYYY-MM-DD", "D.M.YYYY", "D MMM YYYY", "MMM D YYYY", "DDD D MMM YYYY"])
)
def test_every_full_date_is_itself(date: Date, pattern: str) -> None:
    """However it is written."""
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    text = date.format(
        pattern.replace("DDD ", "")
        .replace("D.M", "DD.MM")
        .replace("D MMM", "DD MMM")
        .replace("MMM D ", "MMM DD ")
    )
    if pattern.startswith("DDD"):
        text = f"{names[date.day_of_week().value - 1]} {text}"
    assert understand_day(text, TODAY, NY) == UnderstoodDay(date)


@given(dates, clock, st.sampled_from([NY, TOKYO, BERLIN, "Australia/Lord_Howe"]))
def test_every_written_moment_is_itself(date: Date, time: Time, zone: str) -> None:
    """Between seven and midnight, when no clock is changed."""
    expected = date.at(time).assume_tz(zone).to_instant()
    text = f"{date} {str(time)[:5]}"
    if expected > NOW:
        assert understand_moment(text, NOW, zone) == UnderstoodMoment(expected, zone)


@given(st.text(max_size=40), prefers)
def test_any_text_is_understood_or_asked_about(text: str, prefer) -> None:
    """Never an error, never the wrong direction."""
    found = understand_day(text, TODAY, NY, prefer)
    if isinstance(found, UnderstoodDay) and prefer != "any":
        assert (found.day >= TODAY) if prefer == "future" else (found.day <= TODAY)
    then = understand_moment(text, NOW, NY, TOKYO, prefer)
    if isinstance(then, UnderstoodMoment) and prefer != "any":
        assert (then.moment > NOW) == (prefer == "future")
    understand_time(text)


WORDS = "next last friday tue 3pm at 4 the 14 14th march in 2 weeks ago half past noon 3/4 9:30 their time et tomorrow a 25:00 . from now end of month".split()  # noqa: E501, SIM905


@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join), prefers)
def test_any_mixture_of_date_words_is_understood_or_asked_about(text: str, prefer) -> None:
    """The rules do not trip over one another."""
    assert isinstance(understand_day(text, TODAY, NY, prefer), UnderstoodDay | Unclear)
    found = understand_moment(text, NOW, NY, TOKYO, prefer)
    assert isinstance(found, UnderstoodMoment | Unclear)
