"""The alumni office's table becomes people; what cannot is refused with its line and reason."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.alumni import AlumRow, read_alumni
from bot.files.cells import read_asks, read_class_year, read_email, read_profile, turn_name
from bot.files.refused import FileRefused, RefusedRow
from tests.bot.files.hostile import cases

YEAR = 2026


def read(text: str) -> list[AlumRow | RefusedRow]:
    return list(read_alumni(text.encode(), YEAR).rows)


def one(headings: str, cells: str) -> AlumRow | RefusedRow:
    (row,) = read(f"{headings}\n{cells}\n")
    return row


def alum(headings: str, cells: str) -> AlumRow:
    row = one(headings, cells)
    assert isinstance(row, AlumRow), row
    return row


def reason(headings: str, cells: str) -> str:
    row = one(headings, cells)
    assert isinstance(row, RefusedRow), row
    return row.reason


def test_every_known_column_finds_its_field() -> None:
    """The columns that stay by name are read as they are called."""
    headings = (
        "id,name,email,title,company,field,city,country,class_year,major,linkedin,topics,"
        "channel,asks_per_month,consent"
    )
    cells = (
        "A7,Dana Reyes,dana@x.org,Analyst,Acme,marketing,Lima,Peru,2014,History,"
        'linkedin.com/in/dana,"careers, law",e-mail,2,yes'
    )
    assert alum(headings, cells) == AlumRow(
        line=2,
        name="Dana Reyes",
        external_id="A7",
        email="dana@x.org",
        title="Analyst",
        company="Acme",
        field="marketing",
        city="Lima",
        country="Peru",
        class_year=2014,
        major="History",
        linkedin="https://www.linkedin.com/in/dana",
        topics="careers, law",
        channel="e-mail",
        asks_per_month=2,
        consent=True,
    )


def test_an_office_export_is_read_and_the_rest_kept_as_notes() -> None:
    """Unknown columns, a formal first name and a telephone number are notes."""
    row = alum(
        "First Name;Preferred First Name;Last Name;Grad Year;Employer;Club;Mobile;Notes",
        "Danielle;Dana;Reyes;'14;Acme;Chess;+1 555 0100;Likes tea",
    )
    assert (row.name, row.class_year, row.company) == ("Dana Reyes", 2014, "Acme")
    assert row.notes == "First Name: Danielle\nClub: Chess\nMobile: +1 555 0100\nLikes tea"


def test_the_preview_says_what_each_column_means() -> None:
    """Our field with its heading, and the headings that become notes."""
    file = read_alumni(b"Full Name,Work email,Email,Club\nAnn,b@x.org,a@x.org,Chess\n", YEAR)
    assert dict(file.fields) == {"name": "Full Name", "email": "Email"}
    assert file.kept_as_notes == ("Work email", "Club")
    (row,) = file.rows
    assert isinstance(row, AlumRow)
    assert (row.email, row.notes) == ("a@x.org", "Work email: b@x.org\nClub: Chess")


@pytest.mark.parametrize("heading", ["times", "Best time to contact", "Availability", "Horario"])
def test_when_they_like_to_be_asked_is_a_field(heading: str) -> None:
    """In their own words, whatever the office calls the column (A4)."""
    assert alum(f"name,{heading}", "Ann,Tuesday mornings").times == "Tuesday mornings"


def test_a_second_column_for_the_same_field_is_a_note() -> None:
    """The plainest heading wins, wherever it stands."""
    row = alum("Contact,Name,Location,City", "Bob,Ann,Peru,Lima")
    assert (row.name, row.city, row.notes) == ("Ann", "Lima", "Contact: Bob\nLocation: Peru")


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        ("2019", 2019),
        ("'19", 2019),
        ("’88", 1988),
        ("Class of 2019", 2019),
        ("class of '07", 2007),
        ("2015-2019", 2019),
        ("2015–19", 2019),
        ("May 2019", 2019),
        ("2019-05-15", 2019),
        ("2019.0", 2019),
        ("2030", 2030),
        ("3019", None),
        ("1812", None),
        ("soon", None),
        ("12345", None),
    ],
)
def test_class_years_are_read_as_people_write_them(cell: str, year: int | None) -> None:
    """A year beyond all sense is none."""
    assert read_class_year(cell, YEAR) == year


def test_a_class_year_that_cannot_be_read_stays_as_a_note() -> None:
    """The person is not refused for it, and nothing is lost."""
    row = alum("name,class_year", "Ann,soon")
    assert (row.class_year, row.notes) == (None, "class_year: soon")


@pytest.mark.parametrize(
    ("heading", "cell", "consent", "notes"),
    [
        ("consent", "Yes", True, ""),
        ("consent", "oui", True, ""),
        ("consent", "Sí", True, ""),
        ("consent", "✓", True, ""),
        ("Opt-in", "TRUE", True, ""),
        ("consent", "No", False, ""),
        ("Einwilligung", "nein", False, ""),
        ("consent", "", None, ""),
        ("consent", "ask me first", False, "consent: ask me first"),
        ("Do not contact", "yes", False, ""),
        ("Do not contact", "no", None, ""),
        ("Do not contact", "since 2019", False, "Do not contact: since 2019"),
    ],
)
def test_only_a_clear_yes_is_consent(
    heading: str, cell: str, consent: bool | None, notes: str
) -> None:
    """Anything doubtful hides the person, and the words are kept."""
    row = alum(f"name,{heading}", f"Ann,{cell}")
    assert (row.consent, row.notes) == (consent, notes)


@pytest.mark.parametrize(
    ("headings", "cells", "words"),
    [
        ("name,company", ",Acme", "no name"),
        ("name,company", "N/A,Acme", "no name"),
        ("name,company", "\u2060\u2060,Acme", "no name"),
        ("name,email", "Ann,ann at x.org", "not a whole e-mail address"),
        ("name,email", "Ann,ann@x", "not a whole e-mail address"),
        ("name,email", "ann@x.org,", "name is an e-mail address"),
        ("name,company", "Ann,Acme,extra", "3 cells"),
        ("name,title,company", "Ann,Acme", "2 cells"),
        ("name,title", "Ann," + "x" * 301, "job title has 301 characters"),
        ("name,city", "A" * 121 + ",Rome", "name has 121 characters"),
        ("name,Story", "Ann," + "x" * 3001, "“Story” has 3,001 characters"),
    ],
)
def test_a_row_that_cannot_be_kept_says_why(headings: str, cells: str, words: str) -> None:
    """In words for the organiser, with the line it stands on."""
    assert words in reason(headings, cells)


def test_left_out_last_cells_are_forgiven_where_the_rest_is_in_step() -> None:
    """Spreadsheets drop empty last cells; an address in its place shows that nothing slipped."""
    assert alum("name,email,consent", "Ann,ann@x.org").email == "ann@x.org"
    assert "3 cells" in reason("name,title,company,class_year,city", "Ann,2014,Rome")


@pytest.mark.parametrize(("what", "twin"), [("id", "7"), ("email", "ANN@x.org")])
def test_the_same_person_twice_in_a_file_is_taken_once(what: str, twin: str) -> None:
    """The second is a duplicate, naming the line of the first."""
    first, second = read(f"name,{what}\nAnn,{twin.lower()}\nAnna,{twin.lower()}\n")
    assert isinstance(first, AlumRow)
    assert isinstance(second, RefusedRow)
    assert (second.line, second.kind) == (3, "duplicate")
    assert "line 2" in second.reason


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Reyes, Dana", "Dana Reyes"),
        ("van Dyk, Ana Maria", "Ana Maria van Dyk"),
        ("Dana Reyes, PhD", "Dana Reyes, PhD"),
        ("Dana Reyes, Jr.", "Dana Reyes, Jr."),
        ("Reyes, Dana, MD", "Reyes, Dana, MD"),
        ("Dana", "Dana"),
    ],
)
def test_a_turned_name_is_turned_back(cell: str, name: str) -> None:
    """But a degree after the comma is no first name."""
    assert turn_name(cell) == name


def test_somebody_may_be_called_null() -> None:
    """The words for nothing are names here."""
    assert alum("First Name,Last Name", "Ana,Null").name == "Ana Null"


@pytest.mark.parametrize(
    ("cell", "email"),
    [
        ("ann@x.org", "ann@x.org"),
        ("Ann <ann@x.org>", "ann@x.org"),
        ("mailto:ann@x.org", "ann@x.org"),
        ("a@x.org; b@y.org", "a@x.org"),
        ("o'neill+jobs@mail.x.co.uk", "o'neill+jobs@mail.x.co.uk"),
        ("ann@münchen.de", "ann@münchen.de"),
        ("ann@x..org", None),
        ("ann@@x.org", None),
        (".ann@x.org", None),
        ("a b@x", None),
    ],
)
def test_addresses_are_found_or_refused(cell: str, email: str | None) -> None:
    """The first whole one counts."""
    assert read_email(cell) == email


@pytest.mark.parametrize(
    ("cell", "link"),
    [
        ("linkedin.com/in/dana", "https://www.linkedin.com/in/dana"),
        ("http://de.linkedin.com/in/dana/", "https://www.linkedin.com/in/dana/"),
        ("in/dana", "https://www.linkedin.com/in/dana"),
        ("https://dana.example/me", "https://dana.example/me"),
        ("javascript:alert(1)", None),
        ("https://user:pw@evil.example", None),
        ("Dana Reyes", None),
    ],
)
def test_only_links_that_are_safe_to_show_are_links(cell: str, link: str | None) -> None:
    """Others stay as notes."""
    assert read_profile(cell) == link


@pytest.mark.parametrize(
    ("cell", "asks"),
    [("2", 2), ("2 per month", 2), ("one", 1), ("0", 0), ("3.0", 3), ("-1", None), ("999", None)],
)
def test_asks_a_month_are_a_small_number(cell: str, asks: int | None) -> None:
    """Anything else is no number."""
    assert read_asks(cell) == asks


def test_formulas_come_in_as_text() -> None:
    """Kept as they stand; what an export escaped is as it was."""
    row = alum("name,company", '=1+1,"\'=HYPERLINK(""x"")"')
    assert (row.name, row.company) == ("=1+1", '=HYPERLINK("x")')


@pytest.mark.parametrize("sample", [*cases("unicode"), *cases("import file")])
def test_hostile_cells_are_kept_clean_or_refused(sample: str) -> None:
    """One line, no controls, or a reason."""
    cell = '"' + sample.encode("utf-8", "replace").decode().replace('"', '""') + '"'
    try:
        rows = read(f"name,company\n{cell},{cell}\n")
    except FileRefused:
        return
    for row in rows:
        shown = row.reason if isinstance(row, RefusedRow) else row.name + row.company
        assert len(shown.splitlines()) == 1
        assert shown.isprintable() or "\u200d" in shown or "\u200c" in shown


@given(
    st.lists(
        st.fixed_dictionaries({"name": st.text(), "company": st.text(), "class_year": st.text()}),
        min_size=1,
    )
)
def test_every_row_is_somebody_or_has_a_reason(rows: list[dict[str, Any]]) -> None:
    """No row vanishes and none breaks the reader."""
    quoted = (
        ",".join('"' + str(cell).replace('"', '""') + '"' for cell in row.values()) for row in rows
    )
    text = "name,company,class_year\n" + "\n".join(quoted) + "\n"
    filled = [row for row in rows if any(row.values())]
    try:
        read_rows = list(read_alumni(text.encode("utf-8", "replace"), YEAR).rows)
    except FileRefused:
        return
    assert len(read_rows) == len(filled)


def test_a_hundred_thousand_rows_take_seconds() -> None:
    """The parser is no bottleneck: 20,000 rows in under three seconds of this processor."""
    text = "id,name,title,company,city,class_year,field,email\n" + "".join(
        f'A{i},Dana Reyes,Analyst,"Acme, Inc",Lima,2014,marketing,d{i}@x.org\n'
        for i in range(20_000)
    )
    began = time.process_time()
    assert sum(isinstance(row, AlumRow) for row in read(text)) == 20_000
    assert time.process_time() - began < 3
