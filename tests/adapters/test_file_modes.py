"""What holds people's data is read by its owner alone; files that were there stay as they are."""

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from whenever import Instant

from adapters.backup import back_up
from adapters.backup_restore import restore
from adapters.compose import open_database
from adapters.doctor import examine
from bot.settings import Settings
from storage.backup import new_file

MONDAY = Instant.from_utc(2026, 11, 23, 9)


@contextmanager
def umask(mask: int) -> Generator[None]:
    """What the system takes away from new files."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    """Of each file in it."""
    return {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}


def test_the_database_its_journal_and_its_backups_are_for_their_owner_alone(
    tmp_path: Path,
) -> None:
    """Whatever the umask is; the folder is left as it is."""
    data = tmp_path / "data"
    settings = Settings(_env_file=None, SNOWBALL_DATA=data)
    with umask(0o000):
        data.mkdir(mode=0o755)
        database = open_database(settings)
        names = {"snowball.sqlite3", "snowball.sqlite3-wal", "snowball.sqlite3-shm", "secret.key"}
        assert modes(data) == dict.fromkeys(names, 0o600)
        database.close()
        back_up(settings, data / "backup", MONDAY)
        (data / "snowball.sqlite3").chmod(0o644)
        restore(settings, data / "backup", lambda: MONDAY)
        (kept,) = data.glob("*.before-*")
        assert modes(data) == {
            "snowball.sqlite3": 0o600, "secret.key": 0o600, "backup": 0o600, kept.name: 0o644,
        }  # fmt: skip
    assert stat.S_IMODE(data.stat().st_mode) == 0o755


def test_a_stricter_umask_counts(tmp_path: Path) -> None:
    """What we would allow is not given back."""
    file = tmp_path / "new"
    with umask(0o277):
        new_file(file)
    assert modes(tmp_path) == {"new": 0o400}


def test_the_doctor_says_when_others_can_read_a_database_and_changes_nothing(
    tmp_path: Path,
) -> None:
    """Not where the folder keeps them out."""
    settings = Settings(_env_file=None, SNOWBALL_DATA=tmp_path)
    open_database(settings).close()
    file = tmp_path / "snowball.sqlite3"

    def told(mode: int, folder: int) -> bool:
        file.chmod(mode)
        tmp_path.chmod(folder)
        page = examine(settings, MONDAY, offline=True).page()
        assert stat.S_IMODE(file.stat().st_mode) == mode
        return f"chmod 600 {file}*" in page

    seen = [told(0o600, 0o755), told(0o644, 0o755), told(0o640, 0o750), told(0o644, 0o700)]
    assert seen == [False, True, True, False]
