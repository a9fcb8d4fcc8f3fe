"""A restore that is killed: what was there is whole, nothing starts on half of it, and it can be
done again or undone."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from adapters.backup import back_up
from adapters.backup_restore import restore, undo
from adapters.compose import open_database
from adapters.configuration import ConfigurationError
from adapters.doctor import examine
from bot.domain.owed import Owed, OwedState
from bot.domain.people import Contact
from storage.backup import BackupError
from tests.builders import a_contact
from tests.storage.test_backup import School, school

__all__ = ["school"]
ROOT = Path(__file__).resolve().parents[2]
KILLED = """
import os, signal, sys
from pathlib import Path
from bot.clocks import SystemClock
from bot.settings import Settings
from adapters import backup_restore
from storage import backup_postgres
run = backup_postgres._run
def dies(*given, **named):
    os.kill(os.getpid(), signal.SIGKILL)
def dies_when_all_is_away(*given, **named):
    return dies() if "--single-transaction" in given else run(*given, **named)
point = sys.argv[1]
if point == "while it comes back":
    backup_postgres._run = dies_when_all_is_away
else:
    backup_restore.settle_past = dies
backup_restore.restore(Settings(_env_file=None), Path(sys.argv[2]), SystemClock().now)
"""
COMING, NOT_SETTLED = "while it comes back", "before what was due is settled"
UNFINISHED = "A restore was broken off"


def killed(school: School, file: Path, point: str) -> None:
    """``snowball restore`` in a process of its own, which ends there."""
    keys = school.settings.secret_keys.get_secret_value()
    given = {
        "DATABASE_URL": school.settings.url(),
        "SNOWBALL_DATA": str(school.folder),
        "SNOWBALL_SECRET_KEYS": keys,
    }
    command = [sys.executable, "-c", KILLED, point, str(file)]
    environment = {**os.environ, **given}
    done = subprocess.run(
        command, env=environment, cwd=ROOT, check=False, capture_output=True, timeout=120
    )
    assert done.returncode == -9, done.stderr.decode()


def a_backup(school: School) -> Path:
    """Of a day when there was no Lee yet, and a reminder was due."""
    house = school.house
    ana = house.joined("Ana")
    house.add(a_contact("Dana", owner_id=ana.member.id))
    ana.types("/talk log", person="Dana", tip="Ask early")
    file = school.backs_up()
    house.add(a_contact("Lee", owner_id=ana.member.id))
    house.database.close()
    return file


def names(school: School) -> list[str]:
    """Who is there."""
    found = [each.name for each in school.house.rows(Contact)]
    school.house.database.close()
    return found


def test_what_was_there_is_whole_and_the_restore_can_be_done_again(school: School) -> None:
    """On SQLite it is in its place. On PostgreSQL it is kept apart, and nothing starts, is backed
    up or sent: what came back so far has reminders in it that were sent already."""
    file, now = a_backup(school), school.house.clock.now
    killed(school, file, NOT_SETTLED)
    if school.house.database.is_sqlite:
        assert names(school) == ["Dana", "Lee"]
    else:
        with pytest.raises(ConfigurationError, match=UNFINISHED):
            open_database(school.settings)
        with pytest.raises(BackupError, match=UNFINISHED):
            back_up(school.settings, school.folder / "other", now())
        report = examine(school.settings, now(), offline=True)
        assert (report.status, UNFINISHED in report.page()) == (1, True)
    done = restore(school.settings, file, now)
    assert names(school) == ["Dana"]
    with school.house.database.reading(school.house.cohort.id) as store:
        due = store.find(Owed, state=(OwedState.DUE, OwedState.SENDING))
    assert not [each for each in due if each.due <= now()]
    school.house.database.close()
    if school.house.database.is_sqlite:
        with closing(sqlite3.connect(done.kept_as)) as kept:
            assert len(kept.execute("SELECT name FROM contacts").fetchall()) == 2
    open_database(school.settings).close()
    assert "none made" not in examine(school.settings, now(), offline=True).page()
    assert not list(school.folder.glob("*.restoring*"))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_what_was_there_can_be_put_back(school: School) -> None:
    """Where the file turns out to be lost: ``snowball restore --undo``."""
    file = a_backup(school)
    killed(school, file, COMING)
    with pytest.raises(ConfigurationError, match=UNFINISHED):
        open_database(school.settings)
    assert undo(school.settings)
    assert not undo(school.settings)
    open_database(school.settings).close()
    assert names(school) == ["Dana", "Lee"]
