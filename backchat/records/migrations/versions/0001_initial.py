"""The first tables: people, conversations, messages, assessments, pain scores, check-ins."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)
TABLES = (
    "assessments",
    "pain_scores",
    "messages",
    "conversation_rules",
    "check_ins",
    "conversations",
    "people",
)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sender_id", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("region", sa.String()),
        sa.Column("timezone", sa.String()),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column(
            "consent", sa.Boolean(), comment="to keep the words; NULL until the person was asked"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
        sa.UniqueConstraint("sender_id", name=op.f("uq_people_sender_id")),
    )
    op.create_table(
        "conversations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("last_message_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, comment="when the person started over"),
        sa.Column("level", sa.String(), comment="the highest so far"),
        sa.Column("flagged", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("erased_at", MOMENT, comment="when the words were erased"),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["people.id"],
            name=op.f("fk_conversations_person_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_conversations")),
    )
    op.create_index(
        "ix_conversations_channel_started_at", "conversations", ["channel", "started_at"]
    )
    op.create_index(
        "ix_conversations_erased_at_last_message_at",
        "conversations",
        ["erased_at", "last_message_at"],
    )
    op.create_index(
        "ix_conversations_flagged_started_at", "conversations", ["flagged", "started_at"]
    )
    op.create_index("ix_conversations_level_started_at", "conversations", ["level", "started_at"])
    op.create_index(
        "ix_conversations_person_id_started_at", "conversations", ["person_id", "started_at"]
    )
    op.create_index("ix_conversations_started_at", "conversations", ["started_at"])
    op.create_table(
        "check_ins",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("claimed_at", MOMENT),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("error", sa.Text()),
        sa.CheckConstraint(
            "status IN ('pending', 'claimed', 'done', 'cancelled', 'failed')",
            name=op.f("ck_check_ins_status"),
        ),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_check_ins_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_check_ins_person_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_ins")),
        sa.UniqueConstraint(
            "conversation_id", "kind", name=op.f("uq_check_ins_conversation_id_kind")
        ),
    )
    op.create_index("ix_check_ins_person_id", "check_ins", ["person_id"])
    op.create_index("ix_check_ins_status_due_at", "check_ins", ["status", "due_at"])
    op.create_table(
        "conversation_rules",
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_conversation_rules_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "rule", name=op.f("pk_conversation_rules")),
        comment="which rules have fired in a conversation, so that listing by rule stays fast",
    )
    op.create_index(
        "ix_conversation_rules_rule_conversation_id",
        "conversation_rules",
        ["rule", "conversation_id"],
    )
    op.create_table(
        "messages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("text", sa.Text()),
        sa.Column("payload", sa.JSON(), comment="buttons, card, image"),
        sa.Column("intent", sa.String()),
        sa.Column("confidence", sa.Float()),
        sa.Column("entities", sa.JSON()),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "author IN ('person', 'bot', 'clinician')", name=op.f("ck_messages_author")
        ),
        sa.CheckConstraint("direction IN ('in', 'out')", name=op.f("ck_messages_direction")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_messages_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_messages")),
        sa.UniqueConstraint("event_key", name=op.f("uq_messages_event_key")),
    )
    op.create_index("ix_messages_conversation_id_at", "messages", ["conversation_id", "at"])
    op.create_table(
        "pain_scores",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("score", sa.SmallInteger(), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 10", name=op.f("ck_pain_scores_score")),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_pain_scores_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pain_scores")),
    )
    op.create_index("ix_pain_scores_conversation_id_at", "pain_scores", ["conversation_id", "at"])
    op.create_table(
        "assessments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_key", sa.String(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Integer()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("level", sa.String()),
        sa.Column("timeframe", sa.String()),
        sa.Column("borderline", sa.Boolean(), nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("rule_levels", sa.JSON(), nullable=False),
        sa.Column("report", sa.JSON(), comment="the complete episode; NULL once erased"),
        sa.Column("reasons", sa.JSON()),
        sa.Column("ask", sa.JSON(), nullable=False),
        sa.Column("knowledge_version", sa.String()),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_assessments_conversation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["message_id"],
            ["messages.id"],
            name=op.f("fk_assessments_message_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessments")),
        sa.UniqueConstraint("event_key", name=op.f("uq_assessments_event_key")),
    )
    op.create_index("ix_assessments_conversation_id_at", "assessments", ["conversation_id", "at"])
    op.create_index("ix_assessments_message_id", "assessments", ["message_id"])


def downgrade() -> None:
    """Remove the tables, those that refer to others first."""
    for table in TABLES:
        op.drop_table(table)
