"""Twelve weeks of a class of thirty, and two more: the rules that hold throughout, and the page."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from bot.domain.cohort import Account, Member
from bot.domain.introductions import Introduction
from bot.domain.owed import Owed
from bot.domain.pairings import Pairing
from bot.domain.people import Contact
from tests.cohort_term.__main__ import PAGE
from tests.cohort_term.held import (
    above_their_limit,
    at_bad_times,
    days_with_two,
    introductions_open,
    left_out_twice,
    letters_of,
    names_before_both_yeses,
    pairs_again,
    seen_by_others,
    seen_by_the_organiser,
    students,
)
from tests.cohort_term.page import page
from tests.cohort_term.story import END, Class, at_day, begun
from tests.cohort_term.tally import unasked_by_week
from tests.cohort_term.term import all_words
from tests.cohort_term.town import LEAVES, PUPILS, SILENT, STOPS
from tests.front_door import BERLIN, at


@pytest.fixture(scope="module")
def living(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    """Lived once for all these tests, as far as they need it."""
    lives = begun(template, tmp_path_factory.mktemp("class"))
    yield lives
    lives.term.close()


@pytest.fixture(scope="module")
def made(living: Class) -> Class:
    """Lived to the end."""
    living.term.goes_on_until(at(END))
    return living


@pytest.mark.parametrize("week", range(1, 14))
def test_week_by_week(living: Class, week: int) -> None:
    """No day with two, nothing at a bad time; a week a test, so that a slow machine gets there."""
    living.term.goes_on_until(at_day(7 * week + 1, "09:00"))
    assert days_with_two(living) == []
    assert at_bad_times(living) == []


def test_at_most_one_unasked_message_a_day(made: Class) -> None:
    """For every member, reminders of a booked talk aside."""
    assert days_with_two(made) == []


def test_never_at_night_on_a_sunday_or_in_a_pause(made: Class) -> None:
    """In each one's own zone."""
    assert at_bad_times(made) == []


def test_no_two_practise_together_twice(made: Class) -> None:
    """Twelve weeks, thirty students."""
    assert len(made.term.house.rows(Pairing)) > 80
    assert pairs_again(made) == []


def test_nobody_is_left_out_twice_running(made: Class) -> None:
    """Whoever has nobody this time comes first the next."""
    assert left_out_twice(made) == []


def test_no_alum_is_asked_above_their_number(made: Class) -> None:
    """Counted over the whole class, in any thirty days."""
    assert above_their_limit(made) == []


def test_every_introduction_ends(made: Class) -> None:
    """With both yeses, a no, or its fourteen days; some of each were seen."""
    assert introductions_open(made) == []
    ends = {each.state.value for each in made.term.house.rows(Introduction)}
    assert {"expired", "declined"} <= ends
    assert ends & {"connected", "met"}


def test_nobody_reads_what_is_somebody_elses(made: Class) -> None:
    """Notes, takeaways, addresses, private people: in no reply, message, post or button."""
    assert sorted(seen_by_others(made)) == []
    amina = made.players["Amina Yusuf"]
    own = "\n".join(all_words(shown) for _, shown in amina.who.seen)
    assert "Aminasmother" in own
    assert amina.marker("tip") in own, "what is searched for is there to be found"


def test_whom_somebody_knows_is_not_named_before_both_said_yes(made: Class) -> None:
    """Shared as "ask me first"."""
    assert names_before_both_yeses(made) == []


def test_the_organiser_reads_counts(made: Class) -> None:
    """Neither a note nor anybody whom a student knows."""
    assert seen_by_the_organiser(made) == []


@pytest.mark.parametrize("name", [each.name for each in PUPILS if each.pace == SILENT])
def test_who_never_answers_is_left_in_peace(made: Class, name: str) -> None:
    """The welcome, three messages, the word that it will be quiet; then nothing."""
    unasked = [each for each in letters_of(made, name) if each.unasked]
    assert 3 <= len(unasked) <= 5
    assert unasked[-1].brings("settings quiet") or "quiet" in unasked[-1].shown.words
    assert unasked[-1].at < made.briefs[5].at


def test_who_stopped_hears_nothing_more(made: Class) -> None:
    """And is still there."""
    stopped = made.players[STOPS].who.member.stopped
    assert stopped is not None
    assert [each for each in letters_of(made, STOPS) if each.at > stopped] == []


def test_who_left_has_no_rows(made: Class) -> None:
    """Of any kind."""
    rows, number = made.term.house.rows, made.left_as
    assert rows(Member, id=number) == []
    assert rows(Account, member_id=number) == []
    assert rows(Contact, owner_id=number) == []
    assert rows(Owed, member_id=number) == []
    assert [each for each in rows(Owed) if each.to == f"member:{number}"] == []
    assert LEAVES not in {each.name for each in rows(Member)}


def test_a_brief_each_monday_while_the_class_lasts(made: Class) -> None:
    """At nine; none on the first morning, when nobody has come yet, and none after the end."""
    came = [each.at.to_tz(each.zone) for each in made.briefs]
    assert {each.hour for each in came} == {9}
    mondays = [at_day(7 * week + 1).to_tz(BERLIN).date() for week, each in enumerate(came, start=1)]
    assert [each.date() for each in came] == mondays
    assert len(mondays) == 11


def test_no_week_is_loud(made: Class) -> None:
    """A few messages a student."""
    by_week = unasked_by_week(made)
    assert len(students(made)) == 30
    assert max(median(each) for each in by_week.values()) <= 4
    assert max(max(each) for each in by_week.values()) <= 6


def test_the_page_says_what_happens(made: Class) -> None:
    """docs/a-cohort.md is the term as the code lives it now: ``make docs`` writes it."""
    assert PAGE.read_text(encoding="utf-8") == page(made), "run: make docs"
