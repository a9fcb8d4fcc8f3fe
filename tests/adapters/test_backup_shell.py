"""The operator's commands at a prompt: files that are made, and mistakes that are sentences."""

import io
import json
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from adapters.cli import app
from adapters.export import WARNING, export
from bot.domain.cohort import Cohort, Member, Workspace
from bot.privacy import KINDS
from tests.builders import a_contact, a_talk, an_alum
from tests.front_door import KEY, MONDAY, House, Person
from tests.migrated import as_migrated

PRIVATE = ("Learn SQL first", "dana@home.example", "+49 30 1234", "met on a train", "why-I-came")
"""What a student wrote for themselves, or was told in confidence."""
DOORS = ("xoxb-team-token", "calendar-address")


@pytest.fixture
def snowball(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A prompt in an empty folder, with the house's database."""
    as_migrated(house.database)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "DATABASE_URL": f"sqlite:///{house.database.url.database}",
        "SNOWBALL_DATA": str(tmp_path / "data"),
        "SNOWBALL_SECRET_KEYS": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    return CliRunner()


def _says(runner: CliRunner, line: str, answer: str | None = None) -> Result:
    return runner.invoke(app, line.split(), input=answer)


@pytest.fixture
def class_(house: House, ana: Person) -> House:
    """A student who met somebody, and everything secret that there is."""
    (dana,) = house.add(
        a_contact("Dana", owner_id=ana.member.id, email=PRIVATE[1], phone=PRIVATE[2],
                  notes=PRIVATE[3])
    )  # fmt: skip
    house.add(
        a_talk(dana.id, member_id=ana.member.id, tip=PRIVATE[0]),
        an_alum("Priya", email="priya@alumni.example", notes="from the office"),
    )
    with house.database.writing(house.cohort.id) as store:
        (member,) = store.find(Member)
        store.save(replace(member, why_field=PRIVATE[4], calendar_key=DOORS[1]))
        (space,) = store.find(Workspace)
        store.save(replace(space, token=DOORS[0]))
    return house


def _whole(archive: bytes) -> tuple[dict[str, bytes], str]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    return files, "\n".join(content.decode("utf-8-sig") for content in files.values())


def test_the_archive_has_everything_but_what_students_wrote(class_: House) -> None:
    """Tables and JSON; the school's own directory whole; no secret, no token."""
    with class_.database.reading(class_.cohort.id) as store:
        files, words = _whole(export(store, MONDAY).archive)
        counted = {name: store.count(KINDS[name]) for name in ("contacts", "talks", "members")}
    assert [each for each in (*PRIVATE, *DOORS, "tip") if each in words] == []
    assert "priya@alumni.example" in words
    assert "from the office" in words
    told = json.loads(files["everything.json"])
    assert told["cohort"]["name"] == "Class of 2027"
    assert {name: len(told[name]) for name in counted} == counted
    assert b'"Dana"' in files["contacts.csv"]
    assert "Who sees it in Snowball: the student alone" in files["READ ME.txt"].decode()


def test_with_notes_it_has_those_too_and_says_so_but_never_a_key(class_: House) -> None:
    """What opens a door is in no archive."""
    with class_.database.reading(class_.cohort.id) as store:
        files, words = _whole(export(store, MONDAY, notes=True).archive)
    assert [each for each in PRIVATE if each not in words] == []
    assert [each for each in DOORS if each in words] == []
    assert WARNING in files["READ ME.txt"].decode()


def test_every_table_is_exported_or_left_out_on_purpose(house: House) -> None:
    """A new table comes along by itself."""
    with house.database.reading(house.cohort.id) as store:
        files, _ = _whole(export(store, MONDAY).archive)
    tables = {name.removesuffix(".csv") for name in files if name.endswith(".csv")}
    assert KINDS.keys() - tables == {"codes", "seen", "drafts", "cohorts"}


def test_only_the_class_that_was_named_is_in_it(class_: House) -> None:
    """Another class of the deployment stays where it is."""
    other = class_.database.add_cohort(Cohort(name="Class of 2028", created=MONDAY))
    with class_.database.reading(other.id) as store:
        files, words = _whole(export(store, MONDAY, notes=True).archive)
    assert json.loads(files["everything.json"])["members"] == []
    assert "Dana" not in words


def test_notes_are_asked_about_and_files_are_not_overwritten(
    class_: House, snowball: CliRunner, tmp_path: Path
) -> None:
    """At the prompt: no is no, an existing file stays, an unknown class is a sentence."""
    del class_
    done = _says(snowball, "export class.zip")
    assert done.exit_code == 0, done.output
    file = tmp_path / "class.zip"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    was = file.read_bytes()
    assert _says(snowball, "export class.zip").exit_code == 2
    no = _says(snowball, "export other.zip --with-notes", "n\n")
    assert "They were told that nobody else reads it" in no.output
    assert not (tmp_path / "other.zip").exists()
    wrong = _says(snowball, "export other.zip --cohort 99")
    assert (wrong.exit_code, "1 (Class of 2027)" in wrong.output) == (2, True)
    assert file.read_bytes() == was


def test_backup_doctor_and_restore_at_the_prompt(
    house: House, snowball: CliRunner, tmp_path: Path
) -> None:
    """A first day: a database is made, backed up, examined, broken and put back."""
    house.database.close()

    def run(line: str, answer: str | None = None) -> Result:
        return snowball.invoke(app, line.split(), input=answer, env={"DATABASE_URL": ""})

    assert run("backup").exit_code == 2
    assert run("migrate").exit_code == 0
    made = run("backup mine.sqlite3")
    assert "SNOWBALL_SECRET_KEYS" in made.output
    examined = run("doctor --offline")
    assert (examined.exit_code, "less than a minute ago" in examined.output) == (0, True)
    live = tmp_path / "data" / "snowball.sqlite3"
    live.write_bytes(b"broken")
    assert "Nothing was changed." in run("restore mine.sqlite3", "n\n").output
    assert live.read_bytes() == b"broken"
    done = run("restore mine.sqlite3 --yes")
    assert done.exit_code == 0, done.output
    (kept,) = (tmp_path / "data").glob("*.before-*")
    assert kept.read_bytes() == b"broken"
    assert run("doctor --offline").exit_code == 0
    assert run("restore nothing.sqlite3 --yes").exit_code == 2
