"""Backups on both databases: whole while others write; nothing is sent twice after restoring."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from adapters.backup import back_up
from adapters.backup_restore import Restored, restore
from adapters.backup_wishes import Kept
from adapters.doctor import examine
from bot.clocks import MovableClock
from bot.domain.cohort import Member
from bot.domain.owed import Owed, OwedState
from bot.domain.pairings import Pairing
from bot.domain.people import Alum, Contact
from bot.settings import Settings
from bot.volunteering import gone
from storage.backup import BackupError
from storage.database import Database
from tests.builders import a_cohort, a_contact, a_workspace, an_alum
from tests.front_door import MONDAY, House, Person, at
from tests.migrated import as_migrated
from tests.servers import postgres

ROOT = Path(__file__).resolve().parents[2]
ON_SQLITE = pytest.mark.parametrize("url", ["sqlite"], indirect=True)
"""What is the same on both is tried on the quicker one."""
SUNDAY, TUESDAY = "2026-11-29 14:00", "2026-12-01 15:00"
WRITER = """
import sys
if sys.argv[1] == "sqlite":
    import sqlite3
    link, sign = sqlite3.connect(sys.argv[2], isolation_level=None, timeout=5), "?"
else:
    import psycopg
    link, sign = psycopg.connect(sys.argv[2], autocommit=True), "%s"
for number in range(100_000):
    link.execute("BEGIN")
    for which in ("one", "other"):
        link.execute(f"INSERT INTO counters VALUES ({sign}, 1)", (f"{which} {number}",))
    link.execute("COMMIT")
    print(number, flush=True)
"""


@dataclass
class School:
    """A deployment with a class in it, and its operator."""

    house: House
    settings: Settings
    folder: Path

    def backs_up(self, name: str = "backup", *, yes: bool = False) -> Path:
        """``snowball backup``."""
        file = self.folder / name
        assert "key" in back_up(self.settings, file, self.house.clock.now(), yes=yes)
        return file

    def restores(self, file: Path) -> Restored:
        """``snowball restore``, with everything stopped."""
        self.house.database.close()
        done = restore(self.settings, file, self.house.clock.now)
        self.house.database.close()
        return done


@pytest.fixture
def school(
    url: str,
    database: Database,
    keys: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[School]:
    """A class on Monday, on either database; with the tools of the server that runs, because an
    older pg_dump, which may be the system's, refuses a newer server."""
    if (programs := postgres.programs()) is not None:
        monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    if not url.startswith("sqlite") and shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL's pg_dump is not here")
    as_migrated(database)
    cohort = database.add_cohort(a_cohort())
    house = House(database, MovableClock(MONDAY), cohort)
    house.add(a_workspace(cohort.id, external_id="paper"))
    settings = Settings(
        _env_file=None, database_url=url, SNOWBALL_DATA=tmp_path, SNOWBALL_SECRET_KEYS=keys[0]
    )
    yield School(house, settings, tmp_path)
    database.close()


def _words(person: Person) -> list[str]:
    return [letter.words for letter in person.letters]


def _pairs(house: House, person: Person) -> None:
    (member,) = house.rows(Member, id=person.member.id)
    with house.database.writing(house.cohort.id) as store:
        store.save(replace(member, pairs_every=1))


def test_what_is_written_meanwhile_is_in_the_copy_whole_or_not_at_all(school: School) -> None:
    """Another process writes two rows a time; the copy never has one without the other."""
    school.house.joined("Ana")
    url = school.house.database.url
    where = ("sqlite", str(url.database)) if school.house.database.is_sqlite else (
        "postgresql", url.set(drivername="postgresql").render_as_string())  # fmt: skip
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, *where], stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        for _ in range(20):
            assert writer.stdout.readline(), "the writer ended"
        file = school.backs_up()
        before = int(writer.stdout.readline())
        assert int(writer.stdout.readline()) == before + 1, "it went on writing"
    finally:
        writer.kill()
        writer.wait()
        assert writer.stdout is not None
        writer.stdout.close()
    school.restores(file)
    with school.house.database.transaction() as connection:
        names = connection.execute(text("SELECT name FROM counters"))
        written = [name for name in names.scalars() if name.split()[0] in ("one", "other")]
    assert len(written) >= 40
    assert len([each for each in written if each.startswith("one")]) * 2 == len(written)


def test_restoring_yesterdays_backup_sends_nothing_again(school: School) -> None:
    """Sunday's backup on Tuesday: nothing of Monday comes again, next Monday's does, once."""
    house = school.house
    ana, ben = house.joined("Ana"), house.joined("Ben")
    for each in (ana, ben):
        _pairs(house, each)
    house.moves_to(SUNDAY)
    file = school.backs_up()
    house.moves_to("2026-11-30 09:30")
    assert len(_words(ana)) == 1, "the check-in, with the word about a partner"
    partners = [(each.first_id, each.second_id) for each in house.rows(Pairing, order="-week")][:1]
    house.moves_to(TUESDAY)
    came = _words(ana) + _words(ben)
    done = school.restores(file)
    assert done.made == at(SUNDAY)
    assert done.unknown >= 4
    assert [(each.first_id, each.second_id) for each in house.rows(Pairing, order="-week")][
        :1
    ] == partners
    assert house.ticks() == 0
    house.moves_to("2026-12-01 18:00")
    assert _words(ana) + _words(ben) == came
    assert "may not have come" in ana.types("/network due").words
    for each in (ana, ben):
        each.letters.clear()
    house.passes("2026-12-07 08:59")
    asked = {"checkin ask", "pair partner"}
    assert not [row for row in house.rows(Owed, state=OwedState.SENT) if row.command in asked
                and row.settled > at(TUESDAY)]  # fmt: skip
    ana.letters.clear()
    house.moves_to("2026-12-07 09:30")
    assert len(ana.letters) == 1
    sent = house.rows(Owed, state=OwedState.SENT, command="checkin ask", member_id=ana.member.id)
    assert len([row for row in sent if row.settled > at(TUESDAY)]) == 1


@ON_SQLITE
def test_five_weeks_later_nothing_old_is_sent_and_the_next_comes(school: School) -> None:
    """The weeks between are marked too, although the backup has never heard of them."""
    ana = school.house.joined("Ana")
    file = school.backs_up()
    school.house.clock.move_to(at("2026-12-29 15:00"))
    school.restores(file)
    school.house.ticks()
    assert ana.letters == []
    unknown = school.house.rows(Owed, command="checkin ask", state=OwedState.UNKNOWN)
    assert [row.occurrence for row in unknown] == [f"2026-W{week}" for week in range(49, 54)]
    school.house.passes("2027-01-04 09:30")
    sent = school.house.rows(Owed, command="checkin ask", state=OwedState.SENT)
    assert [row.occurrence for row in sent] == ["2027-W01"]


@ON_SQLITE
def test_a_reminder_that_goes_before_its_time_is_not_sent_again(school: School) -> None:
    """The brief for Monday's talk comes on Saturday, as Sunday is free; restored on Sunday."""
    ana = school.house.joined("Ana")
    ana.types("/contact add Dana")
    ana.types("/interview book Dana when: Monday 30 November 15:00")
    file = school.backs_up()
    school.house.moves_to("2026-11-28 19:50")
    assert "Dana" in ana.letters[-1].words
    ana.letters.clear()
    school.house.clock.move_to(at("2026-11-29 10:00"))
    school.restores(file)
    school.house.moves_to("2026-11-29 18:30")
    assert ana.letters == []
    (brief,) = school.house.rows(Owed, command="interview brief")
    assert brief.state is OwedState.UNKNOWN
    school.house.moves_to("2026-11-30 14:46")
    assert [each for each in _words(ana) if "Dana" in each], "the last word was not due yet"


def test_the_doctor_reads_both_databases(school: School) -> None:
    """Its figures are asked in SQL that both understand, and it knows of the last backup."""
    ana = school.house.joined("Ana")
    school.backs_up()
    page = examine(school.settings, school.house.clock.now(), offline=True).page()
    assert "All is well." in page
    assert "the last one less than a minute ago" in page
    assert "last message less than a minute ago" in page
    school.house.clock.move_to(ana.member.joined.add(hours=24 * 9))
    report = examine(school.settings, school.house.clock.now(), offline=True)
    assert {each.about for each in report.findings if each.to_do} == {"Messages due", "Backup"}


def test_who_asked_to_be_left_in_peace_since_the_backup_is(school: School) -> None:
    """Ben stopped, Cy deleted everything, Priya left the list: restoring brings none of them back;
    Ana, who did nothing, is as she was."""
    house = school.house
    ana, ben, cy = (house.joined(name) for name in ("Ana", "Ben", "Cy"))
    (priya,) = house.add(an_alum("Priya", house.cohort.id))
    cy.types("/contact add Dana")
    file = school.backs_up()
    house.moves_to("2026-11-24 12:00")
    ben.types("/settings stop")
    assert ben.member.stopped is not None
    cy.types("/mydata delete")
    cy.presses("Delete everything")
    cy.fills_in(name="Cy")
    with house.database.writing(house.cohort.id) as store:
        store.save(gone(priya, house.clock.now()))
    house.moves_to("2026-11-25 12:00")
    done = school.restores(file)
    assert done.wishes == Kept(stopped=1, deleted=1, alumni=1)
    assert [each.name for each in house.rows(Member)] == ["Ana", "Ben"]
    assert house.rows(Contact) == []
    assert ben.member.stopped is not None
    assert [each.left is not None for each in house.rows(Alum)] == [True]
    assert ana.member.hears
    house.moves_to("2026-11-25 12:01")
    assert school.restores(file).wishes == Kept(stopped=1, deleted=1, alumni=1)


@ON_SQLITE
def test_who_joined_after_an_older_backup_is_not_taken_for_gone(school: School) -> None:
    """Sunday's backup was the wrong one, and Monday's is restored over it: Ben is in that."""
    school.house.joined("Ana")
    older = school.backs_up("older")
    school.house.moves_to("2026-11-24 12:00")
    school.house.joined("Ben")
    newer = school.backs_up("newer")
    school.house.moves_to("2026-11-25 12:00")
    first = school.restores(older)
    assert [each.name for each in school.house.rows(Member)] == ["Ana"]
    second = school.restores(newer)
    assert second.wishes == Kept()
    assert [each.name for each in school.house.rows(Member)] == ["Ana", "Ben"]
    assert first.kept_as != second.kept_as
    assert Path(first.kept_as).exists()


@ON_SQLITE
def test_another_class_tells_nothing_of_this_one(school: School) -> None:
    """A new machine has begun a class of its own: nobody is missing because of it."""
    school.house.joined("Ana")
    file = school.backs_up()
    with school.house.database.transaction() as connection:
        connection.execute(text("DELETE FROM members"))
        connection.execute(text("UPDATE cohorts SET created = created + 1"))
    assert school.restores(file).wishes == Kept()
    assert [each.name for each in school.house.rows(Member)] == ["Ana"]


@ON_SQLITE
def test_nothing_is_overwritten_unless_asked(school: School) -> None:
    """Neither a backup nor anything else; and only its owner reads the file."""
    file = school.backs_up()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    was = file.read_bytes()
    with pytest.raises(BackupError, match="--yes"):
        school.backs_up()
    assert file.read_bytes() == was
    school.backs_up(yes=True)
    assert not list(school.folder.glob("*.part"))


def test_without_postgresqls_tools_there_is_a_sentence_and_no_file(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite needs none; PostgreSQL says what to install."""
    monkeypatch.setenv("PATH", str(school.folder))
    if school.house.database.is_sqlite:
        assert school.backs_up().exists()
        return
    with pytest.raises(BackupError, match="pg_dump is not here"):
        school.backs_up()
    assert list(school.folder.glob("backup*")) == []


def test_a_database_in_use_is_left_alone(school: School) -> None:
    """Somebody is connected: nothing changes, and the sentence says what to do."""
    school.house.joined("Ana")
    file = school.backs_up()
    with pytest.raises(BackupError, match="in use"):
        restore(school.settings, file, school.house.clock.now)
    assert len(school.house.rows(Member)) == 1


def test_what_cannot_be_restored_changes_nothing(school: School) -> None:
    """A newer revision, half a file, another key, any other file: all stays as it is."""
    house, folder = school.house, school.folder
    ana = house.joined("Ana")
    house.add(a_contact("Dana", owner_id=ana.member.id, notes="words"))
    good = school.backs_up()
    as_migrated(house.database, "9999")
    newer = school.backs_up("newer")
    as_migrated(house.database)
    house.add(a_contact("Lee", owner_id=ana.member.id))
    cut, other = folder / "cut", folder / "other"
    cut.write_bytes(good.read_bytes()[: good.stat().st_size // 2])
    other.write_text("Hello")
    stranger = Settings(
        _env_file=None, database_url=school.settings.database_url, SNOWBALL_DATA=folder / "key"
    )
    stranger.data.mkdir()
    (stranger.data / "secret.key").write_text(Fernet.generate_key().decode())
    for file, settings, why in (
        (newer, school.settings, "newer Snowball"),
        (cut, school.settings, "cut|pg_restore failed"),
        (other, school.settings, "no backup"),
        (folder / "nothing", school.settings, "There is no file"),
        (good, stranger, "key"),
    ):
        with pytest.raises(BackupError, match=why):
            School(house, settings, folder).restores(file)
        assert [each.name for each in house.rows(Contact)] == ["Dana", "Lee"]
    assert not list(folder.glob("*.restoring*"))


def test_what_was_there_before_is_kept_and_its_numbers_are_not_given_out_again(
    school: School,
) -> None:
    """It can be looked at until somebody deletes it; and a button that was made after the backup
    must not open a card that was made after restoring."""
    ana = school.house.joined("Ana")
    file = school.backs_up()
    (lost,) = school.house.add(a_contact("Only there", owner_id=ana.member.id))
    done = school.restores(file)
    assert school.house.rows(Contact) == []
    (new,) = school.house.add(a_contact("New", owner_id=ana.member.id))
    assert new.id > lost.id + 1000
    if school.house.database.is_sqlite:
        with closing(sqlite3.connect(done.kept_as)) as kept:
            assert kept.execute("SELECT name FROM contacts").fetchall() == [("Only there",)]
        return
    with school.house.database.transaction() as connection:
        schema = done.kept_as.removeprefix("the schema ")
        names = connection.execute(text(f'SELECT name FROM "{schema}".contacts')).scalars()
        assert list(names) == ["Only there"]


@ON_SQLITE
def test_a_backup_of_an_empty_place_is_a_sentence(school: School) -> None:
    """No database, nothing of ours in it, no folder to write to."""
    missing = school.settings.model_copy(update={"database_url": f"sqlite:///{school.folder}/no"})
    with pytest.raises(BackupError, match="no database"):
        back_up(missing, school.folder / "x", MONDAY)
    with pytest.raises(BackupError, match="no folder"):
        back_up(school.settings, school.folder / "no" / "x", MONDAY)
