"""What one process at a time may hold, workspaces that are stopped, follow-ups counted."""

import sqlalchemy as sa
from alembic import op

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "leases",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )
    op.add_column("workspaces", sa.Column("stopped", sa.BigInteger(), nullable=True))
    op.add_column("workspaces", sa.Column("trouble", sa.Text(), nullable=False, server_default=""))
    op.add_column("workspaces", sa.Column("probed", sa.BigInteger(), nullable=True))
    op.add_column("workspaces", sa.Column("back", sa.BigInteger(), nullable=True))
    op.add_column("asks", sa.Column("follow_ups", BIG, nullable=False, server_default="0"))


def downgrade() -> None:
    """Back."""
    op.drop_column("asks", "follow_ups")
    op.drop_column("workspaces", "back")
    op.drop_column("workspaces", "probed")
    op.drop_column("workspaces", "trouble")
    op.drop_column("workspaces", "stopped")
    op.drop_table("leases")
