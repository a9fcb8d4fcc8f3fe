"""The archive: every format read by a strict reader of its own, and nothing in a cell runs."""

import csv
import io
import json
import zipfile

import icalendar
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from whenever import Date

from bot.domain.meetings import Meeting, MeetingState
from bot.domain.talks import Promise
from bot.files.escaping import unescape_cell
from bot.files.export import Mine, write_archive
from bot.mine import KINDS
from tests.builders import NOW, a_contact, a_member, a_talk

LINES = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40)


def an_archive(*rows: object) -> zipfile.ZipFile:
    """The archive of these rows."""
    tables = {name: [row for row in rows if type(row) is kind] for name, kind in KINDS.items()}
    mine = Mine(member=a_member(), tables=tables, kinds=KINDS, uid="cohort-1", now=NOW)
    return zipfile.ZipFile(io.BytesIO(write_archive(mine)))


def table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    """A table as a spreadsheet reads it."""
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline="")))


def test_every_kind_has_its_table_even_when_it_is_empty() -> None:
    """A heading says what there would be."""
    archive = an_archive()
    assert archive.testzip() is None
    for name in KINDS:
        heading = archive.read(f"{name}.csv").decode("utf-8-sig").splitlines()[0]
        assert heading.startswith('"id"')


def test_no_number_of_ours_and_no_secret_address_is_written() -> None:
    """Who else read a draft is nobody's export but theirs."""
    member = a_member(calendar_key="unguessable")
    tables = {name: [] for name in KINDS}
    mine = Mine(member=member, tables=tables, kinds=KINDS, uid="cohort-1", now=NOW)
    archive = zipfile.ZipFile(io.BytesIO(write_archive(mine)))
    everything = b"".join(archive.read(each) for each in archive.namelist())
    for word in (b"unguessable", b"cohort_id", b"reviewer_id", b"owner_id"):
        assert word not in everything


@settings(deadline=None)
@given(LINES, LINES)
def test_whatever_was_written_comes_out_and_nothing_runs(name: str, notes: str) -> None:
    """Formulas are disarmed in the table; JSON holds the very words."""
    contact = a_contact(name, id=7, notes=notes)
    archive = an_archive(contact)
    (row,) = table(archive, "contacts.csv")
    assert unescape_cell(row["name"]) == name
    assert unescape_cell(row["notes"]) == notes
    assert row["name"][0] not in "=+-@\t\r"
    everything = json.loads(archive.read("everything.json"))
    assert everything["contacts"][0]["name"] == name
    assert everything["contacts"][0]["notes"] == notes


@settings(deadline=None)
@given(LINES, LINES)
def test_a_strict_reader_takes_the_cards(name: str, notes: str) -> None:
    """One card for each person, whatever they are called."""
    archive = an_archive(a_contact(f"Dana {name}", id=7, notes=notes, email="d@work.test"))
    text = archive.read("contacts.vcf").decode()
    (card,) = vobject.readComponents(text, validate=True, ignoreUnreadable=False)
    card.validate(raiseException=True)
    assert card.fn.value.startswith("Dana")
    assert card.email.value == "d@work.test"
    assert card.uid.value == "contact-7@cohort-1"


@settings(deadline=None)
@given(LINES)
def test_a_strict_reader_takes_the_calendar(words: str) -> None:
    """A booked talk at its instant, a promise on its day."""
    meeting = Meeting(
        cohort_id=1, id=3, member_id=1, contact_id=7, at=NOW, made=NOW, sequence=2, place=words,
        state=MeetingState.CANCELLED,
    )  # fmt: skip
    promise = Promise(cohort_id=1, id=4, talk_id=1, member_id=1, words=words, due=Date(2026, 12, 1))
    archive = an_archive(a_contact("Dana", id=7), meeting, promise)
    calendar = icalendar.Calendar.from_ical(archive.read("calendar.ics"))
    assert not calendar.errors
    talk, kept = calendar.walk("VEVENT")
    assert not talk.errors
    assert not kept.errors
    assert talk["SUMMARY"] == "Talk with Dana"
    assert talk["SEQUENCE"] == 2
    assert talk["STATUS"] == "CANCELLED"
    assert talk.decoded("DTSTART") == NOW.to_stdlib()
    assert kept.decoded("DTSTART") == Date(2026, 12, 1).to_stdlib()


def test_who_is_in_the_trash_is_in_the_tables_and_in_no_address_book() -> None:
    """They are still kept, so they are said to be; but nobody wants them among their contacts."""
    archive = an_archive(a_contact("Dana", id=7, removed=NOW))
    assert [row["name"] for row in table(archive, "contacts.csv")] == ["Dana"]
    assert b"Dana" not in archive.read("contacts.vcf")


def test_tables_refer_to_each_other_by_number() -> None:
    """A talk's contact_id is the contact's id."""
    archive = an_archive(a_contact("Dana", id=7), a_talk(7, id=2, tip="=1+1"))
    (talk,) = table(archive, "talks.csv")
    assert (talk["contact_id"], talk["tip"], talk["held"]) == ("7", "'=1+1", "2026-11-23")


def test_the_same_rows_make_the_same_bytes() -> None:
    """Nothing in it depends on when or where it is written."""
    mine = Mine(
        member=a_member(), tables={name: [] for name in KINDS}, kinds=KINDS, uid="c", now=NOW
    )
    assert write_archive(mine) == write_archive(mine)
