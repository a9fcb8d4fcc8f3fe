"""Any table of people is read whatever wrote it; what is none is refused with a sentence."""

import codecs
import time
from collections.abc import Callable
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.files.decode import decode
from bot.files.escaping import escape_cell, unescape_cell
from bot.files.records import TOO_LONG, UNCLOSED, Record, read_records
from bot.files.refused import FileRefused, RefusedRow
from bot.files.tables import Table, read_table
from tests.bot.files.hostile import cases

T = TypeVar("T")
TEXT = "Name;Firma;Ort\r\nJürgen Müller;Café Zoë;Zürich\r\n"


def records(table: Table) -> list[list[str]]:
    return [row.cells for row in table.rows if isinstance(row, Record)]


def refusal_or(read: Callable[[], T]) -> T | FileRefused:
    """What `read` gives, or its refusal, which must be a sentence."""
    try:
        return read()
    except FileRefused as refused:
        refusal = refused
    assert str(refusal).endswith(".")
    return refusal


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "windows-1252"),
    ],
)
def test_every_usual_encoding_is_read(data: bytes, encoding: str) -> None:
    """The same table comes out of each."""
    table = read_table(data)
    assert table.encoding == encoding
    assert table.header == ("Name", "Firma", "Ort")
    assert records(table) == [["Jürgen Müller", "Café Zoë", "Zürich"]]


def test_one_broken_byte_does_not_garble_the_rest() -> None:
    """UTF-8 with a damaged character stays UTF-8."""
    data = ("name\n" + "Zoë\n" * 50).encode() + b"Ann\xff\n"
    text, encoding = decode(data)
    assert encoding == "utf-8"
    assert "Zoë" in text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"\r\n \r\n", "empty"),
        (b"\x00" * 50, "empty"),
        (b"PK\x03\x04rest of a workbook", "Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (bytes(range(256)) * 8, "not a text file"),
        (b"<table><tr><td>Name</td></tr></table>", "web page"),
        (b'{"name": "Ann"}', "JSON"),
        (b"Ann,Acme\nBob,Basic\n", "no row of headings"),
        (b"name," * 250 + b"x\n", "columns"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    """Each gets a sentence that says what it is."""
    with pytest.raises(FileRefused, match=words):
        read_table(data)


def test_a_huge_file_is_refused_before_it_is_read() -> None:
    """The sentence has both sizes."""
    with pytest.raises(FileRefused, match=r"3 MB.* up to 2 MB"):
        decode(b"a" * 3_000_000, most=2_000_000)


@pytest.mark.parametrize("ending", [b"\n", b"\r", b"\r\n", b",,\n"])
def test_a_file_of_endless_lines_is_refused_before_they_are_walked(ending: bytes) -> None:
    """A million blank lines are no million people."""
    began = time.process_time()
    with pytest.raises(FileRefused, match=r"1,000,00[01] lines"):
        read_table(b"name,company\n" + ending * 1_000_000)
    assert time.process_time() - began < 1


def test_a_linkedin_export_is_found_under_its_preamble() -> None:
    """The notes above the headings are skipped, and line numbers stay true."""
    data = (
        b"Notes:\r\n"
        b'"When you export, some of the addresses may be missing. ""Learn more"", here"\r\n'
        b"\r\n"
        b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\r\n"
        b"Dana,Reyes,https://www.linkedin.com/in/danar,,Acme,Analyst,03 Mar 2024\r\n"
    )
    table = read_table(data)
    assert table.header_line == 4
    assert [row.line for row in table.rows] == [5]
    assert {"first_name", "last_name", "linkedin", "email", "company", "title"} == set(
        table.columns
    )


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_by_what_the_headings_say(delimiter: str) -> None:
    """Even when another one is more frequent inside the cells."""
    rows = [["Full Name", "Employer", "Job Title"], ["Reyes, Dana", "A; B, C", "x, y; z"]]
    data = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows).encode()
    assert records(read_table(data)) == [rows[1]]


def test_excels_separator_line_is_obeyed() -> None:
    """`sep=` is no row, and the line numbers count it."""
    table = read_table(b"sep=;\r\nname;city\r\nAnn;Rome\r\n")
    assert [(row.line, row.cells) for row in table.rows if isinstance(row, Record)] == [
        (3, ["Ann", "Rome"])
    ]


def test_headings_repeated_in_the_middle_are_no_person() -> None:
    """Two exports pasted together are one table."""
    assert records(read_table(b"name,city\nAnn,Rome\nname,city\nBob,Oslo\n")) == [
        ["Ann", "Rome"],
        ["Bob", "Oslo"],
    ]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Preferred First Name", "preferred_name"),
        ("E-Mail", "email"),
        ("EMAIL ADDRESS *", "email"),
        ("Grad Year", "class_year"),
        ("Class of", "class_year"),
        ("Current Employer", "company"),
        ("Organisation", "company"),
        ("Position", "title"),
        ("Industry", "field"),
        ("Profile URL", "linkedin"),
        ("class_year", "class_year"),
        ("asks_per_month", "asks_per_month"),
        ("Compnay", "company"),
        ("Abschlussjahr", "class_year"),
        ("Année de diplôme", "class_year"),
        ("Prénom", "first_name"),
        ("Correo electrónico", "email"),
        ("Año de graduación", "class_year"),
        ("Do Not Contact", "no_consent"),
    ],
)
def test_headings_are_matched_loosely(heading: str, field: str) -> None:
    """Case, accents, fillers and a slip of the finger do not matter."""
    table = read_table(f"name,{heading}\nAnn,x\n".encode())
    assert table.columns[field] == (1,)


@pytest.mark.parametrize("heading", ["Favourite colour", "Connected On", "Club", "Shoe size"])
def test_other_headings_mean_nothing(heading: str) -> None:
    """A column is not forced into a field of ours."""
    assert read_table(f"name,{heading}\nAnn,x\n".encode()).columns.keys() == {"name"}


def test_an_open_quotation_mark_costs_only_its_line() -> None:
    """The rows after it are read, in the middle of a file and at its end."""
    text = 'name\n"Ann\n' + "Bob\n" * 300 + '"Cy\nDee\n'
    rows = list(read_records(text, ","))
    assert [(r.line, r.reason) for r in rows if isinstance(r, RefusedRow)] == [
        (2, UNCLOSED),
        (303, UNCLOSED),
    ]
    assert sum(isinstance(r, Record) for r in rows) == 1 + 300 + 1


def test_a_cell_may_hold_line_breaks_and_mixed_newlines() -> None:
    """Lines are counted as an editor counts them."""
    rows = list(read_records('a\rb\r\n"c\nd"\ne', ","))
    assert [(r.line, r.cells) for r in rows if isinstance(r, Record)] == [
        (1, ["a"]),
        (2, ["b"]),
        (3, ["c\nd"]),
        (5, ["e"]),
    ]


def test_a_line_beyond_all_measure_is_left_out() -> None:
    """131,073 characters in a cell are refused, the next row is read."""
    rows = list(read_records("x" * 131_073 + "\nAnn\n", ","))
    assert rows == [RefusedRow(1, TOO_LONG), Record(2, ["Ann"])]


def test_a_file_of_open_quotes_ends_soon() -> None:
    """It is called damaged, not read for minutes."""
    with pytest.raises(FileRefused, match="damaged"):
        list(read_records(('"a\n' + "b\n" * 300) * 101, ","))


@pytest.mark.parametrize("sample", cases("import file"))
def test_hostile_files_are_read_or_refused(sample: str) -> None:
    """As a whole file or as a cell: rows or a sentence, nothing else."""
    for text in (sample, f"name,company\n{sample},Acme\nAnn,Acme\n"):
        rows = refusal_or(lambda text=text: list(read_table(text.encode()).rows))
        assert isinstance(rows, FileRefused) or all(
            isinstance(row, Record) or row.reason for row in rows
        )


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_escaping_is_undone_exactly(value: str) -> None:
    """What is written out comes back in, and never starts a formula."""
    written = escape_cell(value)
    assert unescape_cell(written) == value
    assert not written.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    assert unescape_cell(escape_cell(written)) == written


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    """Every text is records or refusals, with rising line numbers."""
    try:
        lines = [row.line for row in read_records(text, ",")]
    except FileRefused:
        return
    assert lines == sorted(set(lines))


@given(st.binary())
def test_no_bytes_break_the_decoder(data: bytes) -> None:
    """Text or a sentence."""
    decoded = refusal_or(lambda: decode(data))
    assert isinstance(decoded, FileRefused) or all(decoded)
