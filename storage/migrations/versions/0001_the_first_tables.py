"""The first tables: cohorts, people, talks, messages owed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "cohorts",
        sa.Column("id", BIG, primary_key=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("starts", sa.Text(), nullable=True),
        sa.Column("ends", sa.Text(), nullable=True),
        sa.Column("numbers", sa.Text(), nullable=False),
        sa.Column("extra_fields", sa.Text(), nullable=False),
    )
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), primary_key=True, nullable=False),
        sa.Column("last", BIG, nullable=False),
    )
    op.create_table(
        "alumni",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=False),
        sa.Column("class_year", BIG, nullable=True),
        sa.Column("major", sa.Text(), nullable=False),
        sa.Column("linkedin", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("asks_per_month", BIG, nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("imported", sa.BigInteger(), nullable=False),
        sa.Column("email_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_alumni"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_alumni_cohort"
        ),
    )
    op.create_index("ix_alumni_email", "alumni", ["cohort_id", "email_hash"])
    op.create_index("ix_alumni_external_id", "alumni", ["cohort_id", "external_id"])
    op.create_index("ix_alumni_name", "alumni", ["cohort_id", "name"])
    op.create_table(
        "members",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("joined", sa.BigInteger(), nullable=False),
        sa.Column("opted_in", sa.BigInteger(), nullable=True),
        sa.Column("stopped", sa.BigInteger(), nullable=True),
        sa.Column("paused_until", sa.Text(), nullable=True),
        sa.Column("quiet_from", sa.Text(), nullable=True),
        sa.Column("quiet_until", sa.Text(), nullable=True),
        sa.Column("off_days", sa.Text(), nullable=True),
        sa.Column("check_in_day", BIG, nullable=True),
        sa.Column("hour_day", BIG, nullable=True),
        sa.Column("hour_at", sa.Text(), nullable=True),
        sa.Column("weekly_talks", BIG, nullable=True),
        sa.Column("major", sa.Text(), nullable=False),
        sa.Column("school", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("graduates", sa.Text(), nullable=False),
        sa.Column("agreed_etiquette", sa.BigInteger(), nullable=True),
        sa.Column("experience", sa.Text(), nullable=False),
        sa.Column("why_field", sa.Text(), nullable=False),
        sa.Column("hope", sa.Text(), nullable=False),
        sa.Column("ten_years", sa.Text(), nullable=False),
        sa.Column("weekly_hours", BIG, nullable=True),
        sa.Column("intern_from", sa.Text(), nullable=True),
        sa.Column("intern_until", sa.Text(), nullable=True),
        sa.Column("intern_at", sa.Text(), nullable=False),
        sa.Column("intern_goal", sa.Text(), nullable=False),
        sa.Column("boss_agrees", sa.Boolean(), nullable=True),
        sa.Column("intern_weekly_talks", BIG, nullable=False),
        sa.Column("calendar_key", sa.Text(), nullable=False),
        sa.Column("ignored", BIG, nullable=False),
        sa.Column("sparse", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_members"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_members_cohort"
        ),
    )
    op.create_table(
        "seen",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_seen"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_seen_cohort"
        ),
        sa.UniqueConstraint("cohort_id", "key", name="uq_seen_key"),
    )
    op.create_index("ix_seen_at", "seen", ["cohort_id", "at"])
    op.create_table(
        "workspaces",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_workspaces"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_workspaces_cohort"
        ),
        sa.UniqueConstraint("surface", "external_id", name="uq_workspaces_everywhere"),
        sa.UniqueConstraint(
            "cohort_id", "surface", "external_id", name="uq_workspaces_surface_external_id"
        ),
    )
    op.create_table(
        "accounts",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("workspace_id", BIG, nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.Column("last_used", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_accounts"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_accounts_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_accounts_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "workspace_id"],
            ["workspaces.cohort_id", "workspaces.id"],
            ondelete="CASCADE",
            name="fk_accounts_workspace_id",
        ),
        sa.UniqueConstraint(
            "cohort_id", "surface", "external_id", name="uq_accounts_surface_external_id"
        ),
    )
    op.create_index("ix_accounts_member_id", "accounts", ["cohort_id", "member_id"])
    op.create_index("ix_accounts_workspace_id", "accounts", ["cohort_id", "workspace_id"])
    op.create_table(
        "check_ins",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("asks", BIG, nullable=False),
        sa.Column("talks", BIG, nullable=False),
        sa.Column("mood", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_check_ins"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_check_ins_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_check_ins_member_id",
        ),
        sa.UniqueConstraint("cohort_id", "member_id", "week", name="uq_check_ins_member_id_week"),
    )
    op.create_table(
        "concerns",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("alum_id", BIG, nullable=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("raised", sa.BigInteger(), nullable=False),
        sa.Column("looked_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_concerns"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "alum_id"],
            ["alumni.cohort_id", "alumni.id"],
            ondelete="NO ACTION",
            name="fk_concerns_alum_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_concerns_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_concerns_member_id",
        ),
    )
    op.create_index("ix_concerns_alum_id", "concerns", ["cohort_id", "alum_id"])
    op.create_index("ix_concerns_member_id", "concerns", ["cohort_id", "member_id"])
    op.create_table(
        "contacts",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("owner_id", BIG, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("company", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("city", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alum_id", BIG, nullable=True),
        sa.Column("referred_by", BIG, nullable=True),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("touch_days", BIG, nullable=True),
        sa.Column("touched", sa.BigInteger(), nullable=True),
        sa.Column("will_introduce", BIG, nullable=True),
        sa.Column("do_not_contact", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("added", sa.BigInteger(), nullable=False),
        sa.Column("removed", sa.BigInteger(), nullable=True),
        sa.Column("email_hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_contacts"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "alum_id"],
            ["alumni.cohort_id", "alumni.id"],
            ondelete="NO ACTION",
            name="fk_contacts_alum_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_contacts_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "owner_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_contacts_owner_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "referred_by"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="NO ACTION",
            name="fk_contacts_referred_by",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "will_introduce"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="NO ACTION",
            name="fk_contacts_will_introduce",
        ),
    )
    op.create_index("ix_contacts_alum_id", "contacts", ["cohort_id", "alum_id"])
    op.create_index("ix_contacts_owner_id_name", "contacts", ["cohort_id", "owner_id", "name"])
    op.create_index("ix_contacts_referred_by", "contacts", ["cohort_id", "referred_by"])
    op.create_table(
        "drafts",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("arguments", sa.Text(), nullable=False),
        sa.Column("rest", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("form", sa.Boolean(), nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_drafts"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_drafts_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_drafts_member_id",
        ),
        sa.UniqueConstraint("cohort_id", "key", name="uq_drafts_key"),
    )
    op.create_index("ix_drafts_made", "drafts", ["cohort_id", "made"])
    op.create_index("ix_drafts_member_id", "drafts", ["cohort_id", "member_id"])
    op.create_table(
        "owed",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=True),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("occurrence", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("urgency", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("batch", BIG, nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", BIG, nullable=False),
        sa.Column("first_try", sa.BigInteger(), nullable=True),
        sa.Column("settled", sa.BigInteger(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_owed"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_owed_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_owed_member_id",
        ),
        sa.UniqueConstraint(
            "cohort_id",
            "to",
            "command",
            "subject",
            "occurrence",
            name="uq_owed_to_command_subject_occurrence",
        ),
    )
    op.create_index("ix_owed_batch", "owed", ["cohort_id", "batch"])
    op.create_index("ix_owed_member_id_state", "owed", ["cohort_id", "member_id", "state"])
    op.create_index("ix_owed_state_due", "owed", ["cohort_id", "state", "due"])
    op.create_table(
        "peer_reviews",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("reviewer_id", BIG, nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked", sa.BigInteger(), nullable=False),
        sa.Column("liked", sa.Text(), nullable=False),
        sa.Column("to_fix", sa.Text(), nullable=False),
        sa.Column("answered", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_peer_reviews"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_peer_reviews_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_peer_reviews_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "reviewer_id"],
            ["members.cohort_id", "members.id"],
            ondelete="NO ACTION",
            name="fk_peer_reviews_reviewer_id",
        ),
    )
    op.create_index("ix_peer_reviews_member_id", "peer_reviews", ["cohort_id", "member_id"])
    op.create_index("ix_peer_reviews_reviewer_id", "peer_reviews", ["cohort_id", "reviewer_id"])
    op.create_table(
        "asks",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("alum_id", BIG, nullable=True),
        sa.Column("drafted", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.BigInteger(), nullable=True),
        sa.Column("answered", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("followed_up", sa.BigInteger(), nullable=True),
        sa.Column("released", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_asks"),
        sa.ForeignKeyConstraint(
            ["cohort_id", "alum_id"],
            ["alumni.cohort_id", "alumni.id"],
            ondelete="NO ACTION",
            name="fk_asks_alum_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_asks_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="CASCADE",
            name="fk_asks_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_asks_member_id",
        ),
    )
    op.create_index("ix_asks_alum_id_sent", "asks", ["cohort_id", "alum_id", "sent"])
    op.create_index("ix_asks_contact_id", "asks", ["cohort_id", "contact_id"])
    op.create_index("ix_asks_member_id", "asks", ["cohort_id", "member_id"])
    op.create_table(
        "meetings",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("minutes", BIG, nullable=False),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("stop_nudge", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sequence", BIG, nullable=False),
        sa.Column("made", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_meetings"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_meetings_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="CASCADE",
            name="fk_meetings_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_meetings_member_id",
        ),
    )
    op.create_index("ix_meetings_contact_id", "meetings", ["cohort_id", "contact_id"])
    op.create_index("ix_meetings_member_id_at", "meetings", ["cohort_id", "member_id", "at"])
    op.create_table(
        "question_uses",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("shown", sa.BigInteger(), nullable=False),
        sa.Column("saved", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_question_uses"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_question_uses_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="CASCADE",
            name="fk_question_uses_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_question_uses_member_id",
        ),
    )
    op.create_index("ix_question_uses_contact_id", "question_uses", ["cohort_id", "contact_id"])
    op.create_index(
        "ix_question_uses_member_id_contact_id",
        "question_uses",
        ["cohort_id", "member_id", "contact_id"],
    )
    op.create_table(
        "talks",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("held", sa.Text(), nullable=False),
        sa.Column("logged", sa.BigInteger(), nullable=False),
        sa.Column("takeaways", sa.Text(), nullable=False),
        sa.Column("tip", sa.Text(), nullable=False),
        sa.Column("intended", sa.Text(), nullable=False),
        sa.Column("fit", sa.Text(), nullable=False),
        sa.Column("fit_because", sa.Text(), nullable=False),
        sa.Column("thanked", sa.BigInteger(), nullable=True),
        sa.Column("advice_used", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_talks"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_talks_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="CASCADE",
            name="fk_talks_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_talks_member_id",
        ),
    )
    op.create_index("ix_talks_contact_id", "talks", ["cohort_id", "contact_id"])
    op.create_index("ix_talks_member_id_held", "talks", ["cohort_id", "member_id", "held"])
    op.create_table(
        "touches",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("contact_id", BIG, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_touches"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_touches_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "contact_id"],
            ["contacts.cohort_id", "contacts.id"],
            ondelete="CASCADE",
            name="fk_touches_contact_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_touches_member_id",
        ),
    )
    op.create_index("ix_touches_contact_id", "touches", ["cohort_id", "contact_id"])
    op.create_index("ix_touches_member_id_at", "touches", ["cohort_id", "member_id", "at"])
    op.create_table(
        "promises",
        sa.Column("cohort_id", BIG, nullable=False),
        sa.Column("id", BIG, sa.Identity(), nullable=False),
        sa.Column("talk_id", BIG, nullable=False),
        sa.Column("member_id", BIG, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("done", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("cohort_id", "id", name="pk_promises"),
        sa.ForeignKeyConstraint(
            ["cohort_id"], ["cohorts.id"], ondelete="CASCADE", name="fk_promises_cohort"
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "member_id"],
            ["members.cohort_id", "members.id"],
            ondelete="CASCADE",
            name="fk_promises_member_id",
        ),
        sa.ForeignKeyConstraint(
            ["cohort_id", "talk_id"],
            ["talks.cohort_id", "talks.id"],
            ondelete="CASCADE",
            name="fk_promises_talk_id",
        ),
    )
    op.create_index("ix_promises_member_id", "promises", ["cohort_id", "member_id"])
    op.create_index("ix_promises_talk_id", "promises", ["cohort_id", "talk_id"])


def downgrade() -> None:
    """Back to nothing."""
    for table in (
        "promises",
        "touches",
        "talks",
        "question_uses",
        "meetings",
        "asks",
        "peer_reviews",
        "owed",
        "drafts",
        "contacts",
        "concerns",
        "check_ins",
        "accounts",
        "workspaces",
        "seen",
        "members",
        "alumni",
        "counters",
        "cohorts",
    ):
        op.drop_table(table)
