"""The demo's cohort: the same each time, varied, and Ana has just come."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from whenever import Instant

from adapters.web.demo import ALUMNI, CAST, CLASSMATES, alumni, furnish
from bot.content import load
from bot.domain.cohort import Account, Member, Role
from bot.domain.people import Alum, Contact
from bot.domain.talks import CheckIn, Talk
from storage.cipher import Cipher
from storage.database import Database

NOW = Instant.from_utc(2026, 3, 10, 15)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    url = f"sqlite:///{tmp_path / 'demo.sqlite3'}"
    opened = Database(url, Cipher([Fernet.generate_key().decode()]), load().fields)
    opened.create()
    yield opened
    opened.close()


def test_the_alumni_are_the_same_each_time() -> None:
    assert list(alumni(1, NOW)) == list(alumni(1, NOW))


def test_three_hundred_alumni_of_many_fields_and_countries() -> None:
    everybody = list(alumni(1, NOW))
    assert len({each.name for each in everybody}) == len(everybody) == ALUMNI == 300
    assert len({each.country for each in everybody}) >= 12
    assert len({each.field for each in everybody}) >= 25
    assert sum(each.field == "Marketing" for each in everybody) >= 20
    assert sum(each.paused for each in everybody) >= 5
    assert sum(not each.consent for each in everybody) == 1


def test_twelve_members_of_whom_four_can_be_been() -> None:
    assert len(CAST) + len(CLASSMATES) == 12
    assert [each.key for each in CAST] == ["ana", "ben", "mei", "hannah"]
    assert [each.key for each in CAST if each.admin] == ["hannah"]


def test_the_demo_is_made_once(database: Database) -> None:
    first, again = furnish(database, NOW), furnish(database, NOW)
    assert first == again
    with database.reading(first.id) as store:
        assert store.count(Member) == 12
        assert store.count(Alum) == 300
        assert store.count(Contact) > 5
        assert store.count(CheckIn) > 20


def test_ana_has_just_come_and_her_classmates_are_busy(database: Database) -> None:
    cohort = furnish(database, NOW)
    with database.reading(cohort.id) as store:
        members = {
            account.external_id: store.get(Member, account.member_id)
            for account in store.find(Account)
        }
        ana, ben, hannah = members["ana"], members["ben"], members["hannah"]
        assert ana is not None
        assert ben is not None
        assert hannah is not None
        assert (ana.opted_in, store.count(Contact, owner_id=ana.id)) == (None, 0)
        assert ben.opted_in is not None
        assert store.count(Talk, member_id=ben.id) == 2
        given = [each for each in store.find(Contact) if each.referred_by is not None]
        assert len(given) == 3
        assert hannah.role is Role.ORGANISER


def test_the_fields_are_fields_that_we_know() -> None:
    fields = load().fields
    assert [each for each in {a.field for a in alumni(1, NOW)} if not fields.ids_of(each)] == []
