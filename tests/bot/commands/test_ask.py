"""Asking, through the front door: the draft in its shapes, and what speaks against it."""

from dataclasses import replace
from typing import Any

import pytest

from bot.domain.asks import Ask
from bot.domain.people import Alum, Contact, ContactKind, Standing
from bot.invocation import call
from bot.reply import Copyable, Menu
from tests.builders import a_contact, an_alum
from tests.front_door import House, Person, Shown, at


def polite(person: Person, **having: Any) -> Person:
    """Somebody who accepted the manners, and said what they study."""
    member = replace(person.member, agreed_etiquette=at("2026-11-20"), **having)
    with person.house.database.writing(person.house.cohort.id) as store:
        store.save(member)
    return person


def knows(person: Person, name: str = "Dana Kim", **having: Any) -> Contact:
    """Somebody on the list."""
    mine = a_contact(name, person.house.cohort.id, person.member.id, **having)
    return person.house.add(mine)[0]


def note_in(shown: Shown) -> str:
    """The words to copy."""
    return next(part.words for part in shown.answer.parts if isinstance(part, Copyable))


def asks_alum(person: Person, name: str) -> Shown:
    """The button that stands beside somebody of the directory."""
    [alum] = person.house.rows(Alum, name=name)
    return person.calls(call("ask draft", alum=alum.id))


@pytest.fixture
def asker(ana: Person) -> Person:
    """Ana, who studies biology at Lakeside and knows how we ask."""
    return polite(ana, major="biology", school="Lakeside")


def test_manners_are_accepted_once_before_the_first_ask(ana: Person) -> None:
    """The card comes first, one press shows the draft, and it never comes again (C4)."""
    knows(ana)
    assert "How we ask" in ana.types("/ask draft Dana").words
    assert "A note to Dana Kim" in ana.presses("I’ll do it this way").words
    assert ana.member.agreed_etiquette is not None
    shown = ana.types("/ask draft Dana")
    assert "A note to Dana Kim" in shown.words
    assert "Advice, never a job" in ana.presses("How we ask").words


@pytest.mark.parametrize(
    ("kind", "tie"),
    [
        (ContactKind.ALUM, "alumni directory"),
        (ContactKind.PROFESSOR, "I know you from"),
        (ContactKind.FAMILY, "people I know"),
        (ContactKind.COWORKER, "people I know"),
        (ContactKind.EVENT, "We met at"),
        (ContactKind.HEARD_OF, "heard of you through"),
    ],
)
def test_each_kind_has_its_tie(asker: Person, kind: ContactKind, tie: str) -> None:
    """How one knows somebody decides how the note begins (K3)."""
    knows(asker, kind=kind)
    assert tie in note_in(asker.types("/ask draft Dana"))


def test_two_facts_say_why_you(asker: Person) -> None:
    """One button asks for two facts, and they stand in the note (C7)."""
    knows(asker, kind=ContactKind.ALUM, title="Account Executive", company="Acme")
    assert "as an account executive at Acme" in note_in(asker.types("/ask draft Dana"))
    asker.presses("Two facts about them")
    shown = asker.fills_in(first="your study of night buses.", second="the new depot")
    assert "your study of night buses, and the new depot." in note_in(shown)
    assert "Fill in" not in shown.words
    asker.picks("Change the facts")
    assert asker.last is not None
    assert asker.last.given["first"] == "your study of night buses"


def test_what_can_be_done_with_a_note_is_calm(asker: Person) -> None:
    """Four buttons: sent, two ways to have it looked at, how we ask (B2, C4); two menus."""
    knows(asker, kind=ContactKind.ALUM, facts="your study of night buses")
    shown = asker.types("/ask draft Dana")
    assert shown.labels == ["Sent", "Check my version", "A classmate’s eye", "How we ask"]
    menus = [each for each in shown.answer.parts if isinstance(each, Menu)]
    assert [each.label.template for each in menus] == ["More…", "As something else"]
    more = [each.label.template for each in menus[0].options]
    assert more == ["Change the facts", "Not now", "Something felt wrong"]


def test_what_fills_a_blank_stands_beside_it(asker: Person) -> None:
    """Where nothing is known of why them, the two facts are a button, once."""
    knows(asker, kind=ContactKind.ALUM)
    shown = asker.types("/ask draft Dana")
    assert shown.labels[0] == "Two facts about them"
    assert "Two facts about them" not in shown.options
    assert [shown.button(each).style for each in shown.labels[:2]] == ["main", "plain"]


def test_a_linkedin_note_is_counted(asker: Person) -> None:
    """Against 200 characters free and 300 with Premium (B3)."""
    knows(asker, kind=ContactKind.ALUM, field="Marketing", facts="your talk on teas\nmore")
    asker.types("/ask draft Dana")
    short = asker.picks("A LinkedIn note (200)")
    assert len(note_in(short)) <= 200
    assert f"{len(note_in(short))} of 200 characters" in short.words
    longer = asker.picks("A LinkedIn note (300, Premium)")
    assert len(note_in(short)) < len(note_in(longer)) <= 300
    assert "your talk on teas" in note_in(longer)


def test_a_phone_script_names_a_good_hour_on_both_clocks(asker: Person) -> None:
    """Tuesday ten o'clock in Chicago is five in the afternoon in Berlin."""
    knows(asker, kind=ContactKind.ALUM, city="Chicago, United States")
    shown = asker.types("/ask draft Dana shape: phone")
    assert "Tuesday 24 November, 17:00 for you, Tuesday 10:00 in Chicago" in shown.words
    assert "not a job" in note_in(shown)


def test_people_one_knows_get_forty_words(asker: Person) -> None:
    """A text, with their workplace or a coffee as the place."""
    knows(asker, kind=ContactKind.FAMILY)
    shown = asker.types("/ask draft Dana")
    assert len(note_in(shown).split()) <= 40
    assert "at your workplace or over a coffee" in note_in(shown)


def test_the_note_stands_alone(asker: Person) -> None:
    """It is a part of its own, which every surface keeps apart to be copied (B3)."""
    knows(asker, kind=ContactKind.FAMILY)
    shown = asker.types("/ask draft Dana")
    assert "Make it sound like you" not in note_in(shown)
    assert [each.words for each in shown.answer.parts if isinstance(each, Copyable)] == [
        note_in(shown)
    ]


def test_a_classmates_ask_holds_an_alum_and_nobody_says_whose(house: House, asker: Person) -> None:
    """The hold names the day and two who are free now, and never who asked (B6, Words 4)."""
    ben = polite(house.joined("Ben"))
    house.add(*[an_alum(name, company=f"Firm {name}") for name in ("Dana Whitfield", "Eva", "Flo")])
    asks_alum(ben, "Dana Whitfield")
    ben.presses("Sent")
    shown = asks_alum(asker, "Dana Whitfield")
    assert "Dana Whitfield can be asked from Wednesday 23 December" in shown.words
    assert "Ben" not in shown.words
    assert sorted(shown.people) == ["Eva", "Flo"]
    assert "A note to" in asker.presses("Draft an ask").words


def test_a_draft_keeps_its_place_for_two_days(house: House, asker: Person) -> None:
    """Held for 48 hours and shown in the finder; released when nothing was sent."""
    ben = polite(house.joined("Ben"))
    house.add(an_alum("Dana Whitfield"), an_alum("Eva Moor"))
    asks_alum(ben, "Dana Whitfield")
    found = asker.types("/alum find marketing")
    assert "can be asked from Wednesday 25 November" in found.words
    assert "can be asked from" in asks_alum(asker, "Dana Whitfield").words
    assert "A note to" in asks_alum(ben, "Dana Whitfield").words
    house.moves_to("2026-11-25 10:30")
    assert "can be asked from" not in asker.types("/alum find marketing").words
    assert "A note to" in asks_alum(asker, "Dana Whitfield").words
    assert "can be asked from" in asks_alum(ben, "Dana Whitfield").words


def test_not_now_frees_the_place_at_once(house: House, asker: Person) -> None:
    """Whoever lets a draft go keeps nobody waiting."""
    ben = polite(house.joined("Ben"))
    house.add(an_alum("Dana Whitfield"))
    asks_alum(ben, "Dana Whitfield")
    ben.picks("Not now")
    assert "A note to" in asks_alum(asker, "Dana Whitfield").words


def test_their_own_number_wins(house: House, asker: Person) -> None:
    """Who takes two asks a month is held after the second."""
    house.add(an_alum("Dana Whitfield", asks_per_month=2))
    for name in ("Ben", "Cem"):
        peer = polite(house.joined(name))
        asks_alum(peer, "Dana Whitfield")
        peer.presses("Sent")
    assert "can be asked from" in asks_alum(asker, "Dana Whitfield").words


def test_an_alum_who_paused_is_not_asked(house: House, asker: Person) -> None:
    """Without a day, and without a reason."""
    house.add(an_alum("Dana Whitfield", paused=True))
    assert "isn’t taking requests just now" in asks_alum(asker, "Dana Whitfield").words


def test_open_asks_and_employer_are_only_said(asker: Person) -> None:
    """Pace and several asks to one employer inform; they refuse nothing (B5, B6)."""
    for name in ("Dana Kim", "Eva Moor"):
        knows(asker, name, company="Acme")
    asker.types("/ask draft Dana")
    asker.presses("Sent")
    shown = asker.types("/ask draft Eva")
    assert "You have one open ask this week." in shown.words
    assert "to Acme in the last seven days: 1" in shown.words
    assert "A note to Eva Moor" in shown.words


def test_an_executive_is_warned_of_with_somebody_nearer(house: House, asker: Person) -> None:
    """A warning and a less senior alternative of the same firm; the draft is there all the same."""
    house.add(
        an_alum("Dana Whitfield", title="Chief Marketing Officer"),
        an_alum("Eva Moor", title="Marketing Associate"),
    )
    shown = asks_alum(asker, "Dana Whitfield")
    assert "very senior post" in shown.words
    assert shown.people == ["Eva Moor"]
    assert "A note to Dana Whitfield" in shown.words


def test_an_executive_one_was_sent_to_is_not_warned_of(asker: Person) -> None:
    """Leaders when known or introduced (K1)."""
    lee = knows(asker, "Lee Chan")
    knows(asker, title="CEO", referred_by=lee.id)
    shown = asker.types("/ask draft Dana")
    assert "senior" not in shown.words
    assert "Lee Chan suggested that I write" in note_in(shown)


def test_do_not_contact_holds_for_everybody(house: House, asker: Person) -> None:
    """Marked by one student, nobody of the cohort drafts; the reason is not shown (B8)."""
    ben = polite(house.joined("Ben"))
    [dana] = house.add(an_alum("Dana Whitfield", email="dana@example.org"))
    house.add(an_alum("Eva Moor"), an_alum("Flo Reed"))
    knows(asker, "Dana Whitfield", email="dana@example.org", field="Marketing")
    asks_alum(ben, "Dana Whitfield")
    ben.presses("Sent")
    ben.types("/ask replied Dana")
    ben.presses("Not to be asked again")
    shown = asker.types("/ask draft Dana")
    assert "Dana Whitfield can’t be asked. It isn’t about you." in shown.words
    assert "again" not in shown.words
    assert sorted(shown.people) == ["Eva Moor", "Flo Reed"]
    assert house.rows(Alum, id=dana.id)[0].do_not_contact
    assert "Dana" not in asker.types("/alum find marketing").words


def test_an_empty_directory_is_no_dead_end(house: House, asker: Person) -> None:
    """Where nobody is free, the next step is somebody they know."""
    ben = polite(house.joined("Ben"))
    house.add(an_alum("Dana Whitfield"))
    asks_alum(ben, "Dana Whitfield")
    assert "Whom do I know?" in asks_alum(asker, "Dana Whitfield").labels


def test_nothing_is_sent_by_drafting(house: House, asker: Person) -> None:
    """A draft is a row and words to copy; no message goes to anybody."""
    knows(asker)
    asker.types("/ask draft Dana")
    house.ticks()
    assert asker.letters == []
    [ask] = asker.keeps(Ask)
    assert (ask.sent, ask.outcome) == (None, "")
    assert asker.keeps(Contact)[0].standing is Standing.TO_ASK


def test_who_has_a_note_already_is_not_written_a_second_first_note(asker: Person) -> None:
    """A new draft says when they were written to, and offers the one follow-up."""
    knows(asker)
    asker.types("/ask draft Dana")
    asker.presses("Sent")
    shown = asker.types("/ask draft Dana")
    assert "You wrote to Dana Kim Monday 23 November" in shown.words
    assert shown.labels == ["They answered", "Follow-up draft", "Move on"]


def test_whoever_was_met_may_be_asked_anew(house: House, asker: Person) -> None:
    """After a talk the old ask is settled; a new one is no first note, and comes after thanks."""
    knows(asker)
    asker.types("/ask draft Dana")
    asker.presses("Sent")
    asker.types("/interview log Dana tip: Ask more")
    first = asker.types("/ask draft Dana")
    assert "Thank them first" in first.words
    assert first.labels == ["Thank them", "Just a line"]
    asker.types("/thanks sent Dana")
    house.moves_to("2027-03-02 10:00")
    note = note_in(asker.types("/ask draft Dana"))
    assert "We talked in November 2026, and I still think of what you told me: “Ask more.”" in note
    assert "another 20 to 30 minutes" in note
    assert "directory" not in note
    assert "I’m a student" not in note
    assert [each.outcome for each in asker.keeps(Ask)] == ["replied", ""]
    asker.presses("Sent")
    assert asker.keeps(Contact)[0].standing is Standing.ASKED


def test_the_directory_says_from_when_and_never_because_of_whom(
    house: House, asker: Person
) -> None:
    """Whoever looks somebody up sees the day before drafting (B6)."""
    ben = polite(house.joined("Ben"))
    house.add(an_alum("Dana Whitfield"))
    asks_alum(ben, "Dana Whitfield")
    ben.presses("Sent")
    shown = asker.types("/alum show Dana Whitfield")
    assert "Can be asked from: Wednesday 23 December" in shown.words
    assert "Ben" not in shown.words
    assert "Draft an ask" not in shown.labels


def test_a_released_place_is_taken_again_by_its_first_owner(house: House, asker: Person) -> None:
    """Who let a draft go and comes back is not in their own way."""
    house.add(an_alum("Dana Whitfield"))
    asks_alum(asker, "Dana Whitfield")
    asker.picks("Not now")
    assert "A note to" in asks_alum(asker, "Dana Whitfield").words
    [ask] = asker.keeps(Ask)
    assert ask.released is None


def test_finder_and_draft_agree_on_the_organisers_number(house: House, asker: Person) -> None:
    """Left in peace for ten days: found and free from the eleventh, in both."""
    with house.database.writing(house.cohort.id) as store:
        cohort = store.cohort()
        store.save_cohort(replace(cohort, numbers=replace(cohort.numbers, cool_down_days=10)))
    ben = polite(house.joined("Ben"))
    house.add(an_alum("Dana Whitfield"))
    asks_alum(ben, "Dana Whitfield")
    ben.presses("Sent")
    house.moves_to("2026-12-03 09:00")
    assert "Dana" not in asker.types("/alum find marketing").words
    assert "can be asked from Thursday 3 December" in asks_alum(asker, "Dana Whitfield").words
    house.moves_to("2026-12-03 11:00")
    assert "Dana" in asker.types("/alum find marketing").words
    assert "A note to" in asks_alum(asker, "Dana Whitfield").words


def test_somebody_of_the_directory_is_no_dead_end(house: House, ana: Person) -> None:
    """By their name they are shown where to find them, and that command has the draft."""
    house.add(
        an_alum("Priya Rao", cohort_id=house.cohort.id),
        an_alum("Hidden One", cohort_id=house.cohort.id, consent=False),
    )
    said = ana.types("/ask draft priya rao").words
    assert "Priya Rao is in the alumni directory" in said
    assert "Draft an ask" in ana.types("/alum show Priya Rao").labels
    assert "in the alumni directory" not in ana.types("/ask draft Hidden One").words
