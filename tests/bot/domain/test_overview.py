"""What an organiser sees of a student, and why somebody could use a word."""

import dataclasses
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from whenever import Date

from bot.domain.cohort import Cohort, Numbers
from bot.domain.overview import (
    Line,
    Reason,
    Student,
    attention_first,
    is_on_track,
    line,
    reasons,
    with_told,
)
from bot.domain.term import checks_in, ended, last_seen, notice_day
from tests.front_door import MONDAY

TODAY = Date(2026, 11, 23)
NUMBERS = Numbers()


def a_student(**rest: Any) -> Student:
    """Somebody who joined two months ago and asks a person a week."""
    known: dict[str, Any] = {
        "id": 1, "name": "Ana", "goal": 1, "joined": Date(2026, 9, 21),
        "asks": tuple(TODAY.subtract(days=7 * back) for back in range(8)),
    }  # fmt: skip
    return Student(**{**known, **rest})


def back(*days: int) -> tuple[Date, ...]:
    """So many days ago."""
    return tuple(TODAY.subtract(days=each) for each in days)


def test_it_shows_counts_and_nothing_else() -> None:
    """No word, no contact, no last visit, no share of thank-yous: there is no field for them."""
    names = {each.name for each in dataclasses.fields(Line)}
    assert names == {
        "id", "name", "asks", "talks", "names", "goal", "on_track", "joined", "paused",
        "reachable", "reasons", "lately",
    }  # fmt: skip


def test_what_is_new_are_the_seven_days_before_today() -> None:
    """Since the brief of a week ago: that day counts, today is the next one's."""
    student = a_student(asks=back(0, 1, 7, 8), talks=back(7), new_names=2)
    assert line(student, TODAY, NUMBERS).lately == (2, 1, 2)


def test_who_asks_needs_no_word() -> None:
    """An ask within two weeks is enough, and so is a talk."""
    assert reasons(a_student(), TODAY, NUMBERS) == ()
    assert reasons(a_student(asks=(), talks=back(3)), TODAY, NUMBERS) == ()


def test_two_weeks_without_an_ask() -> None:
    """From the fourteenth day on; whoever joined later than that has time."""
    assert reasons(a_student(asks=back(13)), TODAY, NUMBERS) == ()
    assert reasons(a_student(asks=back(14)), TODAY, NUMBERS) == (Reason.NO_ASK,)
    assert reasons(a_student(asks=(), joined=back(13)[0]), TODAY, NUMBERS) == ()
    few = dataclasses.replace(NUMBERS, attention_days=5)
    assert reasons(a_student(asks=back(6)), TODAY, few) == (Reason.NO_ASK,)


def test_two_notes_without_an_answer() -> None:
    """Older than the days that an answer may take, and no talk meanwhile."""
    waiting = a_student(asks=back(8, 9), waiting=back(8, 9))
    assert reasons(waiting, TODAY, NUMBERS) == (Reason.UNANSWERED,)
    assert reasons(dataclasses.replace(waiting, talks=back(2)), TODAY, NUMBERS) == ()
    assert reasons(a_student(waiting=back(1, 2, 8)), TODAY, NUMBERS) == ()


def test_not_joined_and_not_reached() -> None:
    """Whoever has not joined is not also behind; who is not reached may be quiet besides."""
    assert reasons(a_student(joined=None, asks=()), TODAY, NUMBERS) == (Reason.NOT_JOINED,)
    assert reasons(a_student(reachable=False), TODAY, NUMBERS) == (Reason.BLOCKED,)


def test_who_paused_is_left_in_peace() -> None:
    """Whatever else is so."""
    assert reasons(a_student(quiet=True, asks=(), reachable=False), TODAY, NUMBERS) == ()


def test_on_track_counts_the_last_four_weeks() -> None:
    """One talk a week: four in four weeks; who joined two weeks ago needs two; on day one none."""
    assert is_on_track(a_student(talks=back(1, 8, 15, 22)), TODAY)
    assert not is_on_track(a_student(talks=back(1, 8, 15, 29)), TODAY)
    assert is_on_track(a_student(joined=back(14)[0], talks=back(1, 2)), TODAY)
    assert is_on_track(a_student(joined=TODAY), TODAY)
    assert is_on_track(a_student(goal=0), TODAY)


def test_what_a_check_in_counts_is_counted_too() -> None:
    """As many as the log has or as the student said, whichever is more; nothing twice."""
    monday, sunday = Date(2026, 11, 9), Date(2026, 11, 15)
    logged = [Date(2026, 11, 11), Date(2026, 11, 18)]
    assert with_told(logged, [(monday, 1)], TODAY) == tuple(logged)
    assert with_told(logged, [(monday, 3)], TODAY) == (*logged, sunday, sunday)
    assert with_told([], [(TODAY, 1)], TODAY) == (TODAY,)


def test_after_the_end_nobody_needs_a_word() -> None:
    """And nothing after the last day is counted."""
    late = a_student(asks=(Date(2026, 10, 1), Date(2026, 12, 1)))
    seen = line(late, Date(2026, 11, 30), NUMBERS, over=True)
    assert (seen.asks, seen.reasons) == (1, ())


students = st.builds(
    a_student,
    id=st.integers(1, 99),
    name=st.text(max_size=5),
    goal=st.integers(0, 3),
    joined=st.none() | st.integers(0, 90).map(lambda days: back(days)[0]),
    quiet=st.booleans(),
    reachable=st.booleans(),
    asks=st.lists(st.integers(0, 60)).map(lambda days: back(*days)),
    waiting=st.lists(st.integers(0, 60)).map(lambda days: back(*days)),
    talks=st.lists(st.integers(0, 60)).map(lambda days: back(*days)),
)


@given(st.lists(students, max_size=12))
def test_who_needs_a_word_comes_first(some: list[Student]) -> None:
    """Nobody is lost, and no one without a reason stands before one with one."""
    lines = [line(each, TODAY, NUMBERS) for each in some]
    ordered = attention_first(lines)
    assert sorted(each.id for each in ordered) == sorted(each.id for each in lines)
    needy = [bool(each.reasons) for each in ordered]
    assert needy == sorted(needy, reverse=True)
    assert not any(each.paused and each.reasons for each in ordered)


def a_class(**rest: Any) -> Cohort:
    """From September to the end of May."""
    dates: dict[str, Any] = {"starts": Date(2026, 9, 14), "ends": Date(2027, 5, 28)}
    return Cohort(name="Class", created=MONDAY, **{**dates, **rest})


def test_a_class_has_a_beginning_and_an_end() -> None:
    """The last day belongs to it; a class without one never ends."""
    assert not ended(a_class(), Date(2027, 5, 28))
    assert ended(a_class(), Date(2027, 5, 29))
    assert not ended(a_class(ends=None), Date(2099, 1, 1))
    assert last_seen(a_class(), Date(2027, 9, 1)) == Date(2027, 5, 28)
    assert last_seen(a_class(ends=None), TODAY) == TODAY
    assert notice_day(a_class()) == Date(2027, 4, 28)
    assert notice_day(a_class(ends=None)) is None


@given(st.integers(0, 600))
def test_check_ins_go_on_once_a_month(days: int) -> None:
    """Of any four or five same weekdays of a month after the end exactly one is asked about."""
    first = Date(2027, 6, 1).add(days=days).replace(day=1)
    weekday = first.add(days=days % 7)
    month = [weekday.add(days=7 * each) for each in range(5)]
    asked = [day for day in month if day.month == first.month and checks_in(a_class(), day)]
    assert len(asked) == 1
    assert not checks_in(a_class(), Date(2026, 9, 13))
    assert checks_in(a_class(), Date(2026, 12, 21))
