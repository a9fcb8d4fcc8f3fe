"""Encryption at rest: what is secret is unreadable in the file, and keys rotate without a stop."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import text

from bot.content import load
from bot.domain.cohort import Workspace
from bot.domain.people import Alum, Contact
from bot.domain.talks import CheckIn, Talk
from storage.cipher import Cipher, LostKeyError, keys_from
from storage.database import Database
from storage.tables import SHAPES
from tests.builders import (
    NOW,
    a_cohort,
    a_contact,
    a_member,
    a_talk,
    a_workspace,
    an_alum,
)

HIDDEN = "Wombat-7731"


def _everything(database: Database) -> str:
    found: list[str] = []
    with database.transaction() as connection:
        for shape in SHAPES:
            rows = connection.execute(text(f"SELECT * FROM {shape.table}"))
            found += [str(tuple(row)) for row in rows]
    return "\n".join(found)


def _secrets(database: Database, cohort_id: int) -> None:
    with database.writing(cohort_id) as store:
        store.add(a_workspace(cohort_id, token=HIDDEN))
        store.add(an_alum("Dana", cohort_id, email=f"{HIDDEN}@example.org", notes=HIDDEN))
        ana = store.add(a_member(cohort_id, experience=HIDDEN))
        dana = store.add(
            a_contact("Dana", cohort_id, ana.id, email=HIDDEN, phone=HIDDEN, notes=HIDDEN)
        )
        store.add(
            a_talk(dana.id, cohort_id, ana.id, takeaways=HIDDEN, tip=HIDDEN, fit_because=HIDDEN)
        )
        week = NOW.to_tz("UTC").date()
        store.add(
            CheckIn(cohort_id=cohort_id, member_id=ana.id, week=week, words=HIDDEN, answered=NOW)
        )


def test_secrets_cannot_be_read_in_the_database(database: Database, cohort_id: int) -> None:
    """Tokens, phones, e-mail, notes, takeaways, tips, reflections: none stands there in plain."""
    _secrets(database, cohort_id)
    assert HIDDEN.casefold() not in _everything(database).casefold()


def test_secrets_are_read_through_the_store(database: Database, cohort_id: int) -> None:
    """With the key they are what they were."""
    _secrets(database, cohort_id)
    with database.reading(cohort_id) as store:
        kinds: Sequence[tuple[type[Any], str]] = (
            (Workspace, "token"), (Alum, "notes"), (Contact, "phone"), (Talk, "tip"),
        )  # fmt: skip
        for kind, name in kinds:
            found = store.first(kind)
            assert getattr(found, name) == HIDDEN


def test_an_email_is_found_however_it_was_typed(database: Database, cohort_id: int) -> None:
    """By its keyed hash: capitals and spaces around it do not matter."""
    with database.writing(cohort_id) as store:
        store.add(an_alum("Dana", cohort_id, email="Dana@Example.org"))
        assert store.first(Alum, email=" dana@example.ORG") is not None
        assert store.first(Alum, email="other@example.org") is None


def test_keys_rotate_without_a_stop(url: str) -> None:
    """A new key in front: old rows are read and found, new ones are written with it."""
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    first = Database(url, Cipher([old]), load().fields)
    first.create()
    cohort_id = first.add_cohort(a_cohort()).id
    with first.writing(cohort_id) as store:
        store.add(an_alum("Dana", cohort_id, email="dana@example.org", notes="old words"))
    first.close()
    second = Database(url, Cipher([new, old]), load().fields)
    with second.writing(cohort_id) as store:
        dana = store.first(Alum, email="dana@example.org")
        assert dana is not None
        assert dana.notes == "old words"
        store.save(replace(dana, notes="new words"))
    second.close()
    third = Database(url, Cipher([new]), load().fields)
    with third.reading(cohort_id) as store:
        found = store.first(Alum, email="dana@example.org")
        assert found is not None
        assert found.notes == "new words"
    third.close()


def test_a_lost_key_says_so_and_nothing_of_the_words() -> None:
    """The error names what to look for, not what was encrypted."""
    kept = Cipher([Fernet.generate_key().decode()]).encrypt(HIDDEN)
    with pytest.raises(LostKeyError) as lost:
        Cipher([Fernet.generate_key().decode()]).decrypt(kept)
    assert kept not in str(lost.value)


def test_the_key_is_made_once_and_for_the_owner_alone(tmp_path: Any) -> None:
    """On first start a key file that nobody else can read; later the same key."""
    first = keys_from(tmp_path / "data", "")
    assert keys_from(tmp_path / "data", "") == first
    assert (tmp_path / "data" / "secret.key").stat().st_mode & 0o077 == 0


def test_keys_of_the_environment_come_first(tmp_path: Any) -> None:
    """Comma-separated, newest first; then no file is made."""
    assert keys_from(tmp_path / "data", " a , b ") == ["a", "b"]
    assert not (tmp_path / "data").exists()
