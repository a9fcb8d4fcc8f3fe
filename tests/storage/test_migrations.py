"""Migrations: every step up and down with rows in the tables, and no drift from the dataclasses."""

from pathlib import Path
from typing import Any

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.domain.people import Alum
from bot.ports import AlumQuery
from storage import revision
from storage.database import Database
from storage.migrate import config, go_back, migrate
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
            if table != "alembic_version"
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
