"""The note's shapes, who may be asked when, and manners, as rules."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whenever import Instant, TimeDelta

from bot.domain.asking import Shape, draft_again, draft_ask, draft_follow_up, masked
from bot.domain.asks import Ask
from bot.domain.availability import held, place_ends
from bot.domain.cohort import Numbers
from bot.domain.etiquette import GOOD_DAYS, GOOD_HOURS, good_hour, is_executive
from bot.domain.note_check import FindingKind, check_note
from bot.domain.people import ContactKind
from tests.builders import NOW, a_contact, a_member, an_alum

NAMES = st.text(st.characters(categories=("L", "Zs")), min_size=1, max_size=60).filter(str.strip)
NUMBERS = Numbers()


@given(
    NAMES, NAMES, st.sampled_from(ContactKind), st.text(max_size=40), st.text(max_size=60),
    st.sampled_from((Shape.NOTE, Shape.LONG_NOTE)), st.booleans(),
)  # fmt: skip
def test_a_linkedin_note_is_never_too_long(
    name: str, me: str, kind: ContactKind, field: str, fact: str, shape: Shape, sent: bool
) -> None:
    """Whatever the names, it fits, keeps the twenty minutes and asks for no job."""
    contact = a_contact(name, kind=kind, field=field, facts=fact)
    made = draft_ask(
        contact, a_member(name=me, major=field), contact if sent else None, NUMBERS, shape
    )
    assert made.characters <= (200 if shape is Shape.NOTE else 300)
    assert "20 minutes" in made.words
    assert "not a job" in made.words


@pytest.mark.parametrize("kind", ContactKind)
@pytest.mark.parametrize("shape", [Shape.EMAIL, Shape.TEXT, Shape.PHONE])
def test_our_own_drafts_pass_our_own_check(kind: ContactKind, shape: Shape) -> None:
    """With facts and a major, nothing but a blank that only the student can fill is found."""
    contact = a_contact("Dana Kim", kind=kind, company="Acme", facts="the night buses\nthe depot")
    made = draft_ask(contact, a_member(major="biology", school="Lakeside"), None, NUMBERS, shape)
    found = {each.kind for each in check_note(made.words, NUMBERS)} - {FindingKind.BLANK}
    assert found <= ({FindingKind.LONG} if shape is Shape.PHONE else set())


def test_the_tie_comes_first_and_the_request_last() -> None:
    """Tie, who I am, why you, how long, advice not a job: in this order (B1)."""
    contact = a_contact("Dana Kim", company="Acme", title="Nurse")
    words = draft_ask(contact, a_member(major="biology"), a_contact("Lee Chan"), NUMBERS).words
    order = ["Lee Chan suggested", "I’m a student of biology", "Your work as a nurse", "20 to 30"]
    assert sorted(order, key=words.index) == order
    assert words.index("20 to 30") < words.index("not a job")


def test_follow_ups_are_short_and_easy_to_refuse() -> None:
    """Both name twenty minutes and press nobody."""
    for words in (
        draft_follow_up(a_contact(), a_member(), NUMBERS),
        draft_again(a_contact(), a_member(), NUMBERS),
    ):
        kinds = {each.kind for each in check_note(words, NUMBERS)}
        assert kinds <= {FindingKind.TIE, FindingKind.BLANK}


@given(st.text(max_size=80), st.text(min_size=2, max_size=8).filter(lambda s: len(s.strip()) > 1))
def test_nothing_hidden_is_left(words: str, value: str) -> None:
    """A masked name does not show, whatever stands around it."""
    hidden = masked(f"{words} {value} {words}", [(value, "#")])
    assert value.strip() not in hidden or value.strip() in "#"


def an_ask(member: int, hours_ago: float, *, sent: bool = False, **rest: Any) -> Ask:
    """Somebody's ask to the alum, so long ago."""
    then = NOW - TimeDelta(hours=hours_ago)
    moments: dict[str, Any] = {"drafted": then, "sent": then if sent else None, **rest}
    return Ask(cohort_id=1, member_id=member, contact_id=1, alum_id=1, **moments)


ASKS = st.lists(
    st.builds(
        an_ask, st.integers(1, 5), st.floats(0, 24 * 40), sent=st.booleans(),
        released=st.none() | st.just(NOW - TimeDelta(hours=1)),
    ),
    max_size=8,
)  # fmt: skip


@given(ASKS, st.none() | st.integers(1, 4))
def test_a_hold_ends_when_it_says(asks: list[Ask], number: int | None) -> None:
    """At the moment named the asker may ask, just before it not; nobody waits for themselves."""
    alum = an_alum(asks_per_month=number)
    why = held(alum, asks, 1, NUMBERS, NOW)
    if why is None:
        return
    assert why.until is not None
    assert why.until > NOW
    assert held(alum, asks, 1, NUMBERS, why.until) is None
    assert held(alum, asks, 1, NUMBERS, why.until - TimeDelta(seconds=1)) == why
    assert not any(each.member_id == 1 and place_ends(each, NUMBERS) > NOW for each in asks)


@given(ASKS)
def test_places_are_never_overfull_without_a_hold(asks: list[Ask]) -> None:
    """Who is not held finds a place free, or has one already."""
    alum = an_alum(asks_per_month=2)
    taken = [each for each in asks if place_ends(each, NUMBERS) > NOW]
    mine = any(each.member_id == 1 for each in taken)
    assert (held(alum, asks, 1, NUMBERS, NOW) is None) == (mine or len(taken) < 2)


@pytest.mark.parametrize(
    "title",
    ["CEO", "Founder & CEO", "Chief Marketing Officer", "President", "Senior Vice President, Sales",
     "Managing Director", "Executive Director", "Chair of the Board", "CTO", "Provost"],
)  # fmt: skip
def test_titles_at_the_top(title: str) -> None:
    """A warning is due (B7)."""
    assert is_executive(title)


@pytest.mark.parametrize(
    "title",
    ["Executive Assistant to the CEO", "Account Executive", "Marketing Manager",
     "Director of Sales", "Chief Resident", "Student Body President", "Assistant Vice President",
     "Nurse", "", "Product Owner", "Associate", "Company Secretary", "Coordinator"],
)  # fmt: skip
def test_titles_that_are_not(title: str) -> None:
    """No warning for those who only sound like it."""
    assert not is_executive(title)


@given(st.integers(0, 366 * 24 * 4), st.sampled_from(["America/Chicago", "Asia/Kolkata", "UTC"]))
def test_a_good_hour_is_good_there(quarter: int, zone: str) -> None:
    """Tuesday to Thursday at ten or two on their clock, an hour ahead, within a week."""
    now = Instant.from_utc(2026, 1, 1) + TimeDelta(minutes=15 * quarter)
    moment = good_hour(now, zone)
    there = moment.to_tz(zone)
    assert there.date().day_of_week().value in GOOD_DAYS
    assert there.time() in GOOD_HOURS
    assert TimeDelta(hours=1) <= moment - now <= TimeDelta(hours=24 * 7)
