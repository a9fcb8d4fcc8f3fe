"""Two classes, one alum: a month's ask is counted once for both, and neither sees the other's."""

from dataclasses import replace

from bot.domain.cohort import Workspace
from bot.invocation import Actor
from tests.builders import an_alum
from tests.front_door import MONDAY, SURFACE, House, Person


def of_another_class(house: House) -> Person:
    """Zoe, whose class has a workspace and a directory of its own."""
    cohort = house.database.add_cohort(replace(house.cohort, id=0, name="Evening class"))
    theirs = replace(house, cohort=cohort)
    theirs._keys = house._keys
    theirs.add(Workspace(cohort_id=cohort.id, surface=SURFACE, external_id="elsewhere"))
    theirs.add(a_nurse(cohort.id))
    return Person(theirs, Actor(SURFACE, "elsewhere", "zoe", "Zoe", "Europe/Berlin"))


def a_nurse(cohort_id: int) -> object:
    """In both directories, once with a capital in the e-mail."""
    return an_alum("Zed Ames", cohort_id, title="Nurse", field="", email="Zed@example.org")


def test_whom_another_class_asked_can_be_asked_later(house: House, ana: Person) -> None:
    """The finder leaves them out, a draft names the day, and nothing says who or where."""
    house.add(a_nurse(house.cohort.id))
    zoe = of_another_class(house)
    assert "Draft an ask" in zoe.types("/alum find nursing").labels
    zoe.presses("Add")
    ana.types("/alum find nursing")
    ana.presses("Draft an ask")
    ana.presses("I’ll do it this way")
    zoe.types("/ask draft Zed")
    held = zoe.presses("I’ll do it this way").words
    assert "can be asked from Wednesday 25 November" in " ".join(held.split())
    ana.types("/ask sent Zed")
    assert "Zed" not in zoe.types("/alum find nursing").words
    held = " ".join(zoe.types("/ask draft Zed").words.split())
    assert "can be asked from" in held
    assert "It isn’t about you" in held
    assert not {"Ana", "2027"} & set(held.replace(".", " ").split())
    house.clock.move_to(MONDAY.add(hours=24 * 31))
    assert "Zed" in zoe.types("/alum find nursing").words


def test_a_class_that_allows_two_may_ask_too(house: House, ana: Person) -> None:
    """The organiser's number of the class that asks."""
    house.add(a_nurse(house.cohort.id))
    zoe = of_another_class(house)
    boss = Person(zoe.house, replace(zoe.actor, user="otto", name="Otto", admin=True))
    boss.types("/cohort asking alum_asks_a_month: 2")
    ana.types("/alum find nursing")
    ana.presses("Draft an ask")
    ana.presses("I’ll do it this way")
    ana.types("/ask sent Zed")
    assert "Draft an ask" in zoe.types("/alum find nursing").labels
