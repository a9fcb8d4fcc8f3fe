"""The search index of the directory; alumni who are there already are indexed by ``reindex``."""

from alembic import op

from storage.search_sql import dialect_of

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    for statement in dialect_of(op.get_bind()).tables:
        op.execute(statement)


def downgrade() -> None:
    """Back."""
    for statement in dialect_of(op.get_bind()).drops:
        op.execute(statement)
