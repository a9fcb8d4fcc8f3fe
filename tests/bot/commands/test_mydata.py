"""My data: all of mine and nobody else's to take along; and gone when I say so (J1, J3)."""

import io
import json
import threading
import zipfile
from typing import Any

from bot.domain.asks import Ask
from bot.domain.care import Touch
from bot.domain.cohort import Account, Member
from bot.domain.introductions import Introduction, WhoKnows
from bot.domain.meetings import Meeting
from bot.domain.owed import Owed
from bot.domain.people import Contact
from bot.domain.talks import CheckIn, Promise, QuestionUse, Talk
from bot.mine import EXPORTED, KINDS
from bot.reply import Attachment
from storage.tables import SHAPES
from tests.front_door import House, Person, Shown, at


def a_term(person: Person, whom: str) -> None:
    """A contact, a talk with a tip, a name and a promise, a question and a check-in."""
    person.types(f"/contact add name: {whom}")
    person.types(f"/interview log person: {whom}")
    person.fills_in(
        takeaways=f"{whom} says hello", tip=f"tip of {whom}", promises="send my CV by Friday"
    )
    person.types("/question")


def archive(shown: Shown) -> zipfile.ZipFile:
    """The file that came."""
    (file,) = [part for part in shown.answer.parts if isinstance(part, Attachment)]
    assert file.media_type == "application/zip"
    return zipfile.ZipFile(io.BytesIO(file.content))


def everything(shown: Shown) -> dict[str, Any]:
    """All that is in it, as data."""
    return json.loads(archive(shown).read("everything.json"))


def test_the_export_holds_all_of_mine_and_nothing_of_a_classmate(house: House, ana: Person) -> None:
    """Two students with the same sort of term."""
    ben = house.joined("Ben")
    a_term(ana, "Dana Whitfield")
    a_term(ben, "Kim Sato")
    shown = ana.types("/mydata export")
    mine = everything(shown)
    assert [each["name"] for each in mine["contacts"]] == ["Dana Whitfield"]
    assert mine["talks"][0]["tip"] == "tip of Dana Whitfield"
    assert mine["promises"][0]["words"] == "send my CV"
    assert mine["me"]["name"] == "Ana"
    files = archive(shown)
    everything_said = b"".join(files.read(name) for name in files.namelist())
    assert b"Kim" not in everything_said
    assert b"Ben" not in everything_said


def test_an_empty_export_is_a_whole_archive(ana: Person) -> None:
    """A student on the first day can take along what there is."""
    files = archive(ana.types("/mydata export"))
    assert {f"{name}.csv" for name in EXPORTED} < set(files.namelist())


def test_every_kind_of_row_that_members_write_is_exported() -> None:
    """A new table of members' rows has to be thought of."""
    owned = {
        shape.kind
        for shape in SHAPES
        if {"member_id", "owner_id"} & set(shape.kind.__dataclass_fields__)
    }
    ours = {"Account", "Code", "Draft", "Introduction", "Owed", "Volunteer"}
    assert {kind.__name__ for kind in owned - set(KINDS.values())} == ours


def test_an_export_while_writing_is_of_one_moment(house: House, ana: Person) -> None:
    """Each talk written beside it is in it with its promise, or not at all."""
    a_term(ana, "Dana")
    contact = ana.keeps(Contact)[0]
    member, begun, over = ana.member, threading.Event(), threading.Event()

    def write() -> None:
        for number in range(2000):
            with house.database.writing(house.cohort.id) as store:
                talk = store.add(
                    Talk(
                        cohort_id=house.cohort.id, member_id=member.id, contact_id=contact.id,
                        held=at("2026-11-01").to_tz("UTC").date(), logged=house.clock.now(),
                    )
                )  # fmt: skip
                store.add(
                    Promise(
                        cohort_id=house.cohort.id, member_id=member.id, talk_id=talk.id,
                        words=f"number {number}",
                    )
                )  # fmt: skip
            begun.set()
            if over.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(20)
    try:
        for _ in range(5):
            mine = everything(ana.types("/mydata export"))
            talks = {each["id"] for each in mine["talks"]}
            assert talks == {each["talk_id"] for each in mine["promises"]}
    finally:
        over.set()
        writer.join(20)


def test_deleting_says_what_goes_and_what_is_left(ana: Person) -> None:
    """Before anything is asked, with the export one press away."""
    a_term(ana, "Dana")
    shown = ana.types("/mydata delete")
    assert "1 contact, 1 talk, 1 promise" in shown.words
    assert "What is left" in shown.words
    assert shown.labels == ["Export first", "Delete everything"]
    assert ana.keeps(Contact), "nothing is deleted yet"


def test_deleting_counts_what_others_have_a_part_in_too(house: House, ana: Person) -> None:
    """In words that a student knows, and what it means for an introduction under way."""
    assert "Introductions under way" not in ana.types("/mydata delete").words
    cohort, now, me = house.cohort.id, house.clock.now(), ana.member.id
    house.add(WhoKnows(cohort_id=cohort, member_id=me, about="nursing", asked=now))
    house.add(Introduction(cohort_id=cohort, asker_id=me, about="nursing", asked=now))
    words = ana.types("/mydata delete").words
    assert "1 introduction" in words
    assert "1 question to the class" in words
    assert "Introductions under way end; nobody is told why." in words


def test_another_name_deletes_nothing_and_keeps_the_form(ana: Person) -> None:
    """Typed, so that no slip of a thumb does it."""
    a_term(ana, "Dana")
    ana.types("/mydata delete")
    ana.presses("Delete everything")
    shown = ana.fills_in(name="Anna")
    assert "Nothing was deleted" in shown.words
    assert ana.keeps(Contact)
    assert "Back to the form" in shown.labels


def test_deleting_leaves_no_row_and_a_classmate_untouched(house: House, ana: Person) -> None:
    """Every table is empty of them; the messages owed are gone too."""
    ben = house.joined("Ben")
    a_term(ana, "Dana")
    a_term(ben, "Kim")
    number = ana.member.id
    assert house.rows(Owed, member_id=number)
    ana.types("/mydata delete")
    ana.presses("Delete everything")
    assert "you begin as new" in ana.fills_in(name="ana").words
    assert house.rows(Member, id=number) == []
    assert house.rows(Account, member_id=number) == []
    for kind in (Contact, Ask, Talk, Promise, QuestionUse, CheckIn, Meeting, Touch, Owed):
        owner = "owner_id" if kind is Contact else "member_id"
        assert house.rows(kind, **{owner: number}) == []
    assert [each.name for each in ben.keeps(Contact)] == ["Kim"]
    assert len(ben.keeps(Talk)) == 1


def test_whoever_was_deleted_hears_nothing_and_begins_as_new(house: House, ana: Person) -> None:
    """The thank-you that was planned does not come; "hi" is answered with the welcome."""
    a_term(ana, "Dana")
    ana.types("/mydata delete")
    ana.presses("Delete everything")
    ana.fills_in(name="Ana")
    house.passes("2026-11-30 12:00", hours=12)
    assert ana.letters == []
    assert "Opt in" in ana.says("hi").labels
    assert ana.keeps(Contact) == []


def test_an_old_button_of_somebody_deleted_is_answered_kindly(ana: Person) -> None:
    """It finds nobody's card."""
    a_term(ana, "Dana")
    card = ana.types("/contact show person: Dana")
    ana.types("/mydata delete")
    ana.presses("Delete everything")
    ana.fills_in(name="Ana")
    assert "Nobody on your list has that number" in ana.picks("Edit", card).words
