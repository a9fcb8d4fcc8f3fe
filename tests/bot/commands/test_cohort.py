"""An organiser brings the alumni in: a preview first, twice is once, no consent is hidden."""

from dataclasses import replace

import pytest

from bot.domain.people import Alum
from bot.invocation import Upload
from tests.front_door import House, Person, Shown

FILE = (
    "id,name,email,title,company,city,class year,consent,Shoe size\n"
    "A1,Priya Rao,priya@calloway.example,Marketing Manager,Calloway,Chicago,2014,yes,38\n"
    "A2,Sam Cole,sam@clinic.example,Nurse,City Clinic,Boston,2016,no,44\n"
    "A3,,nobody@x.example,Clerk,Acme,Bern,2001,yes,40\n"
    "A4,Lee Chen,lee@acme.example,Analyst,Acme,Bern,1850,yes,41\n"
)


@pytest.fixture
def otto(house: House) -> Person:
    """An organiser."""
    return house.joined("Otto", admin=True)


def uploads(otto: Person, content: str = FILE) -> Shown:
    """The preview of a file."""
    return otto.types("/cohort import", file=Upload("alumni.csv", content.encode()))


def test_a_preview_counts_and_writes_nothing(house: House, otto: Person) -> None:
    """New, without consent, and each row that is left out with its line and reason."""
    seen = uploads(otto)
    assert seen.words.startswith("Preview: nothing is written yet")
    assert "Without consent: kept, hidden from students: 1" in seen.words
    assert "Line 4:" in seen.words
    assert "Shoe size" in seen.words
    assert house.rows(Alum) == []


def test_a_year_that_is_none_is_told_before_it_is_left_empty(house: House, otto: Person) -> None:
    """With its line; the word itself is kept."""
    seen = uploads(otto, "name,class year\nPriya Rao,banana\nSam Cole,2016\n")
    assert "One year could not be read (line 2): left empty, and kept as a note." in seen.words
    otto.presses("Import: everybody agreed", seen)
    priya = next(each for each in house.rows(Alum) if each.name == "Priya Rao")
    assert (priya.class_year, priya.notes) == (None, "class year: banana")
    more = uploads(otto, "name,class year\n" + "Lee Chen,banana\n" * 9)
    assert "9 years could not be read (line 2, 3, 4, 5, 6 …)" in more.words


def test_the_directory_takes_vcards_too(house: House, otto: Person) -> None:
    """Several cards in one file; one that is damaged is left out with its line."""
    card = "BEGIN:VCARD\nVERSION:3.0\nFN:{}\nTITLE:Nurse\nTEL:+1 555 0100\nEND:VCARD\n"
    seen = uploads(otto, card.format("Priya Rao") + "BEGIN:VCARD\n" + card.format("Sam Cole"))
    assert "New: 2" in seen.words
    assert "Line 7: This card cannot be read" in seen.words
    otto.presses("Import: everybody agreed", seen)
    assert {(each.name, each.title, each.notes) for each in house.rows(Alum)} == {
        ("Priya Rao", "Nurse", "Phone: +1 555 0100"),
        ("Sam Cole", "Nurse", "Phone: +1 555 0100"),
    }


def test_two_presses_import_once(house: House, otto: Person) -> None:
    """The second finds everybody there."""
    seen = uploads(otto)
    (label,) = seen.labels
    first = otto.presses(label, seen)
    count = len(house.rows(Alum))
    assert first.words.startswith(f"Imported: {count} new.")
    assert otto.presses(label, seen).words.startswith("Everybody in this file was")
    assert len(house.rows(Alum)) == count


def test_a_newer_file_brings_up_to_date(house: House, otto: Person) -> None:
    """Matched by the office's number; nobody is doubled."""
    otto.presses(uploads(otto).labels[0])
    seen = uploads(otto, FILE.replace("Marketing Manager", "Marketing Director"))
    assert "Brought up to date: 1" in seen.words
    otto.presses(seen.labels[0], seen)
    titles = {each.name: each.title for each in house.rows(Alum)}
    assert titles["Priya Rao"] == "Marketing Director"


def test_the_same_file_again_is_nothing_new(otto: Person) -> None:
    """And says so."""
    otto.presses(uploads(otto).labels[0])
    assert uploads(otto).words.startswith("Nothing new in this file.")


def test_who_did_not_consent_is_hidden(house: House, otto: Person) -> None:
    """Students do not find them."""
    otto.presses(uploads(otto).labels[0])
    ana = house.joined("Ana")
    assert ana.types("/alum find marketing").people == ["Priya Rao"]
    assert "Sam Cole" not in ana.types("/alum find nursing").words


def test_a_newer_file_leaves_the_alums_own_wishes(house: House, otto: Person) -> None:
    """Whoever said one request a month is not back at five by the next import."""
    file = "name,title,asks per month,topics\nRowan Vale,Nurse,5,nights\n"
    otto.presses(uploads(otto, file).labels[0])
    (rowan,) = house.rows(Alum)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(rowan, asks_per_month=1, topics="", times="mornings"))
    seen = uploads(otto, file)
    otto.presses(seen.labels[0], seen)
    (now,) = house.rows(Alum)
    assert (now.asks_per_month, now.topics, now.times) == (1, "nights", "mornings")


UNSAID = "name,title,consent\nRowan Vale,Nurse,\nKim Sato,Nurse,yes\n"


@pytest.mark.parametrize(
    ("label", "found"),
    [
        ("Import: everybody agreed", {"Rowan Vale", "Kim Sato"}),
        ("Keep them hidden until they agree", {"Kim Sato"}),
    ],
)
def test_who_agreed_is_asked_where_the_file_does_not_say(
    house: House, otto: Person, label: str, found: set[str]
) -> None:
    """One press either way; a later yes lists who was hidden, but nobody who left."""
    seen = uploads(otto, UNSAID)
    assert seen.labels == ["Import: everybody agreed", "Keep them hidden until they agree"]
    otto.presses(label, seen)
    ana = house.joined("Ana")
    assert set(ana.types("/alum find nursing").people) == found
    later = uploads(otto, UNSAID.replace("Nurse,\n", "Nurse,yes\n"))
    if later.labels:
        otto.presses("Import 1", later)
    assert set(ana.types("/alum find nursing").people) == {"Rowan Vale", "Kim Sato"}


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", "just words\n", "a,b\n1,2\n"])
def test_what_is_no_table_of_people_is_refused(otto: Person, content: str) -> None:
    """With a sentence, and nothing written."""
    seen = uploads(otto, content)
    assert seen.words
    assert "Something went wrong" not in seen.words
    assert otto.house.rows(Alum) == []


def test_words_instead_of_a_file(otto: Person) -> None:
    """The form asks for a file."""
    assert otto.types("/cohort import alumni.csv").errors == {
        "file": "I need a file here: attach one, please."
    }


def test_a_field_of_the_cohorts_own_is_found(house: House, otto: Person) -> None:
    """Taught once, students' words find its titles."""
    file = "name,title\nRowan Vale,Tidal Weaver\n"
    otto.presses(uploads(otto, file).labels[0])
    otto.types("/cohort field Tidecraft titles: Tidal Weaver, Tide Warden")
    ana = house.joined("Ana")
    assert ana.types("/alum find Tidecraft").people == ["Rowan Vale"]
