"""Runs migrations in one transaction on the database that it was given."""

from alembic import context

from storage.database import Database


def run() -> None:
    """Upgrade or downgrade, as asked."""
    database: Database = context.config.attributes["database"]
    with database.transaction() as connection:
        context.configure(
            connection=connection,
            target_metadata=database.schema.metadata,
            render_as_batch=database.is_sqlite,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
