"""The shell: help, saying things, importing a directory; mistakes are sentences."""

from pathlib import Path

import pytest

from adapters.compose import open_database
from bot.settings import Settings
from tests.builders import a_cohort
from tests.shell import Shell

CSV = "id,name,title,city\nA7,Priya Rao,Marketing Manager,Chicago\n,,Nameless,Bern\n"


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A prompt in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A small directory."""
    made = tmp_path / "alumni.csv"
    made.write_text(CSV)
    return made


def test_an_alumni_file_is_imported_and_searched(shell: Shell, file: Path) -> None:
    """Preview, then yes; found with the office's own number; a second time changes nothing."""
    done = shell.runs("import", "alumni", str(file), "--yes")
    assert done.status == 0, done.err
    assert "New: 1" in done.out
    assert "Line 3:" in done.out
    assert done.out.splitlines()[-1] == "Imported into My cohort."
    (found,) = shell.says("/alum find maketing")
    assert [(each["external_id"], each["name"]) for each in found["people"]] == [
        ("A7", "Priya Rao")
    ]
    again = shell.runs("import", "alumni", str(file), "--yes")
    assert "Already there, unchanged: 1" in again.out


def test_a_file_is_for_the_class_that_was_named(shell: Shell, file: Path) -> None:
    """The first has nothing of it; a class that is not there is told, with those that are."""
    settings = Settings(_env_file=None, SNOWBALL_DATA=shell.folder / "data")
    database = open_database(settings)
    for name in ("Spring", "Autumn"):
        database.add_cohort(a_cohort(name))
    database.close()
    done = shell.runs("import", "alumni", str(file), "--yes", "--cohort", "2")
    assert done.out.splitlines()[-1] == "Imported into Autumn."
    assert shell.says("/alum find marketing")[0]["people"] == []
    refused = shell.runs("import", "alumni", str(file), "--cohort", "3")
    assert refused.status == 2
    assert "There is no class 3. There are: 1 (Spring), 2 (Autumn)." in refused.err


def test_without_a_yes_nothing_is_written(shell: Shell, file: Path) -> None:
    """The question is asked, and no is no."""
    done = shell.runs("import", "alumni", str(file), stdin="n\n")
    assert "Nothing was written." in done.out
    assert shell.says("/alum find marketing")[0]["people"] == []


def test_who_agreed_is_asked_where_the_file_does_not_say(shell: Shell, tmp_path: Path) -> None:
    """A no keeps them hidden; the file's own yes lists them."""
    file = tmp_path / "unsaid.csv"
    file.write_text("name,title,consent\nRowan Vale,Nurse,\nKim Sato,Nurse,yes\n")
    done = shell.runs("import", "alumni", str(file), stdin="y\nn\n")
    assert "Have all agreed to be listed?" in done.out
    (found,) = shell.says("/alum find nursing")
    assert [each["name"] for each in found["people"]] == ["Kim Sato"]


def test_what_is_no_file_of_people_is_refused(shell: Shell, tmp_path: Path) -> None:
    """A sentence and status 2, whatever it is."""
    (tmp_path / "x.csv").write_bytes(b"\x00\x01")
    for name in ("x.csv", "not-there.csv", "."):
        done = shell.runs("import", "alumni", str(tmp_path / name))
        assert done.status == 2
        assert "Traceback" not in done.err
        assert done.err.strip()


def test_lines_of_standard_input_are_said_in_turn(shell: Shell) -> None:
    """One reply each; empty lines are nothing."""
    done = shell.runs("say", "--as", "Ana", stdin="/contact add Dana\n\n/contact list\n")
    assert done.status == 0, done.err
    assert done.out.startswith("Dana is on your list.")
    assert "1. Dana" in done.out


def test_people_are_apart_and_the_operator_organises(shell: Shell, file: Path) -> None:
    """``--as`` is a member of their own; without it one organises, and may import by path."""
    shell.says("/contact add Dana")
    assert shell.says("/contact list", name="Ben")[0]["people"] == []
    assert "Only an organiser" in shell.says("/cohort import")[0]["text"]
    done = shell.runs("say", f"/cohort import {file}")
    assert done.out.startswith("Preview: nothing is written yet")


def test_the_clock_can_be_fixed(shell: Shell) -> None:
    """A day is understood from there; a time that is none is a sentence."""
    said = shell.says("/interview log Dana tip: x", now="2026-11-23T09:00Z")
    assert "Monday 23 November" in said[0]["text"]
    wrong = shell.runs("say", "--now", "noon", "/snowball")
    assert (wrong.status, "Traceback" in wrong.err) == (2, False)
    assert "2026-11-23T09:00Z" in wrong.err


def test_unicode_and_unknown_commands_are_answered(shell: Shell) -> None:
    """Whatever is typed."""
    said = shell.says("/contact add 名前 👩🏽‍🚀", "/nothing", "/", "> nowhere?x=1", ">")
    assert said[0]["text"].startswith("名前 👩🏽‍🚀 is on your list.")
    assert all("I don’t know" in each["text"] for each in said[1:4])


def test_manifests_are_printed_and_others_refused(shell: Shell) -> None:
    """For Slack and for Discord."""
    assert shell.runs("manifest", "slack").out.startswith("{")
    assert shell.runs("manifest", "discord").out.startswith("[")
    assert shell.runs("manifest", "telegraph").status == 2


def test_help_is_there_without_a_database(shell: Shell, tmp_path: Path) -> None:
    """And makes none."""
    done = shell.runs("--help")
    assert "import" in done.out
    assert not (tmp_path / "data").exists()
