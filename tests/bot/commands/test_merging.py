"""Two cards of one person become one, and both timelines stay (FEATURES A5)."""

from typing import Any

import pytest

from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.introductions import Introduction
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed
from bot.domain.people import Contact, Standing
from bot.domain.talks import QuestionUse, Talk
from bot.invocation import call
from bot.merges import OF_A_CONTACT
from tests.builders import a_talk
from tests.front_door import House, Person


def knows(house: House, ana: Person, name: str, **rest: Any) -> Contact:
    """Somebody on Ana's list."""
    made = Contact(
        cohort_id=house.cohort.id, owner_id=ana.member.id, name=name, added=house.clock.now(),
        **rest,
    )  # fmt: skip
    return house.add(made)[0]


def with_a_past(house: House, ana: Person, contact: Contact) -> None:
    """An ask, a talk, a meeting, a touch and a question."""
    now = house.clock.now()
    mine: dict[str, Any] = {
        "cohort_id": house.cohort.id,
        "member_id": ana.member.id,
        "contact_id": contact.id,
    }
    house.add(
        Ask(**mine, drafted=now, sent=now),
        a_talk(contact.id, member_id=ana.member.id, tip=f"A tip of {contact.id}"),
        Meeting(**mine, at=now, made=now),
        Touch(**mine, at=now),
        QuestionUse(**mine, question="job.day", shown=now),
    )


def test_both_timelines_stay(house: House, ana: Person) -> None:
    """Everything that pointed at either card points at the one that stays."""
    dana = knows(house, ana, "Dana Whitfield", company="Calloway")
    twin = knows(house, ana, "D. Whitfield", company="Acme", standing=Standing.MET, city="Leeds")
    kim = knows(house, ana, "Kim", referred_by=twin.id, will_introduce=twin.id)
    with_a_past(house, ana, dana)
    with_a_past(house, ana, twin)
    shown = ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    assert "1 ask, 1 talk, 1 meeting, 1 touch" in shown.words
    assert "Also at Acme" in shown.words
    assert len(ana.keeps(Talk, contact_id=twin.id)) == 1, "nothing is changed yet"
    ana.presses("Make them one")
    for kind in (Ask, Talk, Meeting, Touch, QuestionUse):
        assert len(ana.keeps(kind, contact_id=dana.id)) == 2
    card = ana.keeps(Contact, id=dana.id)[0]
    assert (card.standing, card.city, card.company) == (Standing.MET, "Leeds", "Calloway")
    assert "Also called D. Whitfield" in card.notes
    after = ana.keeps(Contact, id=kim.id)[0]
    assert (after.referred_by, after.will_introduce) == (dana.id, dana.id)


def test_the_emptied_card_is_in_the_trash_with_a_note(house: House, ana: Person) -> None:
    """It can be brought back as long as anything from the trash."""
    dana = knows(house, ana, "Dana Whitfield")
    twin = knows(house, ana, "Dana Whitfeld", email="dana@work.test")
    ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    done = ana.presses("Make them one")
    assert ana.types("/contact list").people == ["Dana Whitfield"]
    emptied = ana.keeps(Contact, id=twin.id)[0]
    assert emptied.removed == house.clock.now()
    assert emptied.notes == "Merged into Dana Whitfield."
    ana.presses("Undo", done)
    assert sorted(ana.types("/contact list").people) == ["Dana Whitfeld", "Dana Whitfield"]
    assert "already" in ana.presses("Undo", done).words


def everything(ana: Person) -> list[Any]:
    """All that a merge may touch."""
    kinds = (Contact, *OF_A_CONTACT.values())
    return [row for kind in kinds if kind is not Introduction for row in ana.keeps(kind)] + [
        each.call for each in ana.keeps(Owed)
    ]


def test_an_undo_brings_back_everything(house: House, ana: Person) -> None:
    """Two cards as they were, each with its own asks, talks, meetings, touches and reminders."""
    dana = knows(house, ana, "Dana Whitfield", company="Calloway")
    twin = knows(
        house, ana, "D. Whitfield", company="Acme", standing=Standing.MET, city="Leeds",
        email="d@acme.test", notes="likes tea", referred_by=dana.id,
    )  # fmt: skip
    knows(house, ana, "Kim", referred_by=twin.id, will_introduce=twin.id)
    with_a_past(house, ana, dana)
    with_a_past(house, ana, twin)
    ana.calls(call("touch done", person=twin.id))
    before = everything(ana)
    ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    done = ana.presses("Make them one")
    assert everything(ana) != before
    house.clock.move_to(house.clock.now().add(hours=24 * 29))
    assert "with what was theirs" in ana.presses("Undo", done).words
    assert everything(ana) == before


def test_what_was_written_since_stays_where_it_was_written(house: House, ana: Person) -> None:
    """A talk and a new company after the merge are the kept card's."""
    dana = knows(house, ana, "Dana Whitfield")
    twin = knows(house, ana, "Dana Whitfeld", city="Leeds", company="Acme")
    ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    done = ana.presses("Make them one")
    ana.types(f"/contact edit {dana.id} company: Borealis")
    ana.types(f"/interview log {dana.id} tip: read more")
    ana.presses("Undo", done)
    kept, back = ana.keeps(Contact)
    assert (kept.company, kept.city) == ("Borealis", "")
    assert (back.company, back.city) == ("Acme", "Leeds")
    assert [each.contact_id for each in ana.keeps(Talk)] == [dana.id]


@pytest.mark.parametrize("first", ["inner", "outer"])
def test_a_merge_into_a_card_that_was_merged_can_be_undone(
    house: House, ana: Person, first: str
) -> None:
    """In either order each card has its own again."""
    one, two, three = (knows(house, ana, f"Dana {each}") for each in "ABC")
    for each in (one, two, three):
        with_a_past(house, ana, each)
    before = everything(ana)
    ana.types(f"/contact merge person: {two.id} other: {one.id}")
    inner = ana.presses("Make them one")
    ana.types(f"/contact merge person: {three.id} other: {two.id}")
    outer = ana.presses("Make them one")
    for undo in (inner, outer) if first == "inner" else (outer, inner):
        ana.presses("Undo", undo)
    kinds = [each for each in everything(ana) if not isinstance(each, Contact)]
    assert kinds == [each for each in before if not isinstance(each, Contact)]
    assert len(ana.types("/contact list").people) == 3


def test_an_undo_after_the_trash_was_emptied_says_so(house: House, ana: Person) -> None:
    """A month and a day later."""
    dana = knows(house, ana, "Dana Whitfield")
    twin = knows(house, ana, "Dana Whitfeld")
    ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    done = ana.presses("Make them one")
    house.clock.move_to(house.clock.now().add(hours=24 * 31))
    assert "the card is gone" in ana.presses("Undo", done).words


def test_likely_twins_are_suggested(house: House, ana: Person) -> None:
    """Without a name, all pairs; with one, who may be the same."""
    dana = knows(house, ana, "Dana Whitfield")
    knows(house, ana, "Dana Whitfeld")
    knows(house, ana, "Kim")
    shown = ana.types("/contact merge")
    assert "Dana Whitfield and Dana Whitfeld" in shown.words
    assert "Kim" not in shown.words
    assert ana.types(f"/contact merge person: {dana.id}").people == ["Dana Whitfeld"]
    assert "Make them one" in ana.presses("Same person").labels


def test_without_twins_the_second_is_asked_for(house: House, ana: Person) -> None:
    """Two names that are nothing alike can still be one person."""
    knows(house, ana, "Dana")
    knows(house, ana, "Professor Kim")
    assert (
        "Nobody else on your list looks like Dana" in ana.types("/contact merge person: Dana").words
    )
    ana.presses("Somebody else")
    assert "Make them one" in ana.fills_in(other="Kim").labels


def test_nobody_twice_says_so(house: House, ana: Person) -> None:
    """An empty list, or one without twins, is no error."""
    assert "Nobody seems to be on your list twice" in ana.types("/contact merge").words
    knows(house, ana, "Kim")
    assert "Nobody seems to be on your list twice" in ana.types("/contact merge").words


def test_the_other_card_can_be_the_one_that_stays(house: House, ana: Person) -> None:
    """One press turns it round."""
    dana = knows(house, ana, "Dana")
    twin = knows(house, ana, "Dana Whitfield")
    ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    ana.presses("Keep the other card")
    ana.presses("Make them one")
    assert ana.types("/contact list").people == ["Dana Whitfield"]


def test_a_card_is_not_merged_with_itself(house: House, ana: Person) -> None:
    """Nothing would be left of it."""
    dana = knows(house, ana, "Dana")
    shown = ana.types(f"/contact merge person: {dana.id} other: {dana.id}")
    assert "That is the same card" in shown.words


def test_notes_that_would_not_fit_are_not_cut(house: House, ana: Person) -> None:
    """Said before anything is done."""
    dana = knows(house, ana, "Dana", notes="a" * 2000)
    twin = knows(house, ana, "Dana W", notes="b" * 2000)
    shown = ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    assert "Shorten one of them first" in shown.words


def test_a_second_press_finds_it_done(house: House, ana: Person) -> None:
    """The emptied card is gone by then, and nothing is merged twice."""
    dana = knows(house, ana, "Dana Whitfield")
    twin = knows(house, ana, "Dana Whitfeld", notes="likes tea")
    preview = ana.types(f"/contact merge person: {dana.id} other: {twin.id}")
    ana.presses("Make them one")
    before = ana.keeps(Contact)
    ana.presses("Make them one", preview)
    assert ana.keeps(Contact) == before


def test_a_classmates_card_is_not_merged(house: House, ana: Person) -> None:
    """A number is no authority."""
    dana = knows(house, ana, "Dana")
    ben = house.joined("Ben")
    theirs = knows(house, ben, "Dana")
    shown = ana.types(f"/contact merge person: {dana.id} other: {theirs.id}")
    assert "Nobody on your list has that number" in shown.words
