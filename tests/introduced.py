"""Students who ask to be introduced, and one who knows somebody: for tests of introductions."""

from dataclasses import replace
from typing import Any

from bot.domain.introductions import Introduction
from bot.domain.people import Contact, Sharing, Volunteer
from bot.invocation import Call, call
from tests.builders import a_contact, an_alum
from tests.front_door import House, Person, Shown

BLURB = "I’m Ana. I read manuscripts for our magazine."
ENDED = "No introduction this time"


def knows(who: Person, name: str = "Dana Ortiz", **rest: Any) -> Contact:
    """Somebody in publishing, to be asked first."""
    house = who.house
    usual: dict[str, Any] = {
        "title": "Editor",
        "company": "Quill Press",
        "field": "Publishing",
        "sharing": Sharing.ASK_FIRST,
        "email": f"{name.split(maxsplit=1)[0].casefold()}@quill.example",
    }
    made = a_contact(name, house.cohort.id, who.member.id, **{**usual, **rest})
    return house.add(made)[0]


def asks(who: Person, field: str = "publishing") -> Shown:
    """A request from the finder's row."""
    who.types(f"/alum find {field}")
    who.presses("Ask for an introduction")
    return who.fills_in(blurb=BLURB)


def intro(house: House) -> Introduction:
    """The newest."""
    return house.rows(Introduction)[-1]


def request(who: Person) -> Shown:
    """The last request that came."""
    return [each for each in who.letters if "Introduce them?" in each.words][-1]


def heard(who: Person) -> str:
    """Everything that came to somebody."""
    return " ".join(each.words for each in who.letters)


def with_dana_here(house: House, mei: Person) -> Person:
    """Dana is an alum of the directory, and in the workspace."""
    dana = house.joined("Dana Ortiz", zone="America/Chicago")
    (alum,) = house.add(an_alum("Dana Ortiz", house.cohort.id, field="Publishing"))
    house.add(
        Volunteer(
            cohort_id=house.cohort.id, alum_id=alum.id, member_id=dana.member.id,
            since=house.clock.now(),
        )
    )  # fmt: skip
    with house.database.writing(house.cohort.id) as store:
        (card,) = store.find(Contact, owner_id=mei.member.id)
        store.save(replace(card, alum_id=alum.id))
    return dana


def call_of(verb: str, house: House) -> Call:
    """A button of the newest introduction."""
    return call(f"intro {verb}", intro=intro(house).id)
