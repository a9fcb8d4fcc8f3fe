"""People from a file: a preview, one press, and another takes them back (FEATURES J2)."""

import pytest

from bot.bringing import MOST_BYTES
from bot.domain.bringing import MOST
from bot.domain.people import Contact, ContactKind, Sharing
from bot.invocation import Invocation, Place, Upload
from tests.builders import a_contact
from tests.front_door import SURFACE, House, Person, Shown

LINKEDIN = (
    "Notes:\n"
    '"Some addresses are missing."\n'
    "\n"
    "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    "Priya,Rao,https://www.linkedin.com/in/priya,,Calloway,Analyst,03 Apr 2026\n"
    "Sam,Cole,,sam@clinic.example,City Clinic,Nurse,02 Mar 2024\n"
    ",,https://www.linkedin.com/in/gone,,,,01 Mar 2024\n"
    "Dana,Reyes,,,Acme,Head of Rights,01 Mar 2023\n"
)
CARDS = (
    "BEGIN:VCARD\nVERSION:3.0\nFN:Rosa Vale\nTEL:+1 555 0100\nNOTE:my aunt\nEND:VCARD\n"
    "BEGIN:VCARD\nVERSION:4.0\nFN:Kim Sato\nEMAIL:kim@x.example\nEND:VCARD\n"
)


def file(content: str | bytes, name: str = "people.csv") -> Upload:
    """As a chat hands it over."""
    return Upload(name, content.encode() if isinstance(content, str) else content)


def sends(who: Person, content: str | bytes, words: str = "") -> Shown:
    """A file in a direct message."""
    found = who.does(
        Invocation(
            "snowball", who.actor, Place(SURFACE), who.house.key(), {"file": file(content)},
            typed=words, how="said",
        )
    )  # fmt: skip
    assert found is not None
    return found


def knows_dana(ana: Person) -> None:
    """Dana Reyes is on the list."""
    member = ana.member
    ana.house.add(a_contact("Dana Reyes", cohort_id=member.cohort_id, owner_id=member.id))


def names(ana: Person) -> list[str]:
    """Who is on the list."""
    return sorted(each.name for each in ana.keeps(Contact, removed=None))


def test_a_linkedin_export_is_shown_first(ana: Person) -> None:
    """New, there already, and each row that is left out with its reason; nothing is saved."""
    knows_dana(ana)
    seen = ana.types("/contact add", file=file(LINKEDIN, "Connections.csv"))
    assert seen.words.startswith("Preview: nothing is saved yet\nPriya Rao, Sam Cole")
    for said in ("New: 2", "On your list already: 1", "Cannot be read: 1"):
        assert said in seen.words
    assert "Line 7: It has no name." in seen.words
    assert "Line 8: Dana Reyes is on your list." in seen.words
    assert names(ana) == ["Dana Reyes"]


def test_one_press_adds_and_a_second_doubles_nobody(ana: Person) -> None:
    """With what the file says; the day of connecting is a note."""
    knows_dana(ana)
    seen = ana.types("/contact add", file=file(LINKEDIN))
    assert ana.presses("Add 2", seen).words.startswith("Added: 2 people.")
    priya = next(each for each in ana.keeps(Contact) if each.name == "Priya Rao")
    assert (priya.company, priya.title) == ("Calloway", "Analyst")
    assert priya.notes == "Connected On: 03 Apr 2026"
    assert priya.kind is ContactKind.HEARD_OF
    again = ana.presses("Add 2", seen)
    assert again.words.startswith("They are all on your list already.")
    assert names(ana) == ["Dana Reyes", "Priya Rao", "Sam Cole"]


def test_they_can_be_taken_back_and_brought_again(ana: Person) -> None:
    """All but those whom the student has begun with; and who was there before stays."""
    knows_dana(ana)
    ana.presses("Add 2", ana.types("/contact add", file=file(LINKEDIN)))
    added = ana.last
    ana.types("/ask sent Sam Cole")
    back = ana.presses("Take them back", added)
    assert "Off your list again: one person. Whom you have begun with stays: 1." in back.words
    assert names(ana) == ["Dana Reyes", "Sam Cole"]
    assert "Back on your list: one person." in ana.presses("Undo", back).words
    assert names(ana) == ["Dana Reyes", "Priya Rao", "Sam Cole"]
    assert "nobody left to bring back" in ana.presses("Undo", back).words


def test_cards_come_by_the_form_with_how_they_are_known(ana: Person) -> None:
    """The form asks for the file and, if one likes, the kind."""
    ana.says("import my contacts")
    form = ana.presses("Add people from a file")
    seen = ana.fills_in(form, file=file(CARDS, "cards.vcf"), kind="family")
    assert "“family or friend”, private until you share one" in seen.words
    ana.presses("Add 2", seen)
    rosa = next(each for each in ana.keeps(Contact) if each.name == "Rosa Vale")
    assert (rosa.phone, rosa.notes, rosa.kind) == ("+1 555 0100", "my aunt", ContactKind.FAMILY)


def test_nobody_out_of_a_file_is_shared_by_itself(ana: Person) -> None:
    """Whatever the student shares by default: nobody looks through five hundred people."""
    ana.types("/settings change share_as: open")
    ana.presses("Add 2", sends(ana, CARDS))
    assert {each.sharing for each in ana.keeps(Contact)} == {Sharing.PRIVATE}


def test_a_file_in_a_direct_message_is_enough(ana: Person) -> None:
    """The preview at once; of what is no file of people, what could be sent instead."""
    assert sends(ana, CARDS).labels == ["Add 2"]
    assert sends(ana, CARDS, "here are my contacts").labels == ["Add 2"]
    refused = sends(ana, b"%PDF-1.7 my resume")
    assert refused.words.startswith("That is a PDF.")
    assert "I can take people from a vCard or a CSV" in refused.words
    assert "Log a talk" in " ".join(sends(ana, b"%PDF-1.7", "talked to Dana").labels)


def test_an_organiser_says_who_is_in_the_file(house: House) -> None:
    """For the class, or their own."""
    otto = house.joined("Otto", admin=True)
    asked = sends(otto, CARDS)
    assert asked.labels == ["Alumni, for the class", "My own contacts"]
    assert "Add 2" in otto.presses("My own contacts", asked).labels
    assert "New: 2" in otto.presses("Alumni, for the class", asked).words


def test_much_like_somebody_is_left_to_the_student(ana: Person) -> None:
    """A slip of a letter may be the same person, or not."""
    knows_dana(ana)
    seen = sends(ana, "name,company\nDana Reyez,Acme\n")
    assert "Nobody new in this file." in seen.words
    assert "Dana Reyez is much like Dana Reyes, whom you have." in seen.words


def test_so_many_at_once_and_the_rest_with_the_same_file(ana: Person) -> None:
    """Whom the first press added is there the second time."""
    spelled = ("".join(chr(ord(c) + 49) * 3 for c in f"{each:03}") for each in range(MOST + 7))
    many = "name\n" + "".join(f"Vale {name.title()}\n" for name in spelled)
    seen = sends(ana, many)
    assert f"{MOST} at a time: send me the same file again for the other 7." in seen.words
    ana.presses(f"Add {MOST}", seen)
    assert "Add 7" in sends(ana, many).labels


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "That file is empty."),
        (b"name\n", "I found nobody in this file."),
        (b"a,b\n1,2\n", "I found no row of headings in that file."),
        (b"PK\x03\x04xx", "That is an Excel workbook or a zip archive."),
        (b"\x00\x01\x02" * 99, "That is not a text file."),
        (b"BEGIN:VCARD\nVERSION:3.0\nFN:Cut Off\n", "Nobody new in this file."),
        (b"name\n" + b"x" * MOST_BYTES, "That file is too big: 10 MB, and I take up to 10 MB."),
        (b"name,title\nLee Chen," + b"x" * 250, "Nobody new in this file."),
    ],
)
def test_a_file_that_will_not_do(ana: Person, content: bytes, said: str) -> None:
    """A sentence, and nothing is saved."""
    assert ana.types("/contact add", file=file(content)).words.startswith(said)
    assert names(ana) == []


def test_without_a_file_the_name_is_asked_for(ana: Person) -> None:
    """As ever, and it is the only thing that is."""
    form = ana.types("/contact add").form
    assert [each.name for each in form.fields if each.required] == ["name"]
    assert "file" not in {each.name for each in form.fields}
