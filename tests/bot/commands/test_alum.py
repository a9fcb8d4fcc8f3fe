"""Looking for somebody in the directory."""

import pytest

from tests.builders import an_alum
from tests.front_door import House, Person


@pytest.fixture
def full(house: House, ana: Person) -> Person:
    """A student with a small directory."""
    cohort = house.cohort.id
    house.add(
        an_alum("Priya Rao", cohort_id=cohort),
        an_alum("Sam Cole", cohort_id=cohort, title="Nurse", field="Nursing", city="Boston"),
        an_alum("Hidden One", cohort_id=cohort, consent=False),
        an_alum("Pia Paused", cohort_id=cohort, paused=True),
    )
    return ana


def test_a_field_with_a_typing_mistake(full: Person) -> None:
    """ "maketing" finds marketing, and says how it was read."""
    found = full.types("/alum find maketing")
    assert found.people == ["Priya Rao"]
    assert "maketing" in found.words


def test_who_does_not_want_to_be_asked_is_not_there(full: Person) -> None:
    """Neither in a search nor by name."""
    assert "Hidden" not in full.types("/alum find marketing").words
    assert "not in the directory" in full.types("/alum show Hidden One").words


def test_filters_narrow_it_down(full: Person) -> None:
    """Place, employer, year and major."""
    assert full.types("/alum find place: Boston").people == ["Sam Cole"]
    assert full.types("/alum find marketing company: Calloway year: 2014").people == ["Priya Rao"]


def test_an_empty_search_is_no_dead_end(full: Person) -> None:
    """It says for what, and offers ways on."""
    nobody = full.types("/alum find nursing place: Chicago year: 1960")
    assert nobody.people == [] or "Nobody" in nobody.words
    assert nobody.labels


def test_an_empty_directory_says_so(ana: Person) -> None:
    """The first step is then somebody they know."""
    found = ana.types("/alum find marketing")
    assert found.words.startswith("The alumni directory is still empty.")
    assert "Add somebody I know" in found.labels


def test_nothing_to_look_for_asks(ana: Person) -> None:
    """The form opens; sent empty, a sentence says what is needed, and the form is one press off."""
    form = ana.types("/alum find")
    refused = ana.fills_in(form)
    assert refused.words.startswith("Tell me at least one thing to look for")


def test_a_year_that_is_none_is_mended(ana: Person) -> None:
    """The sentence says what fits."""
    form = ana.fills_in(ana.types("/alum find"), field="marketing", year="last")
    assert form.errors == {"year": "I need a number here, such as 1900."}


def test_pages_reach_everybody_once(house: House, ana: Person) -> None:
    """Next until there is no next."""
    cohort = house.cohort.id
    house.add(*(an_alum(f"Person {n:02}", cohort_id=cohort) for n in range(25)))
    seen = [ana.types("/alum find marketing")]
    while "Next" in seen[-1].labels:
        seen.append(ana.presses("Next", seen[-1]))
    everybody = [name for page in seen for name in page.people]
    assert sorted(everybody) == [f"Person {n:02}" for n in range(25)]


def test_the_card_shows_no_email(house: House, ana: Person) -> None:
    """The way to write to an alum is a draft."""
    house.add(an_alum("Priya Rao", cohort_id=house.cohort.id, email="priya@calloway.example"))
    card = ana.types("/alum show Priya Rao").words
    assert "Marketing Manager, Calloway Foods" in card
    assert "priya@" not in card


def test_a_page_holds_ten_and_the_neighbours_follow(house: House, ana: Person) -> None:
    """Twelve of the field, then those next to it, labelled; everybody once, ten at a time."""
    cohort = house.cohort.id
    house.add(*(an_alum(f"Field {n:02}", cohort_id=cohort) for n in range(12)))
    next_door = {"title": "Sales Manager", "field": "sales"}
    house.add(*(an_alum(f"Near {n:02}", cohort_id=cohort, **next_door) for n in range(21)))
    seen = [ana.types("/alum find marketing")]
    while "Next" in seen[-1].labels and len(seen) < 9:
        seen.append(ana.presses("Next", seen[-1]))
    assert [len(page.people) for page in seen] == [10, 10, 10, 3]
    assert len({name for page in seen for name in page.people}) == 33
    assert "neighbouring" not in seen[0].words
    assert seen[1].words.index("Field 11") < seen[1].words.index("In neighbouring fields")
    assert all(name.startswith("Near") for page in seen[2:] for name in page.people)


def test_how_and_when_somebody_likes_to_be_asked(house: House, ana: Person) -> None:
    """As they or the file said it: on their card, and beside the note to them (A4)."""
    house.add(an_alum("Dana Whitfield", channel="e-mail", times="Tuesday mornings"))
    assert "Best reached: e-mail, Tuesday mornings" in ana.types("/alum show Dana Whitfield").words
    ana.types("/alum find marketing")
    ana.presses("Draft an ask")
    shown = ana.presses("I’ll do it this way")
    assert "Dana Whitfield is best reached: e-mail, Tuesday mornings." in shown.words
