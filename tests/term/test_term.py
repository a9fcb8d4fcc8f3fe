"""Twelve weeks of one student, day by day: the rules that hold throughout, and the page of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from whenever import Date

from bot.domain.asks import Ask
from bot.domain.people import Contact
from bot.domain.talks import Talk
from tests.term.__main__ import PAGE
from tests.term.held import (
    at_bad_times,
    booked_late,
    days_with_two,
    hours_of,
    thanks_too_often,
    without_next_step,
    without_reason,
)
from tests.term.narrow import DISCORD, longest_form, refused_by_discord, refused_by_slack
from tests.term.page import page
from tests.term.story import lived
from tests.term.student import Student
from tests.term.tally import letters_by_week

PAUSE = (Date(2027, 3, 8), Date(2027, 3, 22))
EXAMS = "2027-03-08 19:00"
FIRST, HOUR, SUMMER, END = (
    Date(2027, 1, 25), Date(2027, 2, 21), Date(2027, 3, 28), Date(2027, 4, 19),
)  # fmt: skip


@pytest.fixture(scope="module")
def term(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Student]:
    """Lived once for all these tests."""
    made = lived(template, tmp_path_factory.mktemp("term"))
    yield made
    made.house.database.close()


@pytest.fixture(scope="module")
def narrow(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Student]:
    """The same until the exams, where a form holds five questions and a message only so much."""
    made = lived(template, tmp_path_factory.mktemp("narrow"), DISCORD, EXAMS)
    yield made
    made.house.database.close()


def test_at_most_one_unasked_message_a_day(term: Student) -> None:
    """Reminders of a booked talk aside."""
    assert days_with_two(term) == []


def test_never_at_night_on_a_day_off_or_in_a_pause(term: Student) -> None:
    """Quiet hours, Sundays and the exam weeks are hers."""
    assert at_bad_times(term, PAUSE) == []


def test_thanks_are_nudged_about_twice_at_most(term: Student) -> None:
    """Never twice on one day, never a third time, and there was one second time."""
    assert thanks_too_often(term) == []
    nudges = [row.subject for each in term.letters for row in each.rows
              if row.command == "thanks remind"]  # fmt: skip
    assert len(nudges) == len(set(nudges)) + 1


def test_nothing_that_is_done_is_asked_for(term: Student) -> None:
    """Looked at as each message came."""
    assert term.stale == []


def test_every_nudge_has_a_next_step_and_says_why_it_came(term: Student) -> None:
    """A button, whom or what it is about, and how to stop."""
    assert without_next_step(term) == []
    assert without_reason(term) == []


def test_the_same_hour_before_and_after_the_clocks_change(term: Student) -> None:
    """Mondays at nine; then her Wednesday at five, in winter and in summer time."""
    assert set(hours_of(term, "checkin ask", FIRST, HOUR)) == {"09:00"}
    assert set(hours_of(term, "checkin ask", HOUR, SUMMER)) == {"17:00"}
    assert set(hours_of(term, "checkin ask", SUMMER, END)) == {"17:00"}
    assert set(hours_of(term, "thanks remind", FIRST, SUMMER)) == {"09:00"}
    assert set(hours_of(term, "thanks remind", SUMMER, END)) == {"09:00"}


def test_reminders_of_a_booked_talk_are_never_late(term: Student) -> None:
    """Earlier, if it must be."""
    assert booked_late(term) == []


def test_doing_what_is_proposed_is_the_practice(term: Student) -> None:
    """She asks every kind of person, thanks everybody, and names lead to names."""
    asks, talks, people = (term.person.keeps(kind) for kind in (Ask, Talk, Contact))
    assert {each.outcome for each in asks} >= {"replied", "no reply", "declined"}
    assert len(talks) >= 5
    assert all(each.thanked is not None for each in talks)
    assert sum(each.referred_by is not None for each in people) >= 4
    written = [each.contact_id for each in asks if each.sent is not None]
    assert len(written) == len(set(written)), "nobody is asked twice as a stranger"


def test_no_week_is_loud(term: Student) -> None:
    """Three messages of a booked talk, one thank-you, one check-in, and little else."""
    weeks = letters_by_week(term)
    assert max(len([each for each in week if each.unasked]) for week in weeks.values()) <= 5
    assert weeks[8] == []


def test_the_page_says_what_happens(term: Student) -> None:
    """docs/a-term.md is the term as the code lives it now: ``make docs`` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page(term), "run: make docs"


def test_limits_change_nothing_but_the_steps(term: Student, narrow: Student) -> None:
    """The same messages at the same minutes, and the same words written."""
    came = [(each.at, each.about) for each in narrow.letters]
    assert came == [(each.at, each.about) for each in term.letters][: len(came)]
    assert len(came) > 20
    tips = [[each.tip for each in lives.person.keeps(Talk)] for lives in (narrow, term)]
    assert tips[0] == tips[1][: len(tips[0])]


def test_discord_takes_all_of_it(narrow: Student) -> None:
    """Every message and every form, in the limits that are published; nothing is cut."""
    assert refused_by_discord(narrow) == []
    assert longest_form(narrow) == DISCORD.form_fields


def test_slack_takes_all_of_it(term: Student) -> None:
    """The same for its views and blocks, where a form asks everything at once."""
    assert refused_by_slack(term) == []
    assert longest_form(term) > 5
