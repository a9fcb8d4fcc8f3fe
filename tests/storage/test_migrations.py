"""Migrations: every step up and down with rows in the tables, and no drift from the dataclasses.

The queue's tables are the library's: they come and go with ours, in the shape that it declares.
"""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pgqueuer.adapters.persistence.schema_ddl import render_install
from sqlalchemy import inspect, text

from bot.domain.people import Alum
from bot.ports import AlumQuery
from storage import revision, wakeups
from storage.database import Database
from storage.migrate import config, go_back, migrate, only_one
from storage.wakeups import QUEUE
from tests.builders import NOW, a_cohort, a_contact, a_member, an_alum


def _revisions() -> list[str]:
    here = Path(revision.__file__).parent / "migrations" / "versions"
    return sorted(each.name.split("_")[0] for each in here.glob("[0-9]*.py"))


def test_the_head_is_the_newest_file() -> None:
    """So that a start without Alembic knows whether it is needed."""
    assert _revisions()[-1] == revision.HEAD


def test_the_stairway(empty: Database) -> None:
    """Each step up, down and up again, on both databases."""
    for each in _revisions():
        migrate(empty, each)
        go_back(empty, "-1")
        migrate(empty, each)
    assert revision.is_current(empty)
    go_back(empty, "base")
    with empty.transaction() as connection:
        left = set(inspect(connection).get_table_names()) - {"alembic_version"}
    assert left == set()


def test_rows_survive_the_steps_that_keep_their_tables(empty: Database) -> None:
    """With a filled directory the last step goes down and up, and people are found again."""
    migrate(empty)
    cohort_id = empty.add_cohort(a_cohort()).id
    with empty.writing(cohort_id) as store:
        ana = store.add(a_member(cohort_id))
        store.add(a_contact(cohort_id=cohort_id, owner_id=ana.id))
        store.add_all([an_alum("Dana", cohort_id), an_alum("Lee", cohort_id)])
    go_back(empty, "-1")
    migrate(empty)
    with empty.transaction() as connection:
        empty.directory.rebuild(connection, cohort_id)
    with empty.reading(cohort_id) as store:
        assert store.count(Alum) == 2
        assert store.alumni(AlumQuery(field="marketing", now=NOW)).total == 2


def test_migrations_make_the_tables_that_the_code_means(empty: Database) -> None:
    """Columns, keys, references and indexes: the same by migrating as from the dataclasses."""
    migrate(empty)
    migrated = _shape(empty)
    go_back(empty, "base")
    empty.create()
    assert migrated == _shape(empty)


def _shape(database: Database) -> dict[str, Any]:
    with database.transaction() as connection:
        seen = inspect(connection)
        return {
            table: {
                "columns": {
                    each["name"]: (str(each["type"]), each["nullable"])
                    for each in seen.get_columns(table)
                },
                "key": sorted(seen.get_pk_constraint(table)["constrained_columns"]),
                "references": sorted(
                    (each["constrained_columns"], each["referred_table"], each["referred_columns"])
                    for each in seen.get_foreign_keys(table)
                ),
                "unique": sorted(
                    each["column_names"] for each in seen.get_unique_constraints(table)
                ),
                "indexes": sorted(str(each["name"]) for each in seen.get_indexes(table)),
            }
            for table in seen.get_table_names()
            if table != "alembic_version" and not table.startswith(QUEUE)
        }


def test_a_database_without_tables_is_not_current(empty: Database) -> None:
    """A first start migrates."""
    assert not revision.is_current(empty)
    migrate(empty)
    assert revision.is_current(empty)


def test_there_is_one_line_of_migrations(empty: Database) -> None:
    """Two heads would leave the order to chance."""
    assert len(ScriptDirectory.from_config(config(empty)).get_heads()) == 1


def test_the_revision_is_written_where_alembic_reads_it(empty: Database) -> None:
    """Our look without Alembic and Alembic's own agree."""
    migrate(empty)
    with empty.transaction() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == revision.HEAD


@pytest.fixture
def served(empty: Database) -> Database:
    """A database that several processes may use."""
    if empty.is_sqlite:
        pytest.skip("SQLite has no queue: one process, one engine")
    return empty


def test_the_queue_comes_in_the_shape_that_the_library_declares(served: Database) -> None:
    """Ours makes what is missing, statement by statement; its own install is the judge."""
    migrate(served)
    ours = _queue(served)
    go_back(served, "base")
    with served.transaction() as connection:
        wakeups.say(connection, render_install(wakeups.names()))
    assert ours == _queue(served)
    assert ours[0], "there are tables at all"


def _queue(database: Database) -> list[list[tuple[Any, ...]]]:
    """Columns, indexes, labels and triggers of the queue."""
    looks = (
        f"""SELECT table_name, column_name, data_type, is_nullable, column_default
            FROM information_schema.columns WHERE table_name LIKE '{QUEUE}%' ORDER BY 1, 2""",
        f"SELECT indexname, indexdef FROM pg_indexes WHERE tablename LIKE '{QUEUE}%' ORDER BY 1",
        f"SELECT relname, relpersistence FROM pg_class WHERE relname LIKE '{QUEUE}%' ORDER BY 1",
        """SELECT typname, enumlabel FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid
            ORDER BY 1, enumsortorder""",
        """SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger
            WHERE NOT tgisinternal AND tgrelid = to_regclass(:queue) ORDER BY 1""",
        "SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'snowball%' ORDER BY 1",
    )
    with database.transaction() as connection:
        return [
            [tuple(row) for row in connection.execute(text(each), {"queue": QUEUE})]
            for each in looks
        ]


def test_a_database_whose_queue_is_missing_or_older_is_not_current(served: Database) -> None:
    """A backup in place of an empty database, a library that was upgraded: the start mends it."""
    migrate(served)
    for spoil in (f"DROP TABLE {QUEUE}", f"COMMENT ON TABLE {QUEUE} IS '0.9.9'"):
        with served.transaction() as connection:
            connection.execute(text(spoil))
        assert not revision.is_current(served)
        migrate(served)
        assert revision.is_current(served)
    with served.transaction() as connection:
        connection.execute(text(f"COMMENT ON TABLE {QUEUE} IS '99.0.1'"))
    assert revision.is_current(served), "a newer process is about; nothing is taken back"


def test_several_processes_that_start_at_once_migrate_once(served: Database) -> None:
    """Four; each finds it done or does it."""

    def start(number: int) -> bool:
        one = Database(served.url.render_as_string(hide_password=False), served.schema.cipher, None)
        try:
            with only_one(one):
                if not revision.is_current(one):
                    migrate(one)
                    return True
                return False
        finally:
            one.close()

    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(start, range(4))) == 1
    assert revision.is_current(served)
