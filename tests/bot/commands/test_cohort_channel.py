"""The cohort's channel is chosen by typing in it; a first post shows that it works."""

from dataclasses import replace

import pytest

from bot.domain.cohort import Workspace
from bot.domain.owed import Owed
from bot.invocation import Actor, Invocation, Place, call
from tests.front_door import SURFACE, House, Person, Shown

CHANNEL = Place("C1", private=False)


def types_in(person: Person, place: Place, line: str = "cohort channel") -> Shown:
    """A command typed there."""
    shown = person.does(Invocation(line, person.actor, place, person.house.key()))
    assert shown is not None
    return shown


def channel_of(house: House) -> str:
    """The channel of the first workspace."""
    (workspace,) = house.rows(Workspace)
    return workspace.channel


@pytest.fixture
def boss(house: House) -> Person:
    """Whoever runs the workspace."""
    return house.member("Boss", admin=True)


def test_the_channel_it_is_typed_in_becomes_the_cohorts(house: House, boss: Person) -> None:
    """And a first post shows that it works."""
    assert "cohort’s channel now" in types_in(boss, CHANNEL).words
    assert channel_of(house) == "C1"
    house.ticks()
    (post,) = house.posts
    assert "I’m Snowball" in post.words


def test_the_same_again_posts_nothing_more(house: House, boss: Person) -> None:
    """Another channel gets a first post of its own."""
    for place in (CHANNEL, CHANNEL, Place("C2", private=False), CHANNEL):
        types_in(boss, place)
        house.ticks()
    assert channel_of(house) == "C1"
    assert len(house.posts) == 2


@pytest.mark.parametrize("place", [Place("D1", private=True), Place("", private=False)])
def test_a_dm_is_no_channel(house: House, boss: Person, place: Place) -> None:
    """The sentence says where to type it."""
    said = types_in(boss, place).words
    assert said == "Type this in the channel that the whole cohort reads."
    assert channel_of(house) == ""


def test_where_we_may_not_write_the_surface_says_what_to_do(house: House, boss: Person) -> None:
    """Nothing is changed, and its words are shown as they are."""
    types_in(boss, CHANNEL)
    barred = replace(CHANNEL, channel="C2", barred="Type /invite *here* first.")
    assert types_in(boss, barred).words == "Type /invite *here* first."
    assert channel_of(house) == "C1"


def test_students_choose_no_channel(house: House, ana: Person) -> None:
    """It is the organisers' to choose."""
    types_in(ana, CHANNEL)
    assert channel_of(house) == ""


def test_each_workspace_has_its_own(house: House, boss: Person) -> None:
    """A cohort on two platforms: the actor's workspace is meant."""
    house.add(Workspace(cohort_id=house.cohort.id, surface="slate", external_id="S1"))
    other = Person(house, Actor("slate", "S1", "boss2", "Boss", admin=True))
    types_in(boss, CHANNEL)
    types_in(other, Place("X9", private=False))
    assert [each.channel for each in house.rows(Workspace)] == ["C1", "X9"]
    (first, second) = house.rows(Owed, command="cohort hello")
    assert (first.to, second.to) == ("channel:1", "channel:2")


def test_organisers_hear_of_a_channel_that_is_lost(house: House, boss: Person) -> None:
    """What to do stands in it; nothing is said once there is no channel."""
    types_in(boss, CHANNEL)
    house.ticks()
    lost = call("cohort unposted", workspace=1)
    with house.database.writing(house.cohort.id) as store:
        member = store.first(type(boss.member))
        assert member is not None
        said = house.dispatcher.run_owed(store, member, lost)
        assert said is not None
        assert "cohort channel" in Shown(said, house.cohort.id, "UTC").words
        (workspace,) = store.find(Workspace, surface=SURFACE)
        store.save(replace(workspace, channel=""))
        assert house.dispatcher.run_owed(store, member, lost) is None
