"""Alumni who list themselves, pause, leave, and are asked in the chat."""

import io
import json
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from bot.delivery.planning import Planner
from bot.domain.asks import Ask
from bot.domain.care import Concern
from bot.domain.cohort import Role
from bot.domain.people import Alum, Contact, Standing, Volunteer
from bot.invocation import Upload, call
from bot.reply import Attachment
from storage.claims import Claims
from tests.builders import an_alum
from tests.front_door import House, Person, Shown, at
from tests.volunteers import an_alum_here, asks


@pytest.fixture
def dana(house: House) -> Person:
    """An alum in the workspace who has listed themselves in nursing."""
    return an_alum_here(house)


def archive(shown: Shown) -> zipfile.ZipFile:
    """The file that came."""
    (file,) = [part for part in shown.answer.parts if isinstance(part, Attachment)]
    return zipfile.ZipFile(io.BytesIO(file.content))


def entry(house: House) -> Alum:
    """The one line of the directory."""
    (found,) = house.rows(Alum)
    return found


def pauses(dana: Person, until: str = "") -> None:
    """No requests, by their own wish."""
    dana.calls(call("alum pause"))
    dana.fills_in(until=until)


def finds(person: Person) -> bool:
    """Whether the finder shows Dana."""
    return "Dana" in person.types("/alum find nursing").words


def test_who_volunteers_is_found(house: House, ana: Person, dana: Person) -> None:
    """With their own number; listing oneself again changes the one entry."""
    assert finds(ana)
    dana.types("/alum volunteer")
    assert dana.last is not None
    assert dana.last.given["topics"] == "night shifts"
    dana.fills_in(asks_per_month="3")
    assert entry(house).asks_per_month == 3
    assert len(house.rows(Volunteer)) == 1


def test_pause_until_a_day_ends_by_itself(house: House, ana: Person, dana: Person) -> None:
    """Out of the finder at once, and back on that morning."""
    dana.types("/alum volunteer")
    dana.fills_in()
    dana.presses("Pause")
    assert "2 December" in dana.fills_in(until="2026-12-02").words
    assert not finds(ana)
    house.clock.move_to(at("2026-12-02 12:00"))
    Planner(house.database, Claims(house.database), house.clock).tidy()
    assert finds(ana)


def test_a_pause_lies_ahead(dana: Person) -> None:
    """A day that is over is refused, with what would do."""
    dana.types("/alum volunteer")
    dana.fills_in()
    dana.presses("Pause")
    assert "has passed" in dana.fills_in(until="2026-11-01").words


def test_who_leaves_is_gone_until_they_come_back(house: House, ana: Person, dana: Person) -> None:
    """Not brought back by the school's file, but by one press of their own."""
    dana.types("/alum volunteer")
    dana.fills_in()
    left = dana.presses("Leave the list")
    assert not finds(ana)
    mo = house.joined("Mo", admin=True)
    file = b"name,title,company\nDana,Nurse,\n"
    preview = mo.types("/cohort import", file=Upload("a.csv", file))
    if "Import" in " ".join(preview.labels):
        mo.presses(next(each for each in preview.labels if each.startswith("Import")))
    assert entry(house).left is not None
    assert not finds(ana)
    dana.presses("Back on the list", on=left)
    assert finds(ana)


def test_only_an_organiser_lists_somebody_outside(house: House, ana: Person) -> None:
    """A student is told how to list themselves."""
    assert "Only an organiser" in ana.types("/alum volunteer name: Lee Park field: law").words
    mo = house.joined("Mo", admin=True)
    mo.types("/alum volunteer name: Lee Park")
    assert "Lee Park is in the directory" in mo.fills_in(field="law").words


def test_coming_back_does_not_outrun_a_concern(house: House, ana: Person, dana: Person) -> None:
    """Whom an organiser has still to look at stays out of the finder, and is not told so."""
    there = entry(house)
    house.add(
        Concern(
            cohort_id=house.cohort.id, member_id=ana.member.id, alum_id=there.id,
            raised=house.clock.now(),
        )
    )  # fmt: skip
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(there, paused=True))
    dana.types("/alum volunteer")
    shown = dana.fills_in()
    assert "Pause" in shown.labels
    assert not finds(ana)


# ---- Asked here ---------------------------------------------------------------------------------


def test_an_alum_here_is_asked_with_the_students_own_words(
    house: House, ana: Person, dana: Person
) -> None:
    """FEATURES, Words 9: who, what about, which request of the month, four ways to answer."""
    asks(ana)
    house.ticks()
    (letter,) = dana.letters
    assert "Ana, a student" in letter.words
    assert "your first request this month" in letter.words
    assert "night shifts for 20 minutes" in letter.words
    assert letter.labels == ["Yes", "Later", "No", "Leave the list"]
    assert ana.keeps(Contact)[0].standing is Standing.ASKED


def test_a_yes_brings_both_together(house: House, ana: Person, dana: Person) -> None:
    """In one conversation, and the student's card moves on."""
    asks(ana)
    house.ticks()
    dana.presses("Yes", on=dana.letters[-1])
    house.ticks()
    assert house.groups[("ana", "dana")]
    assert "said yes" in ana.letters[-1].words
    assert ana.keeps(Contact)[0].standing is Standing.REPLIED
    again = dana.presses("Yes", on=dana.letters[-1])
    assert "settled already" in again.words


def test_a_no_is_told_kindly(house: House, ana: Person, dana: Person) -> None:
    """With the next step; the ask is settled."""
    asks(ana)
    house.ticks()
    dana.presses("No", on=dana.letters[-1])
    house.ticks()
    assert "rarely about you" in ana.letters[-1].words
    assert ana.keeps(Ask)[0].outcome == "declined"


def test_later_is_no_no(house: House, ana: Person, dana: Person) -> None:
    """The student hears when to write again."""
    asks(ana)
    house.ticks()
    dana.presses("Later", on=dana.letters[-1])
    house.ticks()
    assert "later" in ana.letters[-1].words


def test_leaving_from_a_request_hides_them_and_says_no(
    house: House, ana: Person, dana: Person
) -> None:
    """The student does not hear that they left."""
    asks(ana)
    house.ticks()
    dana.presses("Leave the list", on=dana.letters[-1])
    house.ticks()
    assert "list" not in ana.letters[-1].words
    assert not finds(ana)


def test_nobody_answers_for_another(house: House, ana: Person, dana: Person) -> None:
    """A button's number gives no right: the ask is not theirs."""
    asks(ana)
    house.ticks()
    yes = dana.letters[-1].button("Yes").call
    ben = house.joined("Ben")
    assert "settled already" in ben.calls(yes).words
    assert "settled already" in ana.calls(yes).words
    assert ana.keeps(Ask)[0].outcome == ""


def test_blanks_are_filled_in_before_it_goes(ana: Person, dana: Person) -> None:
    """Nothing goes out with a gap; what was typed stays in the form's draft."""
    found = ana.types("/alum find nursing")
    ana.presses("Draft an ask", on=found)
    if ana.last is not None and "I’ll do it this way" in ana.last.labels:
        ana.presses("I’ll do it this way")
    ana.presses("Let me ask them")
    assert "Fill in each" in ana.fills_in(words="Dear Dana, […] Ana").words
    assert ana.keeps(Ask)[0].sent is None
    assert dana.letters == []


def test_somebody_of_the_file_is_not_asked_here(house: House, ana: Person) -> None:
    """Only who has listed themselves and hears us."""
    house.add(an_alum("Lee Park", house.cohort.id, field="Nursing", title="Nurse"))
    ana.presses("Draft an ask", on=ana.types("/alum find nursing"))
    if ana.last is not None and "I’ll do it this way" in ana.last.labels:
        ana.presses("I’ll do it this way")
    assert ana.last is not None
    assert "Let me ask them" not in ana.last.labels


def test_a_changed_entry_stays_paused(house: House, ana: Person, dana: Person) -> None:
    """Changing a line is no coming back."""
    pauses(dana, "2026-12-02")
    dana.types("/alum volunteer")
    changed = dana.fills_in(topics="night shifts, twins")
    assert "Back again" in changed.labels
    assert entry(house).paused
    assert not finds(ana)


def test_a_pause_outlasts_a_concern(house: House, ana: Person, dana: Person) -> None:
    """Looked at by the organiser, who paused meanwhile stays paused until they say so."""
    ana.calls(call("contact keep", alum=entry(house).id))
    (card,) = ana.keeps(Contact)
    ana.calls(call("concern tell", person=card.id, words="odd"))
    dana.types("/alum volunteer")
    dana.fills_in()
    pauses(dana)
    assert "Back again" in dana.calls(call("alum me")).labels
    mo = house.joined("Mo", admin=True)
    (concern,) = house.rows(Concern)
    assert "has paused" in mo.calls(call("concern seen", concern=concern.id)).words
    assert not finds(ana)


def test_who_leaves_before_it_comes_is_not_asked(house: House, ana: Person, dana: Person) -> None:
    """The student hears a kind no, and not that anybody left."""
    asks(ana)
    dana.calls(call("alum leave"))
    house.ticks()
    assert not [each for each in dana.letters if "a student" in each.words]
    (heard,) = [each for each in ana.letters if "Dana" in each.words]
    assert "kind no" in heard.words
    assert "list" not in heard.words


def test_who_pauses_before_it_comes_is_not_asked(house: House, ana: Person, dana: Person) -> None:
    """Nor is anybody kept waiting."""
    asks(ana)
    pauses(dana)
    house.ticks()
    house.ticks()
    assert not [each for each in dana.letters if "a student" in each.words]
    assert "kind no" in ana.letters[-1].words
    assert ana.keeps(Ask)[0].outcome == "declined"


def test_nothing_of_the_students_card_is_shown(house: House, ana: Person, dana: Person) -> None:
    """What a student calls somebody, and files them under, is the student's own."""
    ana.calls(call("contact keep", alum=entry(house).id))
    (card,) = ana.keeps(Contact)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(card, name="Boring Dana", field="gossip", title="Gossip"))
    ana.calls(call("ask agree", person=card.id))
    ana.calls(call("ask here", person=card.id))
    ana.fills_in(words="Dear Dana, may I ask you about night shifts?")
    house.ticks()
    dana.presses("Yes", on=dana.letters[-1])
    house.ticks()
    said = " ".join([*(each.words for each in dana.letters), *map(str, house.groups.values())])
    assert "about nursing" in said.casefold()
    assert "Boring" not in said
    assert "gossip" not in said.casefold()


def test_later_is_asked_again_in_two_weeks(house: House, ana: Person, dana: Person) -> None:
    """The student is reminded once."""
    asks(ana)
    house.ticks()
    dana.presses("Later", on=dana.letters[-1])
    house.passes("2026-12-08 12:00")
    assert any("said “later”" in each.words for each in ana.letters)


def test_who_does_not_hear_us_opts_in_first(house: House, dana: Person) -> None:
    """Or the answer would reach nobody."""
    eve = house.member("Eve")
    eve.calls(call("contact keep", alum=entry(house).id))
    (card,) = eve.keeps(Contact)
    eve.calls(call("ask here", person=card.id))
    assert "Opt in first" in eve.fills_in(words="Dear Dana, may I?").words
    assert dana.letters == []


def test_my_data_holds_my_entry_and_deleting_takes_it(house: House, dana: Person) -> None:
    """Who listed themselves takes their line along."""
    shown = dana.types("/mydata export")
    assert "entries.csv" in archive(shown).namelist()
    assert [
        each["topics"] for each in json.loads(archive(shown).read("everything.json"))["entries"]
    ] == ["night shifts"]
    assert "1 entry in the alumni directory" in dana.types("/mydata delete").words
    dana.calls(call("mydata gone"))
    dana.fills_in(name="Dana")
    assert house.rows(Alum) == []
    assert house.rows(Volunteer) == []


def test_a_line_that_the_school_brought_is_only_hidden(
    house: House, ana: Person, dana: Person
) -> None:
    """It is the school's; but nobody finds them in it."""
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(entry(house), imported=at("2026-11-24 09:00")))
    dana.calls(call("mydata gone"))
    dana.fills_in(name="Dana")
    assert entry(house).left is not None
    assert not finds(ana)


def test_a_student_who_lists_themselves_by_mistake_goes_on_as_one(
    house: House, dana: Person
) -> None:
    """By an organiser's word; somebody with contacts of their own stays a student anyway."""
    assert dana.member.role is Role.ALUM
    alone = dana.calls(call("alum study"))
    assert "none can be asked yet" in alone.words
    mo = house.joined("Mo", admin=True)
    dana.types("/alum volunteer")
    dana.fills_in()
    assert "I ask your organiser" in dana.presses("I study here").words
    assert dana.member.role is Role.ALUM
    house.ticks()
    asked = mo.letters[-1]
    assert "Dana, listed as an alum, studies here, too" in asked.words
    admits = asked.button("Yes, a student").call
    assert "Only an organiser" in dana.calls(admits).words
    assert dana.member.role is Role.ALUM
    assert "stays an alum" in mo.presses("No", on=asked).words
    assert "is a student here now" in mo.presses("Yes, a student", on=asked).words
    assert "settled already" in mo.presses("No", on=asked).words
    assert dana.member.role is Role.STUDENT
    house.ticks()
    assert not dana.member.hears or "you study here" in dana.letters[-1].words
    ben = house.joined("Ben")
    ben.types("/contact add Lee Park")
    ben.types("/alum volunteer")
    ben.fills_in(field="law")
    assert ben.member.role is Role.STUDENT


# ---- Of the school's file, too ------------------------------------------------------------------


def of_the_file(house: House, **said: Any) -> Alum:
    """Dana Lee, as the school knows them."""
    known: dict[str, Any] = {
        "email": "dana@example.org", "title": "Head nurse", "company": "St. Mary",
        "field": "Nursing", "class_year": 2014, "external_id": "4711", "asks_per_month": 3,
        "name": "Dana Lee",
    }  # fmt: skip
    return house.add(an_alum(cohort_id=house.cohort.id, **{**known, **said}))[0]


def lists_herself(house: House, name: str = "Dana Lee", **said: str) -> Person:
    """In the chat, by the form."""
    dana = house.joined(name)
    dana.types("/alum volunteer")
    dana.fills_in(**said)
    return dana


@pytest.mark.parametrize("name", ["Dana Lee", "dana"])
def test_the_same_address_and_name_are_one(house: House, ana: Person, name: str) -> None:
    """At once and silently: their own number and words, the school's for the rest."""
    there = of_the_file(house)
    lists_herself(house, name, field="nursing", email="Dana@example.org", asks_per_month="1")
    one = entry(house)
    assert (one.id, one.external_id, one.title) == (there.id, "4711", "Head nurse")
    assert (one.asks_per_month, one.name) == (1, "Dana Lee")
    assert [each.alum_id for each in house.rows(Volunteer)] == [one.id]
    assert ana.types("/alum find nursing").words.count("Dana Lee") == 1


def test_their_own_yes_lists_them_and_an_address_alone_takes_nobody_over(house: House) -> None:
    """Hidden until they agree: they have. Under another name it is the organiser's to say."""
    of_the_file(house, consent=False)
    lists_herself(house, email="dana@example.org")
    assert entry(house).consent
    mo = house.joined("Mo", admin=True)
    lists_herself(house, "Rex Stone", email="dana@example.org")
    assert len(house.rows(Alum)) == 2
    of_the_file(house, name="Lee Park", email="lee@example.org", external_id="", company="")
    lists_herself(house, "Eve Adams", email="lee@example.org")
    house.ticks()
    assert "Lee Park" in mo.letters[-1].words
    assert "the same e-mail" in mo.letters[-1].words


def test_an_organiser_says_whether_two_are_one(house: House, ana: Person) -> None:
    """The same name and employer: one press; asks and partners go along."""
    mo = house.joined("Mo", admin=True)
    there = of_the_file(house)
    dana = lists_herself(house, field="nursing", company="St Mary", title="Nurse", topics="nights")
    assert len(house.rows(Alum)) == 2
    own = house.rows(Volunteer)[0].alum_id
    ana.calls(call("contact keep", alum=own))
    (card,) = ana.keeps(Contact)
    ana.calls(call("ask agree", person=card.id))
    ana.calls(call("ask here", person=card.id))
    ana.fills_in(words="Dear Dana, may I ask you about night shifts?")
    house.ticks()
    (asked,) = [each for each in mo.letters if "Are these one?" in each.words]
    assert "the same name and employer" in asked.words
    assert "Only an organiser" in ana.calls(call("alum one", own=own, file=there.id)).words
    assert "one entry now" in mo.presses("They are one", on=asked).words
    assert "settled already" in mo.presses("They are one", on=asked).words
    one = entry(house)
    assert (one.id, one.title, one.topics) == (there.id, "Nurse", "nights")
    assert [each.alum_id for each in house.rows(Ask)] == [there.id]
    dana.presses("Yes", on=dana.letters[-1])
    assert ana.keeps(Ask)[0].outcome == "replied"


def test_two_of_one_name_stay_two(house: House) -> None:
    """Another employer and year: nobody is asked; a “two people” is not asked about again."""
    mo = house.joined("Mo", admin=True)
    of_the_file(house)
    dana = lists_herself(house, company="Harbour School", class_year="2020")
    house.ticks()
    assert not [each for each in mo.letters if "one?" in each.words]
    dana.types("/alum volunteer")
    dana.fills_in(class_year="2014")
    house.ticks()
    assert "stay two" in mo.presses("Two people", on=mo.letters[-1]).words
    mo.letters.clear()
    dana.types("/alum volunteer")
    dana.fills_in(topics="nights")
    house.ticks()
    assert not [each for each in mo.letters if "one?" in each.words]
    assert len(house.rows(Alum)) == 2


def test_a_file_that_comes_later_finds_who_listed_themselves(house: House) -> None:
    """By the address, however the school writes the name."""
    mo = house.joined("Mo", admin=True)
    lists_herself(house, "Dana Lee", email="dana@example.org", title="Nurse")
    file = b"name,email,company\nDana M. Lee,dana@example.org,St. Mary\n"
    preview = mo.types("/cohort import", file=Upload("a.csv", file))
    mo.presses(next(each for each in preview.labels if each.startswith("Import")), on=preview)
    assert entry(house).company == "St. Mary"
    assert len(house.rows(Volunteer)) == 1
