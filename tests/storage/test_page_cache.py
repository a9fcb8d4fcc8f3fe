"""SQLite holds so much of its file in memory and no more, and so many files from the start."""

from contextlib import ExitStack
from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import event, text

from bot.content import load
from storage.cipher import Cipher
from storage.database import READER_CACHES, READERS, WRITER_CACHES, Database


def in_a_file(folder: Path) -> Database:
    """A database, not opened yet."""
    cipher = Cipher([Fernet.generate_key().decode()])
    return Database(f"sqlite:///{folder / 'a.sqlite'}", cipher, load().fields)


def test_each_connection_holds_little(tmp_path: Path) -> None:
    """In kilobytes, as SQLite itself counts them (below nothing: kilobytes, not pages)."""
    database = in_a_file(tmp_path)
    asked = text("PRAGMA cache_size")
    with database.writer.connect() as writer, database.readers.connect() as reader:
        held = writer.execute(asked).scalar_one(), reader.execute(asked).scalar_one()
    database.close()
    assert held == (-WRITER_CACHES, -READER_CACHES)
    assert max(WRITER_CACHES, READER_CACHES) <= 2_000


def test_many_who_read_at_once_open_no_file_more(tmp_path: Path) -> None:
    """All connections that there may be are open from the beginning."""
    database = in_a_file(tmp_path)
    database.open()
    opened: list[object] = []
    event.listen(database.readers, "connect", lambda *about: opened.append(about))
    with ExitStack() as readers:
        for _ in range(READERS):
            readers.enter_context(database.readers.connect())
    database.close()
    assert opened == []
