"""Sharing, introductions, partners, events, alumni who list themselves, codes to link."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = (
    "volunteers", "who_knows", "introductions", "pairings", "partnerships", "events", "going",
    "wins", "codes",
)  # fmt: skip
TEXTS = {
    "alumni": {"times": ""},
    "asks": {"words": ""},
    "contacts": {"sharing": "private"},
    "cohorts": {"school": "", "questions": "{}"},
    "members": {
        "interests": "",
        "share_as": "private",
        "prefers": "",
        "keep_email": "",
        "keep_email_hash": "",
    },
}
"""Texts added to tables that have rows, and what those rows say."""
MOMENTS = {"alumni": ("left",), "cohorts": ("started",), "talks": ("shared",), "asks": ("carried",)}

WHO_RUNS_IT = """
    UPDATE accounts SET admin = true WHERE EXISTS (
        SELECT 1 FROM members WHERE members.cohort_id = accounts.cohort_id
        AND members.id = accounts.member_id AND members.role = 'organiser')
"""
"""Until now every organiser was one because they run the workspace."""


def upgrade() -> None:
    """Forward."""
    for table, texts in TEXTS.items():
        for name, said in texts.items():
            op.add_column(table, sa.Column(name, sa.Text(), nullable=False, server_default=said))
    for table, moments in MOMENTS.items():
        for name in moments:
            op.add_column(table, sa.Column(name, sa.BigInteger(), nullable=True))
    op.add_column("alumni", sa.Column("paused_until", sa.Text(), nullable=True))
    op.add_column("cohorts", sa.Column("team_goal", BIG, nullable=True))
    op.add_column("members", sa.Column("pairs_every", BIG, nullable=False, server_default="0"))
    for table, name in (("accounts", "admin"), ("members", "named")):
        op.add_column(
            table, sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(WHO_RUNS_IT)
    op.add_column(
        "workspaces",
        sa.Column("meets_in_channel", sa.Boolean(), nullable=False, server_default=sa.false()),
    )
    op.drop_column("contacts", "touched")
    op.create_index("ix_contacts_sharing", "contacts", ["cohort_id", "sharing"])
    _introductions()
    _the_cohort()


def downgrade() -> None:
    """Back."""
    for table in reversed(TABLES):
        op.drop_table(table)
    op.drop_index("ix_contacts_sharing", "contacts")
    op.add_column("contacts", sa.Column("touched", sa.BigInteger(), nullable=True))
    op.drop_column("workspaces", "meets_in_channel")
    op.drop_column("members", "named")
    op.drop_column("accounts", "admin")
    op.drop_column("members", "pairs_every")
    op.drop_column("cohorts", "team_goal")
    op.drop_column("alumni", "paused_until")
    for table, moments in MOMENTS.items():
        for name in moments:
            op.drop_column(table, name)
    for table, texts in TEXTS.items():
        for name in texts:
            op.drop_column(table, name)


def _introductions() -> None:
    op.create_table(
        "volunteers",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("alum_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_volunteers"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "alum_id"],
            ["alumni.cohort_id", "alumni.id"],
            ondelete="CASCADE",
            name="fk_volunteers_alum_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_volunteers_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_volunteers_member_id",
        ),
        sa.UniqueConstraint("cohort_id", "alum_id", name="uq_volunteers_alum_id"),
        sa.UniqueConstraint("cohort_id", "member_id", name="uq_volunteers_member_id"),
    )
    op.create_table(
        "who_knows",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_who_knows"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_who_knows_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_who_knows_member_id",
        ),
    )
    op.create_index("ix_who_knows_member_id", "who_knows", ["cohort_id", "member_id"])
    op.create_table(
        "introductions",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("asker_id", BIG, nullable=False),
        sa.Column("owner_id", BIG, nullable=True),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("contact_member_id", BIG, nullable=True),
        sa.Column("who_knows_id", BIG, nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("blurb", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("openly", sa.Boolean(), nullable=False),
        sa.Column("barred", sa.Boolean(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("put", sa.BigInteger(), nullable=True),
        sa.Column("owner_said", sa.BigInteger(), nullable=True),
        sa.Column("contact_said", sa.BigInteger(), nullable=True),
        sa.Column("connected", sa.BigInteger(), nullable=True),
        sa.Column("how", sa.Text(), nullable=False),
        sa.Column("kicked_off", sa.BigInteger(), nullable=True),
        sa.Column("spoke", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_introductions"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "asker_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_introductions_asker_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_introductions_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="NO ACTION",
            name="fk_introductions_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_introductions_contact_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "owner_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_introductions_owner_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "who_knows_id"],
            ["who_knows.cohort_id", "who_knows.id"],
            ondelete="NO ACTION",
            name="fk_introductions_who_knows_id",
        ),
    )
    op.create_index("ix_introductions_asker_id", "introductions", ["cohort_id", "asker_id"])
    op.create_index("ix_introductions_contact_id", "introductions", ["cohort_id", "contact_id"])
    op.create_index(
        "ix_introductions_contact_member_id", "introductions", ["cohort_id", "contact_member_id"]
    )
    op.create_index("ix_introductions_owner_id", "introductions", ["cohort_id", "owner_id"])
    op.create_index("ix_introductions_state", "introductions", ["cohort_id", "state"])


def _the_cohort() -> None:
    op.create_table(
        "pairings",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("first_id", BIG, nullable=False),
        sa.Column("second_id", BIG, nullable=True),
        sa.Column("third_id", BIG, nullable=True),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("met", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_pairings"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_pairings_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "first_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_pairings_first_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "second_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_pairings_second_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "third_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_pairings_third_id",
        ),
        sa.UniqueConstraint("cohort_id", "week", "first_id", name="uq_pairings_week_first_id"),
    )
    op.create_index("ix_pairings_second_id", "pairings", ["cohort_id", "second_id"])
    op.create_index("ix_pairings_third_id", "pairings", ["cohort_id", "third_id"])
    op.create_table(
        "partnerships",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("student_id", BIG, nullable=False),
        sa.Column("alum_id", BIG, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("proposed", sa.BigInteger(), nullable=False),
        sa.Column("student_said", sa.Text(), nullable=False),
        sa.Column("alum_said", sa.Text(), nullable=False),
        sa.Column("until", sa.Text(), nullable=True),
        sa.Column("closed", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_partnerships"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "alum_id"],
            ["alumni.cohort_id", "alumni.id"],
            ondelete="CASCADE",
            name="fk_partnerships_alum_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_partnerships_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "student_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_partnerships_student_id",
        ),
    )
    op.create_index("ix_partnerships_alum_id", "partnerships", ["cohort_id", "alum_id"])
    op.create_index("ix_partnerships_student_id", "partnerships", ["cohort_id", "student_id"])
    op.create_table(
        "events",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("maker_id", BIG, nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", BIG, nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("cancelled", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_events"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_events_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "maker_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_events_maker_id",
        ),
    )
    op.create_index("ix_events_at", "events", ["cohort_id", "at"])
    op.create_table(
        "going",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("event_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("going", sa.Boolean(), nullable=False),
        sa.Column("said", sa.BigInteger(), nullable=False),
        sa.Column("went", sa.Boolean(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_going"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_going_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "event_id"],
            ["events.cohort_id", "events.id"],
            ondelete="CASCADE",
            name="fk_going_event_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_going_member_id",
        ),
        sa.UniqueConstraint(
            "cohort_id", "event_id", "member_id", name="uq_going_event_id_member_id"
        ),
    )
    op.create_index("ix_going_member_id", "going", ["cohort_id", "member_id"])
    op.create_table(
        "wins",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("posted", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_wins"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_wins_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_wins_member_id",
        ),
    )
    op.create_index("ix_wins_posted", "wins", ["cohort_id", "posted"])
    op.create_table(
        "codes",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("joins", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_codes"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_codes_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_codes_member_id",
        ),
        sa.UniqueConstraint("key_hash", name="uq_codes_everywhere"),
        sa.UniqueConstraint("cohort_id", "key_hash", name="uq_codes_key"),
    )
