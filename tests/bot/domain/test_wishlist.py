"""The wish list's states: only legal moves, and no event throws anybody back."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.people import Contact, Standing
from bot.domain.wishlist import MOVES, in_order, may_move, moved
from tests.builders import a_contact

standings = st.sampled_from(Standing)


def test_every_standing_has_its_moves() -> None:
    """No state is a dead end, and none is forgotten."""
    assert set(MOVES) == set(Standing)
    assert all(MOVES.values())


@given(st.lists(standings, max_size=12))
def test_no_walk_of_events_ever_makes_an_illegal_step(events: list[Standing]) -> None:
    """Whatever comes in whatever order, each step taken is a legal one."""
    contact: Contact = a_contact()
    for event in events:
        after = moved(contact, event)
        assert may_move(contact.standing, after.standing)
        contact = after


@given(standings)
def test_a_talk_can_always_be_logged(now: Standing) -> None:
    """Every standing leads to "met" in one step."""
    assert may_move(now, Standing.MET)


def test_nobody_is_thanked_before_they_were_met() -> None:
    """A thank-you follows a talk."""
    before = set(Standing) - {Standing.MET, Standing.IN_TOUCH, Standing.THANKED}
    assert not any(may_move(each, Standing.THANKED) for each in before)


def test_who_comes_next_comes_first() -> None:
    """The wish list begins with those still to ask."""
    people = [a_contact(standing=Standing.THANKED), a_contact(standing=Standing.TO_ASK)]
    assert [each.standing for each in in_order(people)] == [Standing.TO_ASK, Standing.THANKED]
