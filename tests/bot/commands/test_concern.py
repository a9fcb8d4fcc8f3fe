"""Something felt wrong: organisers hear it, the student is left alone."""

from bot.domain.care import Concern
from bot.domain.people import Alum
from bot.invocation import call
from tests.bot.commands.test_ask import asks_alum, knows, polite
from tests.builders import an_alum
from tests.front_door import House, Person

WRONG = "Something felt wrong"


def told(house: House, ana: Person) -> Person:
    """An organiser, after Ana said that something felt wrong with Dana."""
    lee = house.joined("Lee", admin=True)
    polite(ana)
    house.add(an_alum("Dana Whitfield"), an_alum("Eva Moor"))
    asks_alum(ana, "Dana Whitfield")
    ana.picks("Something felt wrong")
    ana.fills_in(words="He asked for my address.")
    house.ticks()
    return lee


def test_the_organiser_is_told_and_the_student_left_alone(house: House, ana: Person) -> None:
    """Privately, with the words; the student gets thanks and no question (B9)."""
    lee = told(house, ana)
    assert ana.last is not None
    assert "Thank you for telling me" in ana.last.words
    assert ana.last.labels == []
    [letter] = lee.letters
    assert "Dana Whitfield" in letter.words
    assert "He asked for my address." in letter.words
    house.passes("2026-11-25 12:00")
    assert not [each for each in ana.letters if "wrong" in each.words]


def test_on_a_person_and_a_talk_it_is_one_press(house: House, ana: Person) -> None:
    """On the card, where it is asked whether a talk happened, and where one was logged (B9).

    Of introductions: test_introductions_asked."""
    ana.types("/interview book Dana when: tomorrow 3pm")
    assert WRONG in ana.types("/contact show Dana").labels
    house.passes("2026-11-24 16:00", hours=1)
    asked = next(each for each in ana.letters if "Did it happen?" in each.words)
    assert "Thank you for telling" in ana.fills_in(ana.presses(WRONG, asked), words="odd").words
    logged = ana.types("/interview log Dana tip: Read more")
    assert "Thank you for telling" in ana.fills_in(ana.presses(WRONG, logged), words="odd").words
    assert [each.about for each in ana.house.rows(Concern)] == ["Dana", "Dana"]


def test_the_alum_is_out_of_the_finder_until_looked_at(house: House, ana: Person) -> None:
    """For everybody; one press of the organiser brings them back."""
    lee = told(house, ana)
    ben = polite(house.joined("Ben"))
    assert "Dana" not in ben.types("/alum find marketing").words
    assert "isn’t taking requests" in asks_alum(ben, "Dana Whitfield").words
    assert "can be found again" in lee.presses("Looked at it", lee.letters[0]).words
    assert "Dana Whitfield" in ben.types("/alum find marketing").words
    assert "already" in lee.presses("Looked at it", lee.letters[0]).words


def test_two_concerns_need_two_looks(house: House, ana: Person) -> None:
    """The first look does not bring back whom the second is about."""
    lee = told(house, ana)
    [first] = lee.letters
    alum = house.rows(Alum, name="Dana Whitfield")[0]
    house.add(
        Concern(
            cohort_id=house.cohort.id, member_id=ana.member.id, alum_id=alum.id,
            raised=house.clock.now(),
        )
    )  # fmt: skip
    assert "stays out" in lee.presses("Looked at it", first).words
    assert house.rows(Alum, id=alum.id)[0].paused


def test_who_paused_themselves_stays_paused(house: House, ana: Person) -> None:
    """Looking at a concern is not the alum's own yes."""
    lee = house.joined("Lee", admin=True)
    polite(ana)
    [alum] = house.add(an_alum("Dana Whitfield", paused=True))
    person = knows(ana, alum_id=alum.id)
    ana.calls(call("concern tell", person=person.id))
    ana.fills_in()
    house.ticks()
    lee.presses("Looked at it", lee.letters[0])
    assert house.rows(Alum, id=alum.id)[0].paused


def test_a_student_cannot_close_a_concern(house: House, ana: Person) -> None:
    """Rights are checked from who presses."""
    lee = told(house, ana)
    assert "Only an organiser" in ana.presses("Looked at it", lee.letters[0]).words
    assert house.rows(Concern)[0].looked_at is None


def test_the_organiser_may_bar_them(house: House, ana: Person) -> None:
    """Then nobody is offered them any more."""
    lee = told(house, ana)
    lee.presses("Nobody asks them", lee.letters[0])
    assert house.rows(Alum, name="Dana Whitfield")[0].do_not_contact
    assert "Dana" not in ana.types("/alum find marketing").words


def test_without_an_organiser_it_is_honest(ana: Person) -> None:
    """Nobody is said to know who does not."""
    polite(ana)
    knows(ana)
    ana.types("/ask draft Dana")
    ana.picks("Something felt wrong")
    assert "tell somebody you trust" in ana.fills_in().words
