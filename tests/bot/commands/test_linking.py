"""Linking: one person with two accounts, one class with two workspaces."""

import re

import pytest

from bot.domain.cohort import Account, Cohort, Member, Workspace
from bot.domain.linking import LENGTH, new_code, read_code, shown
from bot.domain.people import Volunteer
from bot.invocation import Actor, call
from tests.front_door import House, Person

CODE = re.compile(r"/settings link (\S+)")


def elsewhere(house: House, name: str, *, admin: bool = False) -> Person:
    """The same person in another chat app of the same class."""
    if not house.rows(Workspace, surface="felt"):
        house.add(Workspace(cohort_id=house.cohort.id, surface="felt", external_id="felt"))
    actor = Actor("felt", "felt", f"{name.casefold()}-felt", name, "Europe/Berlin", admin)
    return Person(house, actor)


def code_of(person: Person, line: str = "/settings link") -> str:
    """The code that they were given."""
    found = CODE.search(person.types(line).words)
    assert found is not None
    return found[1]


def test_a_code_is_read_however_it_is_typed() -> None:
    """Lower case, blanks, and letters that look like figures."""
    for _ in range(50):
        code = new_code()
        assert read_code(f" {shown(code).lower()} ") == code
        assert read_code(code.replace("0", "o").replace("1", "l")) == code
    for wrong in ("", "K7Q2", "K7Q2-9XMPP", "K7Q2-9XM!", "ÄÖÜ" * 3):
        assert read_code(wrong) == ""
    assert len(code) == LENGTH


def test_the_account_that_keeps_nothing_joins_the_other(house: House, ana: Person) -> None:
    """From then on both see one list, whichever of the two made the code."""
    ana.types("/contact add Dana Lee")
    there = elsewhere(house, "Ana")
    there.types("/snowball")
    assert "Linked" in there.types(f"/settings link {code_of(ana)}").words
    assert "Dana Lee" in there.types("/contact list").words
    assert len(house.rows(Member)) == 1
    assert {each.surface for each in house.rows(Account)} == {"paper", "felt"}


def test_the_code_may_come_from_the_empty_side(house: House, ana: Person) -> None:
    """Nobody has to know which of the two is kept."""
    ana.types("/contact add Dana Lee")
    there = elsewhere(house, "Ana")
    assert "Linked" in ana.types(f"/settings link {code_of(there)}").words
    assert "Dana Lee" in there.types("/contact list").words


def test_two_that_both_keep_something_stay_two(house: House, ana: Person) -> None:
    """Nothing is melted or lost; what to do is said."""
    ana.types("/contact add Dana Lee")
    there = elsewhere(house, "Ana")
    there.types("/contact add Omar Haddad")
    said = there.types(f"/settings link {code_of(ana)}").words
    assert "/mydata export" in said
    assert "Dana Lee" not in there.types("/contact list").words
    assert len(house.rows(Member)) == 2


def test_an_alum_keeps_their_place_on_the_list(house: House, ana: Person) -> None:
    """An entry of the directory is something that is kept, on whichever side it was made."""
    there = elsewhere(house, "Ana")
    there.types("/alum volunteer")
    there.fills_in(field="nursing")
    assert "Linked" in there.types(f"/settings link {code_of(ana)}").words
    assert "Listed as: Ana" in ana.calls(call("alum me")).words
    assert len(house.rows(Volunteer)) == 1


def test_two_people_of_one_workspace_cannot_become_one(house: House, ana: Person) -> None:
    """A code that a classmate was shown gives them nothing."""
    ana.types("/contact add Dana Lee")
    ben = house.joined("Ben")
    assert "somebody else" in ben.types(f"/settings link {code_of(ana)}").words
    assert len(house.rows(Member)) == 2


@pytest.mark.parametrize("typed", ["", "nonsense", "ABCD-EFGH"])
def test_a_code_that_is_none_is_refused_kindly(house: House, ana: Person, typed: str) -> None:
    """With what to do instead; without one, a code is made."""
    there = elsewhere(house, "Ana")
    said = there.types(f"/settings link {typed}").words
    assert ("does not fit" in said) == bool(typed)
    del ana


def test_a_code_is_good_once_and_a_quarter_of_an_hour(house: House, ana: Person) -> None:
    """An old one, a used one and a replaced one join nothing."""
    late, used = code_of(ana), elsewhere(house, "Ana")
    house.clock.move_to(house.clock.now().add(minutes=15))
    assert "does not fit" in used.types(f"/settings link {late}").words
    replaced = code_of(ana)
    good = code_of(ana)
    assert "does not fit" in used.types(f"/settings link {replaced}").words
    assert "Linked" in used.types(f"/settings link {good}").words
    assert "does not fit" in elsewhere(house, "Eve").types(f"/settings link {good}").words


def test_the_member_says_where_they_are_written_to(house: House, ana: Person) -> None:
    """One press; without it, it is where they wrote last."""
    there = elsewhere(house, "Ana")
    linked = there.types(f"/settings link {code_of(ana)}")
    assert "Always on Felt" in linked.labels
    there.presses("Always on Felt")
    assert ana.member.prefers == "felt"
    ana.types("/settings link")
    ana.presses("Where I write to you")
    ana.presses("Where I last wrote")
    assert ana.member.prefers == ""


def other_class(house: House) -> tuple[int, Person]:
    """A workspace with a class of its own, and somebody who runs it."""
    cohort = house.database.add_cohort(Cohort(name="Server", created=house.clock.now()))
    with house.database.writing(cohort.id) as store:
        store.add(Workspace(cohort_id=cohort.id, surface="felt", external_id="felt"))
    actor = Actor("felt", "felt", "kim-felt", "Kim", "Europe/Berlin", admin=True)
    return cohort.id, Person(house, actor)


def cohort_of_felt(house: House) -> int:
    """The class that the other workspace belongs to now."""
    found = house.database.workspace("felt", "felt")
    assert found is not None
    return found.cohort_id


def workspace_code(house: House) -> str:
    """The code that the organiser of the first class gives out."""
    organiser = house.joined("Mo", admin=True)
    organiser.types("/settings link")
    found = CODE.search(organiser.presses("Join a whole workspace").words)
    assert found is not None
    return found[1]


def test_an_empty_workspace_joins_another_class_by_its_code(house: House) -> None:
    """Whoever writes there next is in that class."""
    _cohort, kim = other_class(house)
    said = kim.types(f"/settings link {workspace_code(house)}").words
    assert "Joined" in said
    kim.types("/snowball")
    assert house.rows(Account, external_id="kim-felt")
    assert cohort_of_felt(house) == house.cohort.id


def test_a_workspace_where_somebody_works_stays_a_class_of_its_own(house: House) -> None:
    """Nothing of one class can be carried into another."""
    cohort_id, kim = other_class(house)
    kim.types("/contact add Dana Lee")
    assert "stays a class" in kim.types(f"/settings link {workspace_code(house)}").words
    assert cohort_of_felt(house) == cohort_id


def test_a_members_code_joins_no_workspace(house: House, ana: Person) -> None:
    """A student's code used by another class's organiser does nothing."""
    cohort_id, kim = other_class(house)
    assert "does not fit" in kim.types(f"/settings link {code_of(ana)}").words
    assert cohort_of_felt(house) == cohort_id
