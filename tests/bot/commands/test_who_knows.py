"""Who knows someone in …? A post with "I do"; the answers stay private (FEATURES G2)."""

import pytest

from bot.domain.care import Concern
from bot.domain.introductions import Introduction, WhoKnows
from bot.domain.people import Contact
from bot.reply import Form
from tests.bot.commands.test_sharing import with_channel
from tests.front_door import House, Person
from tests.introduced import BLURB, ENDED, heard, knows


@pytest.fixture
def mei(house: House) -> Person:
    """Who knows Dana."""
    with_channel(house)
    made = house.joined("Mei")
    knows(made)
    return made


def wonders(ana: Person, about: str = "Quill Press") -> None:
    """Ana asks the class."""
    ana.types(f"/intro who-knows {about}")
    ana.fills_in(blurb=BLURB)
    ana.house.ticks()


def test_the_question_is_posted_and_answered_privately(
    house: House, ana: Person, mei: Person
) -> None:
    """The post has the asker's name and question; the answer names nobody before both yeses."""
    wonders(ana)
    (post,) = house.posts
    assert "Ana asks: who knows someone, Quill Press?" in post.words
    assert BLURB not in post.words
    mei.presses("I do", on=post)
    forward = mei.fills_in(person="Dana Ortiz")
    assert "Hi Dana," in forward.words
    assert "would like to learn about Quill Press" in forward.words
    house.moves_to("2026-11-25 10:00")
    assert len(house.posts) == 1
    seen = ana.types("/intro list").words + heard(ana)
    assert "Mei" not in seen
    assert "Dana" not in seen
    mei.presses("They said yes", on=forward)
    house.ticks()
    assert "Mei introduces you to Dana Ortiz" in heard(ana)
    house.passes("2026-12-10 10:00", hours=24)
    assert ENDED not in heard(ana)


def test_a_name_typed_becomes_a_card_of_the_owner(house: House, ana: Person, mei: Person) -> None:
    """Private to them, as anybody they add."""
    wonders(ana)
    mei.presses("I do", on=house.posts[0])
    assert "Hi Uma," in mei.fills_in(person="Uma Field").words
    assert {each.name for each in mei.keeps(Contact)} == {"Dana Ortiz", "Uma Field"}


def test_no_answer_and_an_answer_that_led_nowhere_end_alike(
    house: House, ana: Person, mei: Person
) -> None:
    """In the same words, on the same day."""
    wonders(ana, "Quill Press")
    mei.presses("I do", on=house.posts[0])
    mei.presses("They said no", on=mei.fills_in(person="Dana Ortiz"))
    ben = house.joined("Ben")
    wonders(ben, "Quill Press")
    house.passes("2026-12-07 08:00", hours=24)
    assert ENDED not in heard(ana) + heard(ben)
    house.moves_to("2026-12-07 10:00")
    assert heard(ana) == heard(ben)
    assert ENDED in heard(ana)
    assert "closed" in mei.presses("I do", on=house.posts[0]).words or mei.fills_in(
        person="Dana Ortiz"
    ).words.startswith("That question is closed")


def test_ones_own_question_is_not_answered_by_oneself(house: House, ana: Person) -> None:
    """Said kindly."""
    with_channel(house)
    wonders(ana)
    ana.presses("I do", on=house.posts[0])
    assert "your own question" in ana.fills_in(person="Uma").words
    assert house.rows(Introduction) == []


def test_asked_twice_is_posted_once(house: House, ana: Person) -> None:
    """While it is open."""
    with_channel(house)
    wonders(ana)
    wonders(ana, "quill press")
    assert len(house.posts) == 1
    assert len(house.rows(WhoKnows)) == 1
    ana.types("/intro list")
    ana.presses("Close it")
    wonders(ana)
    assert len(house.posts) == 2


def test_without_a_channel_nothing_is_promised(house: House, ana: Person) -> None:
    """An organiser can choose one."""
    assert "no channel" in ana.types("/intro who-knows publishing").words
    assert house.rows(WhoKnows) == []


def test_who_is_kept_apart_is_not_brought_together_by_a_question(
    house: House, ana: Person, mei: Person
) -> None:
    """Something felt wrong once: a new question is closed to that owner, as it may be to any."""
    wonders(ana)
    mei.presses("I do", on=house.posts[0])
    mei.presses("They said yes", on=mei.fills_in(person="Dana Ortiz"))
    house.ticks()
    ana.presses("Something felt wrong", on=ana.letters[-1])
    ana.fills_in()
    wonders(ana, "Brightside")
    mei.presses("I do", on=house.posts[-1])
    assert "closed" in mei.fills_in(person="Uma Field").words
    assert house.rows(Introduction, about="Brightside") == []
    ben = house.joined("Ben")
    ben.presses("I do", on=house.posts[-1])
    assert "Hi Uma," in ben.fills_in(person="Uma Field").words


def test_one_member_cannot_fill_the_channel_with_questions(
    house: House, ana: Person, mei: Person
) -> None:
    """Everybody reads each; tomorrow there is room again."""
    del mei
    for about in ("Law", "Banking", "Nursing"):
        wonders(ana, about)
    assert len(house.posts) == 3
    assert "Tomorrow again" in ana.types("/intro who-knows Theatre").words
    house.moves_to("2026-11-24 11:00")
    wonders(ana, "Theatre")
    assert len(house.posts) == 4


def test_a_name_does_not_tell_that_somebody_raised_a_concern(
    house: House, ana: Person, mei: Person
) -> None:
    """What an organiser has to look at is answered like anything else, and comes to nothing."""
    ben = house.joined("Ben")
    concern = Concern(
        cohort_id=house.cohort.id, member_id=ben.member.id, about="Dana Ortiz",
        raised=house.clock.now(),
    )  # fmt: skip
    house.add(concern)
    assert "Offered." in mei.types("/intro offer person: Dana Ortiz to: Ana").words
    wonders(ana)
    mei.presses("I do", on=house.posts[0])
    forward = mei.fills_in(person="Dana Ortiz")
    assert "Hi Dana," in forward.words
    assert "nothing left to do" in mei.presses("They said yes", on=forward).words
    house.moves_to("2026-11-25 10:00")
    assert "Mei" not in heard(ana)


def test_what_cannot_be_asked_is_refused_before_anything_is_written(
    house: House, ana: Person, mei: Person
) -> None:
    """An alum, and the fourth question of a day: a sentence, and no form to fill in for nothing."""
    dana = house.member("Dana")
    dana.types("/alum volunteer")
    dana.fills_in(field="publishing")
    said = dana.types("/intro who-knows publishing")
    assert not isinstance(said.reply, Form)
    assert "for students of this class" in said.words
    for about in ("law", "nursing", "music"):
        wonders(ana, about)
    fourth = ana.types("/intro who-knows maths")
    assert not isinstance(fourth.reply, Form)
    assert "plenty" in fourth.words
    assert len(house.rows(WhoKnows)) == 3
    del mei
