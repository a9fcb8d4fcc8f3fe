"""The trash: a month to change one's mind, then gone with all that belonged to them."""

from bot.clocks import MovableClock
from bot.delivery.planning import Planner
from bot.domain.people import Contact
from bot.domain.talks import Talk
from bot.invocation import call
from storage.claims import Claims
from tests.front_door import House, Person, at


def a_removed_dana(ana: Person) -> None:
    """Dana, with a talk, taken off the list."""
    ana.types("/contact add name: Dana")
    ana.types("/interview log person: Dana")
    ana.fills_in(takeaways="Much")
    ana.types("/contact remove person: Dana")


def tidied(house: House, moment: str) -> None:
    """Delivery's housekeeping at that moment."""
    Planner(house.database, Claims(house.database), MovableClock(at(moment))).tidy()


def test_an_undo_after_a_week_brings_everything_back(house: House, ana: Person) -> None:
    """The card and its talks."""
    a_removed_dana(ana)
    removed = ana.last
    tidied(house, "2026-11-30 10:00")
    house.clock.move_to(at("2026-11-30 10:00"))
    assert "back on your list" in ana.presses("Undo", removed).words
    assert "Much" in ana.types("/contact show person: Dana").words


def test_an_undo_after_a_month_has_its_sentence(house: House, ana: Person) -> None:
    """Whether or not the trash was emptied by then."""
    a_removed_dana(ana)
    removed = ana.last
    house.clock.move_to(at("2026-12-28 10:00"))
    assert "more than 30 days ago" in ana.presses("Undo", removed).words
    tidied(house, "2026-12-28 10:00")
    assert house.rows(Contact) == []
    assert house.rows(Talk) == []
    assert "more than 30 days ago" in ana.presses("Undo", removed).words


def test_who_is_on_a_list_is_never_emptied(house: House, ana: Person) -> None:
    """Only the trash is."""
    ana.types("/contact add name: Kim")
    tidied(house, "2028-01-01 10:00")
    assert [each.name for each in house.rows(Contact)] == ["Kim"]


def test_a_classmates_undo_brings_back_nothing(house: House, ana: Person) -> None:
    """A button carries no authority."""
    a_removed_dana(ana)
    removed = ana.last
    ben = house.joined("Ben")
    assert "back on" not in ben.presses("Undo", removed).words
    assert house.rows(Contact)[0].removed is not None


def test_deleting_for_good_asks_for_the_name_and_says_what_is_left(
    house: House, ana: Person
) -> None:
    """Another name deletes nothing; the right one takes the talks along."""
    a_removed_dana(ana)
    removed = ana.last
    ana.types("/contact add name: Lee")
    seen = ana.presses("Delete for good", removed)
    assert "deletes Dana for good: the card, 1 talk, and your notes" in seen.words
    assert "What is left: the messages in this chat" in seen.words
    ana.presses("Delete for good", seen)
    assert "Nothing was deleted: their card says Dana" in ana.fills_in(name="Lee").words
    assert len(house.rows(Contact)) == 2
    ana.presses("Delete for good", seen)
    assert ana.fills_in(name="dana").words.startswith("Dana is deleted for good.")
    assert [each.name for each in house.rows(Contact)] == ["Lee"]
    assert house.rows(Talk) == []
    assert "gone already" in ana.presses("Delete for good", removed).words


def test_a_classmate_deletes_nobody_for_good(house: House, ana: Person) -> None:
    """A button carries no authority."""
    a_removed_dana(ana)
    removed = ana.last
    ben = house.joined("Ben")
    assert "gone already" in ben.presses("Delete for good", removed).words
    assert len(house.rows(Contact)) == 1


def test_what_was_deleted_lately_is_a_list_of_its_own(house: House, ana: Person) -> None:
    """From the list and from my data, each with a way back and out; others' trash is not in it."""
    assert "trash" not in ana.types("/contact list").words
    a_removed_dana(ana)
    house.moves_to("2026-11-24 10:00")
    ana.types("/contact add name: Lee")
    ana.types("/contact remove person: Lee")
    ana.types("/contact list")
    shown = ana.presses("In the trash: 2")
    assert "Recently deleted: 2" in shown.words
    assert shown.words.index("Lee") < shown.words.index("Dana")
    assert "can come back until Wednesday 23 December" in shown.words
    assert ana.types("/mydata export").labels == ["In the trash: 2"]
    assert "Nothing is in the trash" in house.joined("Ben").calls(call("contact trash")).words
    assert "back on your list" in ana.presses("Undo", on=shown).words
    assert "In the trash: 1" in ana.types("/contact list").labels
    house.clock.move_to(at("2026-12-23 11:00"))
    assert "trash" not in ana.types("/contact list").words
