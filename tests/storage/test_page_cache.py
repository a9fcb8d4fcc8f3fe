"""SQLite holds so much of its file in memory and no more, however large the file is."""

from pathlib import Path

from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.content import load
from storage.cipher import Cipher
from storage.database import READER_CACHES, WRITER_CACHES, Database


def test_each_connection_holds_little(tmp_path: Path) -> None:
    """In kilobytes, as SQLite itself counts them (below nothing: kilobytes, not pages)."""
    cipher = Cipher([Fernet.generate_key().decode()])
    database = Database(f"sqlite:///{tmp_path / 'a.sqlite'}", cipher, load().fields)
    asked = text("PRAGMA cache_size")
    with database.writer.connect() as writer, database.readers.connect() as reader:
        held = writer.execute(asked).scalar_one(), reader.execute(asked).scalar_one()
    database.close()
    assert held == (-WRITER_CACHES, -READER_CACHES)
    assert max(WRITER_CACHES, READER_CACHES) <= 2_000
