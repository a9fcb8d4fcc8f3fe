"""Sharing a contact: the class sees what its owner chose, and nothing else (FEATURES G1)."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.care import Concern
from bot.domain.cohort import Workspace
from bot.domain.people import Contact, ContactKind, Sharing
from bot.invocation import call
from tests.builders import a_contact
from tests.front_door import House, Person
from tests.introduced import knows


@pytest.fixture
def mei(house: House) -> Person:
    """Who owns contacts."""
    return house.joined("Mei")


def with_channel(house: House) -> None:
    """An organiser has chosen one."""
    with house.database.writing(house.cohort.id) as store:
        (workspace,) = store.find(Workspace)
        store.save(replace(workspace, channel="C1"))


def sharing(who: Person) -> Sharing:
    return who.keeps(Contact)[0].sharing


def finds(who: Person, line: str = "field: publishing") -> str:
    return who.types(f"/alum find {line}").words


def test_a_contact_is_private_until_its_owner_says_otherwise(
    house: House, ana: Person, mei: Person
) -> None:
    """Each choice is one press, and the finder follows at once."""
    mei.types("/contact add name: Dana Ortiz field: publishing company: Quill Press")
    assert "Dana" not in finds(ana)
    assert "classmate" not in finds(ana)
    mei.types("/contact share Dana Ortiz")
    mei.presses("Ask me first")
    assert "A classmate knows somebody in editing and publishing" in finds(ana)
    mei.types("/contact share Dana Ortiz")
    mei.presses("Open")
    assert "Dana Ortiz, Quill Press — known by Mei" in finds(ana)
    assert "classmate knows" not in finds(ana)
    mei.types("/contact share Dana Ortiz how: private")
    assert "Dana" not in finds(ana)
    assert "classmate" not in finds(ana)


def test_never_ones_own(house: House, mei: Person) -> None:
    """The owner knows already."""
    knows(mei)
    knows(mei, "Lee Wong", sharing=Sharing.OPEN)
    assert "classmate" not in finds(mei)
    assert "Lee" not in finds(mei)


def test_what_is_to_be_asked_first_is_found_by_field_alone(ana: Person, mei: Person) -> None:
    """Not by name, employer or place, and one sentence however many there are."""
    knows(mei, city="Oslo", company="Zyxwort")
    one = finds(ana)
    for line in (
        "Dana Ortiz", "field: Dana", "company: Zyxwort", "place: Oslo", "field: Zyxwort",
        "field: publishing company: Zyxwort", "field: publishing place: Oslo",
        "field: publishing year: 2014", "field: publishing major: English", "field: Oslo",
    ):  # fmt: skip
        assert "classmate" not in finds(ana, line), line
    knows(mei, "Lee Wong")
    knows(mei, "Kim Roy")
    assert finds(ana) == one
    assert "Journalism" not in one


def test_a_neighbouring_field_says_that_it_is_one(ana: Person, mei: Person) -> None:
    """As in the directory."""
    knows(mei, title="Journalist", field="Journalism")
    seen = finds(ana)
    assert "A classmate knows somebody in journalism" in seen
    assert "next to what you look for" in seen


@pytest.mark.parametrize(
    "gone", [{"do_not_contact": True}, {"removed": True}, {"stopped": True}], ids=str
)
@pytest.mark.parametrize("how", [Sharing.OPEN, Sharing.ASK_FIRST])
def test_who_is_not_to_be_asked_is_not_found(
    house: House, ana: Person, mei: Person, gone: dict[str, Any], how: Sharing
) -> None:
    """Taken off the list, not to be contacted, or an owner who has stopped."""
    dana = knows(mei, sharing=how)
    with house.database.writing(house.cohort.id) as store:
        if "removed" in gone:
            store.save(replace(dana, removed=house.clock.now()))
        elif "stopped" in gone:
            store.save(replace(mei.member, stopped=house.clock.now()))
        else:
            store.save(replace(dana, **gone))
    assert "Dana" not in finds(ana)
    assert "classmate" not in finds(ana)


def test_an_open_one_about_whom_something_felt_wrong_is_out(
    house: House, ana: Person, mei: Person
) -> None:
    """Whoever felt it, until an organiser has looked."""
    knows(mei, sharing=Sharing.OPEN)
    house.add(a_contact("Dana Ortiz", house.cohort.id, ana.member.id))
    ana.types("/contact show Dana Ortiz")
    ana.presses("Something felt wrong")
    ana.fills_in(words="…")
    assert "Dana" not in finds(house.joined("Ben"))


def test_nobody_learns_by_marking_somebody_whom_a_classmate_knows(
    house: House, ana: Person, mei: Person
) -> None:
    """The sentence stays when a stranger to it marks the same name or address."""
    knows(mei)
    before = finds(ana)
    house.add(
        a_contact(
            "Dana Ortiz", house.cohort.id, ana.member.id, email="dana@quill.example",
            do_not_contact=True,
        )
    )  # fmt: skip
    ana.types("/contact show Dana Ortiz")
    ana.presses("Something felt wrong")
    ana.fills_in(words="…")
    assert finds(ana) == before


def test_family_is_asked_about_twice_and_never_open_by_default(house: House, mei: Person) -> None:
    """An aunt is somebody's aunt."""
    mei.types("/contact share how: open")
    mei.types("/contact add")
    mei.fills_in(name="Rosa", kind="family", field="nursing")
    assert sharing(mei) is Sharing.ASK_FIRST
    mei.types("/contact share Rosa how: open")
    assert sharing(mei) is Sharing.ASK_FIRST
    mei.presses("Yes, share openly")
    assert sharing(mei) is Sharing.OPEN


def test_who_turns_out_to_be_family_is_not_open_any_more(house: House, mei: Person) -> None:
    """Open was said of somebody else."""
    knows(mei, sharing=Sharing.OPEN)
    mei.types("/contact edit Dana Ortiz")
    mei.fills_in(kind="family")
    assert mei.keeps(Contact)[0].kind is ContactKind.FAMILY
    assert sharing(mei) is Sharing.ASK_FIRST


def test_the_channel_sees_only_what_the_owner_presses(
    house: House, ana: Person, mei: Person
) -> None:
    """Nothing by itself; the card has no address; a second press on a day posts nothing."""
    with_channel(house)
    knows(mei, sharing=Sharing.PRIVATE, phone="555 0100")
    mei.types("/contact share Dana Ortiz how: open")
    house.ticks()
    assert house.posts == []
    mei.presses("Show it in the channel")
    mei.types("/contact share Dana Ortiz")
    assert "already" in mei.presses("Show it in the channel").words
    house.ticks()
    (post,) = house.posts
    assert "Known by: Mei" in post.words
    assert "@" not in post.words
    assert "555" not in post.words
    ana.presses("Ask for an introduction", on=post)
    assert "Asked." in ana.fills_in(blurb="hello").words


def test_the_channels_card_of_an_ask_first_one_names_nobody(
    house: House, ana: Person, mei: Person
) -> None:
    """Not in its words and not in its button."""
    with_channel(house)
    dana = knows(mei)
    mei.types("/contact share Dana Ortiz")
    mei.presses("Show it in the channel")
    house.ticks()
    (post,) = house.posts
    assert "A classmate knows somebody in editing and publishing." in post.words
    (ask,) = post.buttons
    assert dict(ask.call.arguments) == {"field": "Editing and publishing"}
    assert str(dana.id) not in ask.call.arguments.values()
    ana.presses("Ask for an introduction", on=post)
    assert "Asked." in ana.fills_in(blurb="hello").words


def test_a_changed_mind_is_not_posted(house: House, mei: Person) -> None:
    """What the owner chose when they pressed, if they still choose it when it goes."""
    with_channel(house)
    knows(mei, sharing=Sharing.OPEN)
    mei.types("/contact share Dana Ortiz")
    mei.presses("Show it in the channel")
    mei.types("/contact share Dana Ortiz how: private")
    house.ticks()
    assert house.posts == []


@pytest.mark.parametrize("way", [Sharing.OPEN, Sharing.ASK_FIRST])
def test_what_a_classmate_felt_does_not_show_to_the_owner(
    house: House, ana: Person, mei: Person, way: Sharing
) -> None:
    """The button, its answer and the post are there as ever; the owner's own concern takes them."""
    with_channel(house)
    dana = knows(mei, sharing=way)
    before = mei.types("/contact share Dana Ortiz")
    for whose in (ana, mei):
        house.add(
            Concern(
                cohort_id=house.cohort.id, member_id=whose.member.id, about="Dana Ortiz",
                raised=house.clock.now(),
            )
        )  # fmt: skip
        now = mei.types("/contact share Dana Ortiz")
        assert (now.labels == before.labels) is (whose is ana)
        if whose is ana:
            assert "on its way" in mei.presses("Show it in the channel", on=now).words
            house.ticks()
            assert len(house.posts) == 1
    assert "not shared" in mei.calls(call("contact post", person=dana.id)).words
