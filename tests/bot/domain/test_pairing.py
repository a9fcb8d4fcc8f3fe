"""Who practises with whom: no repeats, nobody twice, nobody left out twice running, same clocks."""

from itertools import combinations

import networkx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date, Instant

from bot.domain.matching import best_pairs
from bot.domain.pairing import Practiser, Round, is_turn, members_of, the_round, together
from bot.domain.pairings import Pairing

MONDAY = Date(2026, 11, 23)
AGAIN = 12
WEST, EAST = 0b0000_1111, 0b1111_0000


def kept(week: Date, found: Round) -> list[Pairing]:
    """The rows that a round leaves."""
    rows = [*found.groups, *((each,) for each in found.alone)]
    return [
        Pairing(
            cohort_id=1, week=week, first_id=first, second_id=(*more, None)[0],
            third_id=(*more, None, None)[1], made=Instant.MIN,
        )
        for first, *more in rows
    ]  # fmt: skip


def a_term(presence: list[set[int]]) -> list[Round]:
    """Rounds week by week, with whoever is there; who was left out comes first the next time."""
    rows: list[Pairing] = []
    left_out: set[int] = set()
    rounds = []
    for number, present in enumerate(presence):
        week = MONDAY.add(weeks=number)
        people = [Practiser(each, left_out=each in left_out) for each in sorted(present)]
        found = the_round(week, people, together(rows), AGAIN)
        rows += kept(week, found)
        left_out = (left_out - present) | set(found.alone)
        rounds.append(found)
    return rounds


def pairs_in(found: Round) -> list[tuple[int, int]]:
    """Everybody who practises with somebody."""
    return [pair for group in found.groups for pair in combinations(sorted(group), 2)]


terms = st.lists(st.sets(st.integers(1, 14), max_size=14), min_size=1, max_size=16)


@settings(max_examples=60, deadline=None)
@given(terms)
def test_nobody_meets_the_same_person_again_within_the_weeks(presence: list[set[int]]) -> None:
    """Whoever comes and goes, and however few they are: rather nobody than a repeat."""
    last: dict[tuple[int, int], int] = {}
    for number, found in enumerate(a_term(presence)):
        for pair in pairs_in(found):
            assert number - last.get(pair, -AGAIN) >= AGAIN
            last[pair] = number


@settings(max_examples=60, deadline=None)
@given(terms)
def test_everybody_who_is_there_is_in_one_place_once(presence: list[set[int]]) -> None:
    """In one group of two or three, or told that there is nobody; nobody else is in it."""
    for present, found in zip(presence, a_term(presence), strict=True):
        named = [each for group in found.groups for each in group] + list(found.alone)
        assert sorted(named) == sorted(present)
        assert all(len(group) in (2, 3) for group in found.groups)


@settings(max_examples=60, deadline=None)
@given(terms)
def test_who_is_left_out_twice_could_not_be_helped(presence: list[set[int]]) -> None:
    """Everybody new to them is with somebody who had waited as long, or there is nobody new."""
    known: dict[tuple[int, int], int] = {}
    waited: set[int] = set()
    for number, (present, found) in enumerate(zip(presence, a_term(presence), strict=True)):
        groups = {each: group for group in found.groups for each in group}
        for one in waited & set(found.alone):
            for other in present - {one}:
                new = number - known.get((min(one, other), max(one, other)), -AGAIN) >= AGAIN
                assert not new or waited & set(groups[other])
        known |= dict.fromkeys(pairs_in(found), number)
        waited = (waited - present) | set(found.alone)


@pytest.mark.parametrize("people", [26, 29, 30])
def test_in_a_class_nobody_is_ever_left_out(people: int) -> None:
    """Even or odd, for longer than the weeks without a repeat: the odd one joins two others."""
    assert all(found.alone == () for found in a_term([set(range(people))] * 16))


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), st.integers(1, 8))
def test_clocks_that_meet_are_put_together(west: int, east: int) -> None:
    """Nobody practises across the world while somebody awake is left on either side."""
    people = [Practiser(each, WEST) for each in range(west)]
    people += [Practiser(100 + each, EAST) for each in range(east)]
    across = [
        pair for pair in pairs_in(the_round(MONDAY, people, {}, AGAIN))
        if (pair[0] < 100) != (pair[1] < 100)
    ]  # fmt: skip
    if west > 1 and east > 1 and (west + east) % 2 == 0:
        assert len(across) == west % 2


def test_another_field_is_welcome_and_a_new_face_more() -> None:
    """Of equal hours: first who never practised together, then who prepares for other work."""
    law = [Practiser(1, WEST, "law"), Practiser(2, WEST, "law")]
    sales = [Practiser(3, WEST, "sales"), Practiser(4, WEST, "sales")]
    found = the_round(MONDAY, law + sales, {}, AGAIN)
    assert all({1, 2} != set(group) for group in found.groups)
    long_ago = MONDAY.subtract(weeks=30)
    met = {(1, 3): [long_ago], (2, 4): [long_ago]}
    again = the_round(MONDAY, law + sales, met, AGAIN)
    assert {frozenset(group) for group in again.groups} == {frozenset({1, 4}), frozenset({2, 3})}


def test_three_of_a_kind_practise_as_three() -> None:
    """The odd one is not sent home."""
    found = the_round(MONDAY, [Practiser(each) for each in (1, 2, 3)], {}, AGAIN)
    assert [sorted(group) for group in found.groups] == [[1, 2, 3]]
    assert found.alone == ()


def test_a_pair_that_was_has_a_week_off_rather_than_a_repeat() -> None:
    """Two alone know each other already; after the weeks they may again."""
    people = [Practiser(1), Practiser(2)]
    met = {(1, 2): [MONDAY.subtract(weeks=AGAIN - 1)]}
    assert the_round(MONDAY, people, met, AGAIN).alone == (1, 2)
    assert the_round(MONDAY.add(weeks=1), people, met, AGAIN).groups == ((1, 2),)


def test_every_second_week_is_every_second_week() -> None:
    """Counted from the last partner, so that a week without one is made up for."""
    assert is_turn(1, MONDAY.subtract(weeks=1), MONDAY)
    assert not is_turn(2, MONDAY.subtract(weeks=1), MONDAY)
    assert is_turn(2, MONDAY.subtract(weeks=2), MONDAY)
    assert is_turn(2, None, MONDAY)
    assert not is_turn(0, None, MONDAY)


def test_whoever_is_gone_is_in_no_pairing() -> None:
    """A deleted partner leaves a row of one."""
    row = Pairing(cohort_id=1, week=MONDAY, first_id=1, third_id=3, made=Instant.MIN)
    assert members_of(row) == (1, 3)
    assert together([row]) == {(1, 3): [MONDAY]}


pairs = st.tuples(st.integers(1, 24), st.integers(1, 24)).filter(lambda pair: pair[0] < pair[1])


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(pairs, st.integers(-50, 50), max_size=200)
    | st.dictionaries(
        st.tuples(st.integers(1, 20), st.integers(-20, -1)), st.integers(-50, 50), max_size=200
    ),
    st.sets(st.integers(1, 24), max_size=5),
)
def test_the_shortcuts_change_no_sum(weights: dict[tuple[int, int], int], first: set[int]) -> None:
    """As many pairs as can be made, and the best of them: as the slow way with all pairs finds."""
    found = best_pairs(weights, first)
    people = [each for pair in found for each in pair]
    assert len(people) == len(set(people))
    graph = networkx.Graph()
    for pair, weight in weights.items():
        graph.add_edge(*pair, weight=weight + 100_000 * len(first & set(pair)))
    slowly = networkx.max_weight_matching(graph, maxcardinality=True)
    assert len(found) == len(slowly)
    assert sum(graph[a][b]["weight"] for a, b in found) == sum(
        graph[a][b]["weight"] for a, b in slowly
    )
