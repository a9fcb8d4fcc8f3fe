"""A student's own people come in from tables and vCards, and go out again the same."""

import dataclasses

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from bot.files.contacts import ContactRow, read_contacts
from bot.files.csv_out import write_csv
from bot.files.refused import FileRefused, RefusedRow
from bot.files.tables import read_table
from bot.files.vcards import Card, write_vcards
from tests.bot.files.hostile import cases

YEAR = 2026
LINKEDIN = (
    b"Notes:\n"
    b'"Some addresses are missing, since people may hide them."\n'
    b"\n"
    b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
    b'Dana,Reyes,https://www.linkedin.com/in/danar,,"Acme, Inc",Analyst,03/04/2026\n'
    b",,https://www.linkedin.com/in/gone,,,,02 Mar 2024\n"
)
CARDS = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Reyes;Dana;;;\r\nFN:Dana Reyes\r\nORG:Acme\\, Inc;Sales\r\n"
    "TITLE:Analyst\r\nEMAIL;TYPE=work:d@x.org\r\nTEL:+1 555 0100\r\n"
    "ADR;TYPE=home:;;1 High St;Lima;;;Peru\r\nURL:https://www.linkedin.com/in/dana\r\n"
    "PHOTO;ENCODING=b:" + "QUJD" * 500 + "\r\n QUJD\r\nNOTE:hi\\nthere\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:2.1\r\n"
    "N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=BCrgen\r\nEND:VCARD\r\n"
    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Cut Off\r\n"
    "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ann\r\nitem1.EMAIL:ann@x.org\r\nEND:VCARD\r\n"
).encode()


def people(data: bytes) -> list[ContactRow | RefusedRow]:
    return list(read_contacts(data, YEAR))


def test_a_linkedin_export_becomes_contacts() -> None:
    """Its date is kept as written, never guessed; a row without a name is refused."""
    dana, nobody = people(LINKEDIN)
    assert dana == ContactRow(
        line=5,
        name="Dana Reyes",
        company="Acme, Inc",
        title="Analyst",
        link="https://www.linkedin.com/in/danar",
        notes="Connected On: 03/04/2026",
    )
    assert nobody == RefusedRow(6, "It has no name.")


def test_vcards_of_every_version_become_contacts() -> None:
    """Pictures are left out; a card that is cut off costs only itself."""
    dana, juergen, cut, ann = people(CARDS)
    assert dana == ContactRow(
        line=1,
        name="Dana Reyes",
        email="d@x.org",
        phone="+1 555 0100",
        title="Analyst",
        company="Acme, Inc",
        city="Lima, Peru",
        link="https://www.linkedin.com/in/dana",
        notes="hi\nthere",
    )
    assert isinstance(juergen, ContactRow)
    assert juergen.name == "Jürgen Müller"
    assert isinstance(cut, RefusedRow)
    assert (cut.line, "cut off" in cut.reason) == (19, True)
    assert ann == ContactRow(line=22, name="Ann", email="ann@x.org")


def test_the_same_person_twice_is_taken_once() -> None:
    """Same address, or same name and employer."""
    rows = people(b"name,email,company\nAnn,a@x.org,A\nAnna,A@X.org,B\nBo,,C\nBo,,C\nBo,,D\n")
    assert [row.line for row in rows if isinstance(row, RefusedRow)] == [3, 5]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"hello", b"BEGIN:VCALENDAR\nEND:VCALENDAR"])
def test_what_holds_no_people_is_refused(data: bytes) -> None:
    """With a sentence, at once."""
    with pytest.raises(FileRefused):
        read_contacts(data, YEAR)


@given(
    st.builds(
        Card,
        name=st.text(min_size=1),
        uid=st.just("c1-7@snowball"),
        email=st.text(),
        phone=st.text(),
        title=st.text(),
        company=st.text(),
        city=st.text(),
        link=st.text(),
        notes=st.text(),
    )
)
def test_whatever_is_written_is_one_card_of_one_property_a_line(card: Card) -> None:
    """No value adds a property of its own."""
    lines = write_vcards([card]).decode().split("\r\n")
    names = [line.split(":")[0].split(";")[0] for line in lines if line and line[0] != " "]
    assert names[0] == "BEGIN"
    assert names[-1] == "END"
    assert len(names) == len(set(names))
    assert set(names) <= {"BEGIN", "VERSION", "FN", "N", "UID", "EMAIL", "TEL", "TITLE", "ORG"} | {
        "ADR",
        "URL",
        "NOTE",
        "END",
    }


def test_a_card_written_is_read_back() -> None:
    """Out and in again is the same person."""
    card = Card(
        "Dana María Reyes", "1", "d@x.org", "+1", "Analyst", "Acme; Inc", "Lima", notes="a\nb"
    )
    (row,) = people(write_vcards([card]))
    assert row == ContactRow(
        line=1,
        name="Dana María Reyes",
        email="d@x.org",
        phone="+1",
        title="Analyst",
        company="Acme; Inc",
        city="Lima",
        notes="a\nb",
    )


MANY = (
    b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Reyes;Dana;;;\r\nFN:Dana Reyes\r\n"
    b"EMAIL;TYPE=home:not an address\r\nEMAIL;TYPE=work:d@x.org\r\nEMAIL:dana@home.test\r\n"
    b"EMAIL:d@x.org\r\nTEL;TYPE=cell:+1 555 0100\r\nTEL:tel:+1-555-0101\r\n"
    b"TITLE:Analyst\r\nROLE:Mentor\r\nORG:Acme;Sales\r\nORG:Chess Club\r\n"
    b"URL:https://www.linkedin.com/in/dana\r\nURL:https://dana.test/me\r\nURL:dana.test\r\n"
    b"NOTE:hi\r\nEND:VCARD\r\n"
)


def test_nothing_that_a_card_has_twice_is_lost() -> None:
    """The first that can be read is the field's; the rest are lines of the notes, each once."""
    (dana,) = people(MANY)
    assert isinstance(dana, ContactRow)
    assert (dana.email, dana.phone, dana.title) == ("d@x.org", "+1 555 0100", "Analyst")
    assert (dana.company, dana.link) == ("Acme", "https://www.linkedin.com/in/dana")
    assert dana.notes.splitlines() == [
        "hi", "Also e-mail not an address", "Also e-mail dana@home.test",
        "Also phone +1-555-0101", "Also works as Mentor", "Also at Chess Club",
        "Also on https://dana.test/me", "Also on dana.test",
    ]  # fmt: skip


def test_several_numbers_and_addresses_go_out_as_such_and_come_back() -> None:
    """An address book gets them as numbers and addresses, not as prose; in again it is the same."""
    (dana,) = people(MANY)
    assert isinstance(dana, ContactRow)
    card = Card(
        dana.name, "1", dana.email, dana.phone, dana.title, dana.company, "", dana.link, dana.notes
    )
    data = write_vcards([card])
    read = vobject.readOne(data.decode())
    assert read.validate(raiseException=True)
    assert [each.value for each in read.email_list] == ["d@x.org", "dana@home.test"]
    assert [each.value for each in read.tel_list] == ["+1 555 0100", "+1-555-0101"]
    assert [each.value for each in read.url_list] == [dana.link, "https://dana.test/me"]
    assert "Also e-mail not an address" in read.note.value
    (again,) = people(data)
    assert isinstance(again, ContactRow)
    assert sorted(again.notes.splitlines()) == sorted(dana.notes.splitlines())
    assert dataclasses.replace(again, notes="") == dataclasses.replace(dana, notes="")


def test_prose_in_the_notes_stays_prose() -> None:
    """ "Also phone her on Mondays" is no number."""
    notes = "Also phone her on Mondays\nAlso e-mail is best\nAlso on holiday"
    read = vobject.readOne(write_vcards([Card("Dana", "1", notes=notes)]).decode())
    assert read.note.value == notes
    assert not hasattr(read, "tel")


@pytest.mark.parametrize("sample", cases("ics and vcard"))
def test_hostile_values_stay_inside_their_property(sample: str) -> None:
    """Breaks become spaces, lines are folded at 75 octets, never inside a character."""
    card = Card(name=sample or "x", uid="1", notes=sample, link=sample)
    data = write_vcards([card])
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        assert line.decode().splitlines() in ([line.decode()], [])
    assert b"\nATTENDEE" not in data
    assert b"\nTEL" not in data


@pytest.mark.parametrize("sample", cases("csv export"))
def test_hostile_cells_open_as_text_and_come_back(sample: str) -> None:
    """No cell starts a formula whatever the separator; the same value is read back."""
    data = write_csv(["name", "company"], [["Ann", sample], [sample, "Acme"]])
    for line in data.decode("utf-8-sig").split("\r\n"):
        assert not line.startswith(tuple("=+-@\t\r\n"))
        assert not any(f'{mark}"{sign}' in line for sign in "=+@\t\r\n" for mark in ",;")
    read_back = [row.cells for row in read_table(data).rows if not isinstance(row, RefusedRow)]
    assert read_back == [["Ann", sample], [sample, "Acme"]]


def test_numbers_stay_numbers() -> None:
    """A negative number is no formula; text that looks like one is kept from being one."""
    assert write_csv(["n"], [[-5], ["-5"], [None]]).decode("utf-8-sig") == (
        '"n"\r\n"-5"\r\n"\'-5"\r\n""\r\n'
    )


def test_a_card_beyond_all_measure_costs_only_itself() -> None:
    """A property of a million parts is refused before it is taken apart; a picture is no matter."""
    long = "BEGIN:VCARD\nVERSION:3.0\nFN" + ";X=y" * 1_000_000 + ":Ann Lee\nEND:VCARD\n"
    seen = "BEGIN:VCARD\nVERSION:3.0\nFN:Ben Roe\nPHOTO:" + "A" * 200_000 + "\nEND:VCARD\n"
    first, second = read_contacts((long + seen).encode(), 2026)
    assert isinstance(first, RefusedRow)
    assert "100,000 characters" in first.reason
    assert getattr(second, "name", "") == "Ben Roe"
