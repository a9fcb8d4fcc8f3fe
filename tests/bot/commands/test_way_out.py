"""The line in a note on which an alum pauses or leaves: where it is, and where it must not be."""

from dataclasses import replace

import pytest

from bot.domain.asks import Ask
from bot.domain.care import PeerReview
from bot.domain.note_check import check_note, count_words
from bot.domain.people import Alum, Contact
from bot.domain.way_out import way_out, without_way_out
from bot.invocation import call
from bot.parameters import LongText
from bot.reply import Copyable
from tests.builders import an_alum
from tests.front_door import House, Person, Shown

SITE = "https://snowball.school.example"
LINE = "Fewer such notes, or none: "


@pytest.fixture
def dana(house: House) -> Alum:
    """Somebody of the directory, on a site that has an address."""
    house.dispatcher = replace(house.dispatcher, site=SITE)
    (made,) = house.add(an_alum("Dana Lee", house.cohort.id, field="Nursing", title="Nurse"))
    return made


def drafts(ana: Person, dana: Alum, shape: str) -> Shown:
    """A note to Dana in this shape."""
    if not ana.keeps(Contact):
        ana.calls(call("contact keep", alum=dana.id))
        ana.calls(call("ask agree", person=ana.keeps(Contact)[0].id))
    return ana.calls(call("ask draft", person=ana.keeps(Contact)[0].id, shape=shape))


def copied(shown: Shown) -> str:
    """What the student copies."""
    (found,) = [part.words for part in shown.answer.parts if isinstance(part, Copyable)]
    return found


@pytest.mark.parametrize(
    ("shape", "there"),
    [("email", True), ("text", True), ("phone", False), ("note", False), ("note300", True)],
)
def test_every_shape_has_it_where_it_fits(ana: Person, dana: Alum, shape: str, there: bool) -> None:
    """A form with a limit counts all that is pasted into it; words are the student's own."""
    shown = drafts(ana, dana, shape)
    words = copied(shown)
    assert (f"{LINE}{SITE}/alum/{dana.cohort_id}-{dana.id}-" in words) is there
    if shape in ("note", "note300"):
        assert f"{len(words)} of " in shown.words
        assert len(words) <= (200 if shape == "note" else 300)
    if shape in ("email", "text"):
        assert f"{count_words(without_way_out(words))} words" in shown.words


def test_a_pasted_note_is_checked_without_it(house: House, ana: Person, dana: Alum) -> None:
    """Neither longer for it, nor anything to mend."""
    words = copied(drafts(ana, dana, "email")).replace("[…]", "your study of night buses")
    assert LINE in words
    numbers = house.cohort.numbers
    assert check_note(words, numbers) == check_note(without_way_out(words), numbers)
    shown = ana.calls(call("ask check", note=LongText(words)))
    assert f"{count_words(without_way_out(words))} words" in shown.words
    full = "word " * numbers.note_words
    assert not [
        each for each in check_note(full + way_out(SITE), numbers) if each.kind.value == "long"
    ]


def test_neither_a_classmate_nor_the_alum_is_sent_it_with_a_pasted_note(
    house: House, ana: Person, dana: Alum
) -> None:
    """The link acts for the alum: a classmate who helps has no use for it."""
    house.joined("Ben")
    words = copied(drafts(ana, dana, "email")).replace("[…]", "your study of night buses")
    ana.calls(call("ask review", note=LongText(words)))
    (asked,) = house.rows(PeerReview)
    assert "alum/" not in asked.words
    assert LINE not in asked.words


def test_the_follow_up_has_it_too(house: House, ana: Person, dana: Alum) -> None:
    """Every draft carries it."""
    drafts(ana, dana, "email")
    ana.calls(call("ask sent", person=ana.keeps(Contact)[0].id))
    (ask,) = ana.keeps(Ask)
    assert LINE in copied(ana.calls(call("ask followup", ask=ask.id)))


def test_a_contact_of_ones_own_gets_none(house: House, ana: Person, dana: Alum) -> None:
    """It is for people of the directory."""
    ana.types("/contact add Omar Haddad")
    (omar,) = ana.keeps(Contact)
    ana.calls(call("ask agree", person=omar.id))
    assert LINE not in copied(ana.calls(call("ask draft", person=omar.id)))


@pytest.mark.parametrize("words", ["", "Dear Dana,\nhello\nAna", "Fewer such notes, please."])
def test_nothing_else_is_taken_from_a_note(words: str) -> None:
    """Only the line itself, wherever a mail program has put it."""
    link = f"{SITE}/alum/1-1-0"
    assert without_way_out(words) == words
    assert without_way_out(words + way_out(link)) == words
    assert without_way_out(f"{words}\n> {LINE}{link}") == words
