"""The privacy sheet says what is so: every table, every column, how it is kept."""

import re
from html import escape
from pathlib import Path

from bot.domain.cohort import Cohort
from bot.domain.marks import Mark
from bot.privacy import KINDS, how_kept, markdown, marks_of, page, sheet
from storage.tables import SHAPES

PAGE = Path(__file__).parents[2] / "docs" / "privacy.md"


def test_every_table_has_a_line_and_no_other() -> None:
    """A table that is new fails here until somebody says who sees it, and until when."""
    stored = {"cohorts": Cohort, **{shape.table: shape.kind for shape in SHAPES}}
    assert dict(KINDS) == stored
    assert [each.name for each in sheet().tables] == list(stored)


def test_every_column_has_a_line_and_no_other() -> None:
    """So does a column; numbers and references say nothing of anybody."""
    for table in sheet().tables:
        named = [name for held in table.holds for name in held.columns]
        assert sorted(named) == sorted(marks_of(KINDS[table.name])), table.name


def test_what_is_encrypted_is_said_from_the_marks() -> None:
    """Notes and addresses are; what is searched is not; where columns differ, they are named."""
    said = {
        name: how_kept(held, table)
        for table in sheet().tables
        for held in table.holds
        for name in held.columns
        if table.name == "contacts"
    }
    assert said["notes"] == "encrypted"
    assert said["name"] == "as it is"
    marks = marks_of(KINDS["contacts"])
    assert marks["email"] is Mark.MATCHED
    assert "encrypted" in said["email"]


def test_each_table_says_who_sees_it_and_until_when() -> None:
    """In words, not left empty."""
    assert [each.name for each in sheet().tables if not (each.sees and each.until)] == []


def test_the_page_of_the_docs_is_made_from_it() -> None:
    """``make docs`` was run after the last change."""
    assert PAGE.read_text(encoding="utf-8") == markdown()


def test_the_file_for_the_school_is_a_whole_page() -> None:
    """A school's name is shown as typed, never as markup; every table is in it."""
    made = page("For <b>St. Mary’s</b>")
    assert "&lt;b&gt;St. Mary’s&lt;/b&gt;" in made
    assert [each.title for each in sheet().tables if escape(each.title) not in made] == []
    assert not re.search(r"<(script|img|link)", made)
