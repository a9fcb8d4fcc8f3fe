"""The direct messages with somebody, by the surface's own id."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column(
        "accounts", sa.Column("conversation", sa.Text(), nullable=False, server_default="")
    )


def downgrade() -> None:
    """Back."""
    op.drop_column("accounts", "conversation")
