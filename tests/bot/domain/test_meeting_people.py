"""Whom to meet first: the order of the practice, and three ways to begin for the unsure."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import load
from bot.domain.meeting_people import (
    CONTRASTING,
    Candidate,
    Reason,
    acquaintances,
    contrasting,
    in_order,
    is_unsure,
)
from bot.domain.people import ContactKind

FIELDS = load().fields
somebody = st.builds(
    Candidate,
    id=st.integers(1, 99),
    name=st.just("Dana"),
    leads=st.booleans(),
    known=st.booleans(),
    introduced_by=st.sampled_from(["", "Lee"]),
    near=st.sampled_from(["", "Sales"]),
)


@given(st.lists(somebody, max_size=12))
def test_the_order_is_known_field_near_leaders(candidates: list[Candidate]) -> None:
    """Nobody comes before somebody nearer, and the order given stays within a reason."""
    order = list(Reason)
    found = in_order(candidates)
    places = [order.index(why) for _, why in found]
    assert places == sorted(places)
    for why in Reason:
        mine = [each for each, reason in found if reason is why]
        assert mine == [each for each in candidates if each in mine]


@given(st.lists(somebody, max_size=12))
def test_a_leader_is_proposed_only_when_known_or_introduced(candidates: list[Candidate]) -> None:
    """Everybody else is proposed, and nobody twice."""
    shown = [each for each, _ in in_order(candidates)]
    left = [each for each in candidates if each not in shown]
    assert all(each.leads and not each.known and not each.introduced_by for each in left)
    assert len(shown) + len(left) == len(candidates)


@settings(deadline=None)  # the fields are indexed when the first words come
@given(st.text(max_size=80), st.text(max_size=80))
def test_the_unsure_always_get_three_fields_of_different_areas(likes: str, dream: str) -> None:
    """Whatever somebody likes, there are three directions to look in."""
    found = contrasting(FIELDS, likes, dream)
    assert len(found) == CONTRASTING
    assert len({FIELDS.by_id[each.id].area for each in found}) == CONTRASTING


def test_each_interest_has_its_turn() -> None:
    """Music and maths lead to one field each before either leads to a second."""
    first, second, _ = contrasting(FIELDS, "music and maths", "")
    areas = {FIELDS.by_id[each.id].area for each in (first, second)}
    assert areas == {"media_arts", "technology"}


def test_people_they_know_come_with_their_kind() -> None:
    """A coach is no relative, and an aunt is no coach."""
    found = acquaintances("Aunt Rosa, Coach Lee (Acme)\nProfessor Kim; Marta")
    assert [(each.name, each.company, each.kind) for each in found] == [
        ("Aunt Rosa", "", ContactKind.FAMILY),
        ("Coach Lee", "Acme", ContactKind.COWORKER),
        ("Professor Kim", "", ContactKind.PROFESSOR),
        ("Marta", "", ContactKind.FAMILY),
    ]


def test_what_somebody_is_names_nobody_else() -> None:
    """ "My aunt Rosa Keller, a bookseller" is one person, whom one would not call My."""
    found = acquaintances("my aunt Rosa Keller, a bookseller; my old coach Tom Brandt, my uncle")
    assert [(each.name, each.title, each.kind) for each in found] == [
        ("Rosa Keller", "bookseller", ContactKind.FAMILY),
        ("Tom Brandt", "", ContactKind.COWORKER),
        ("uncle", "", ContactKind.FAMILY),
    ]


@pytest.mark.parametrize("words", ["", "Not sure yet", "unsure", "I don’t know", "no idea."])
def test_not_sure_is_an_answer(words: str) -> None:
    """Nobody has to know the field they want."""
    assert is_unsure(words)
    assert not is_unsure("nursing")
