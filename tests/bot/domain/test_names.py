"""Names are recognised as people mean them, and never taken for somebody else's in silence."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.names import (
    Known,
    Match,
    find_twins,
    likeness,
    match_name,
    match_names,
    suggest_names,
)

PEOPLE = ["Dana Reyes", "Ana María López", "Ben Okafor", "Dan Smith", "Dana Whitfield", "Jo Li"]
first_names = st.sampled_from(["dana", "ana", "ben", "josé", "zoë", "li", "mary", "søren"])
last_names = st.sampled_from(["reyes", "o'neill", "smith-jones", "łukasz", "müller", "wu"])
names = st.builds("{} {}".format, first_names, last_names)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dana Reyes", "dana REYES"),
        ("Reyes, Dana", "Dana Reyes"),
        ("José", "Jose\u0301"),
        ("Zoë O’Neill", "Zoe ONeill"),
        ("Søren Müller", "soren muller"),
    ],
)
def test_the_same_name_written_otherwise_is_the_same(one: str, other: str) -> None:
    """Case, order, accents and apostrophes do not matter."""
    assert likeness(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Dana Reyes", "Dana Reyess", True),
        ("Katherine Hill", "Catherine Hill", True),
        ("Catherine Hill", "Catharine Hill", True),
        ("Dana M. Reyes", "Dana Reyes", True),
        ("Dana Reyes", "Dana Ruiz", False),
        ("Ana Smith", "Ben Smith", False),
        ("Ann Lee", "Ana Lee", False),
        ("Dana", "Dana Reyes", False),
        ("Maria Garcia", "Mario Garcia", True),
        ("", "Dana", False),
        ("", "", False),
    ],
)
def test_similar_names_are_told_from_different_ones(one: str, other: str, alike: bool) -> None:
    """A slip or a middle initial is alike; another first name is not."""
    assert (likeness(one, other) >= 0.9) is alike


def test_twins_are_found_by_address_and_name_the_surest_first() -> None:
    """A short name is a candidate, not a duplicate."""
    known = [
        Known(1, "Dana"),
        Known(2, "Danna Reyes"),
        Known(3, "D. R.", "DANA@x.org"),
        Known(4, "Reyes, Dana"),
        Known(5, "Ben Okafor"),
    ]
    found = find_twins("Dana Reyes", "dana@x.org", known)
    assert [(twin.known.id, twin.why, twin.duplicate) for twin in found] == [
        (3, "e-mail", True),
        (4, "same name", True),
        (2, "similar name", True),
        (1, "short name", False),
    ]


def test_no_address_is_nobodys_address() -> None:
    """Two people without an e-mail address have nothing in common."""
    assert find_twins("Dana Reyes", "", [Known(1, "Ben Okafor", "")]) == []


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("Dana Reyes", "exact", ["Dana Reyes"]),
        ("reyes dana", "exact", ["Dana Reyes"]),
        ("Dana", "many", ["Dana Reyes", "Dana Whitfield"]),
        ("dan", "one", ["Dan Smith"]),
        ("reyes", "one", ["Dana Reyes"]),
        ("lopez", "one", ["Ana María López"]),
        ("ana lopez", "one", ["Ana María López"]),
        ("dana w", "one", ["Dana Whitfield"]),
        ("whit", "one", ["Dana Whitfield"]),
        ("Okafro", "near", ["Ben Okafor"]),
        ("Dana Whitfeild", "near", ["Dana Whitfield"]),
        ("Zed", "none", []),
        ("  ", "none", []),
        ("Ben Smith", "none", []),
        ("Dana Reyes Smith", "none", []),
    ],
)
def test_a_typed_name_finds_whom_it_means(typed: str, kind: str, found: list[str]) -> None:
    """Whole names before words, words before beginnings, and slips only when nothing fits."""
    match = match_name(typed, PEOPLE)
    assert match.kind == kind
    assert [PEOPLE[place] for place in match.places] == found


def test_two_of_the_same_name_are_asked_about() -> None:
    """Even the whole name is not enough then."""
    assert match_name("Dana Reyes", ["Dana Reyes", "Dana Reyes"]) == Match("many", (0, 1))


def test_a_name_that_is_only_alike_is_not_taken_in_silence() -> None:
    """It is offered, and the member decides."""
    assert match_names("Marie Garcia", ["Maria Garcia"]) == []
    assert match_name("Marie Garcia", ["Maria Garcia"]) == Match("near", (0,))
    assert suggest_names("Marie Garcia", ["Maria Garcia"]) == [0]


def test_suggestions_grow_as_one_types() -> None:
    """What begins so comes first; nothing typed shows everybody."""
    assert [PEOPLE[place] for place in suggest_names("da", PEOPLE)] == [
        "Dan Smith",
        "Dana Reyes",
        "Dana Whitfield",
    ]
    assert suggest_names("", PEOPLE, most=3) == [0, 1, 2]
    assert [PEOPLE[place] for place in suggest_names("l", PEOPLE)] == ["Jo Li", "Ana María López"]


@given(names, names)
def test_likeness_is_even_handed(one: str, other: str) -> None:
    """The same both ways, between nought and one, and one with itself."""
    assert likeness(one, other) == likeness(other, one)
    assert 0.0 <= likeness(one, other) <= 1.0
    assert likeness(one, one.upper()) == 1.0


@given(st.text(), st.lists(st.text(), max_size=5))
def test_any_text_is_matched_or_not(typed: str, candidates: list[str]) -> None:
    """Places are real, and none comes twice."""
    found = match_names(typed, candidates)
    assert len(set(found)) == len(found)
    assert all(0 <= place < len(candidates) for place in found)
    shown = suggest_names(typed, candidates)
    assert len(set(shown)) == len(shown)


@given(st.lists(names, min_size=1, unique=True), st.data())
def test_a_name_in_the_list_is_found_in_any_order(candidates: list[str], data) -> None:
    """By its own words turned round."""
    name = data.draw(st.sampled_from(candidates))
    turned = " ".join(reversed(name.split()))
    assert candidates.index(name) in match_names(turned, candidates)


def test_suggestions_are_quick_among_many() -> None:
    """500 contacts take a few milliseconds of the hundred there are."""
    many = [f"Person{i} Family{i % 37}" for i in range(500)]
    began = time.process_time()
    suggest_names("Persno", many)
    assert time.process_time() - began < 0.05
