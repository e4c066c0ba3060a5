"""The tables of the conversation log.

They are Core tables: the log writes and reads rows, and what it hands out are the frozen
dataclasses of `backchat.records.views`. Every change here needs a migration.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from backchat.records.columns import StorableText, UtcDateTime, json_document

metadata = MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("sender_id", String, nullable=False, unique=True),
    Column("channel", String, nullable=False),
    Column("region", String),
    Column("timezone", String),
    Column("created_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("consent", Boolean, comment="to keep the words; NULL until the person was asked"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("channel", String, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("last_message_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime, comment="when the person started over"),
    Column("level", String, comment="the highest so far"),
    Column("flagged", Boolean, nullable=False, server_default=false()),
    Column("erased_at", UtcDateTime, comment="when the words were erased"),
    Column(
        "under_16",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="nothing of it is kept",
    ),
    Index("ix_conversations_person_id_started_at", "person_id", "started_at"),
    Index("ix_conversations_started_at", "started_at"),
    Index("ix_conversations_level_started_at", "level", "started_at"),
    Index("ix_conversations_channel_started_at", "channel", "started_at"),
    Index("ix_conversations_flagged_started_at", "flagged", "started_at"),
    Index("ix_conversations_erased_at_last_message_at", "erased_at", "last_message_at"),
)

conversation_rules = Table(
    "conversation_rules",
    metadata,
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), primary_key=True),
    Column("rule", String, primary_key=True),
    Index("ix_conversation_rules_rule_conversation_id", "rule", "conversation_id"),
    comment="which rules have fired in a conversation, so that listing by rule stays fast",
)

messages = Table(
    "messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_key", String, nullable=False, unique=True),
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False),
    Column("direction", String, nullable=False),
    Column("author", String, nullable=False),
    Column("text", StorableText),
    Column("payload", json_document(), comment="buttons, card, image"),
    Column("intent", String),
    Column("confidence", Float),
    Column("entities", json_document()),
    Column("at", UtcDateTime, nullable=False),
    Column(
        "not_understood",
        Boolean,
        nullable=False,
        server_default=false(),
        comment="the bot said so",
    ),
    CheckConstraint("direction IN ('in', 'out')", name="direction"),
    CheckConstraint("author IN ('person', 'bot', 'clinician')", name="author"),
    Index("ix_messages_conversation_id_at", "conversation_id", "at"),
    Index(
        "ix_messages_not_understood_at",
        "at",
        sqlite_where=text("not_understood"),
        postgresql_where=text("not_understood"),
    ),
)

assessments = Table(
    "assessments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("event_key", String, nullable=False, unique=True),
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False),
    Column("message_id", ForeignKey(messages.c.id, ondelete="SET NULL")),
    Column("at", UtcDateTime, nullable=False),
    Column("level", String),
    Column("timeframe", String),
    Column("borderline", Boolean, nullable=False),
    Column("rules", json_document(), nullable=False),
    Column("rule_levels", json_document(), nullable=False),
    Column("report", json_document(), comment="the complete episode; NULL once erased"),
    Column("reasons", json_document()),
    Column("ask", json_document(), nullable=False),
    Column("knowledge_version", String),
    Index("ix_assessments_conversation_id_at", "conversation_id", "at"),
    Index("ix_assessments_message_id", "message_id"),
)

pain_scores = Table(
    "pain_scores",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("score", SmallInteger, nullable=False),
    CheckConstraint("score BETWEEN 0 AND 10", name="score"),
    Index("ix_pain_scores_conversation_id_at", "conversation_id", "at"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("advice", String, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column(
        "comment_id",
        ForeignKey(messages.c.id, ondelete="SET NULL"),
        comment="the message that says why",
    ),
    UniqueConstraint("conversation_id", "advice"),
    Index("ix_ratings_comment_id", "comment_id"),
)

check_ins = Table(
    "check_ins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("conversation_id", ForeignKey(conversations.c.id, ondelete="CASCADE"), nullable=False),
    Column("kind", String, nullable=False),
    Column("due_at", UtcDateTime, nullable=False),
    Column("status", String, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("error", StorableText),
    Column("sent_at", UtcDateTime),
    CheckConstraint(
        "status IN ('pending', 'claimed', 'done', 'cancelled', 'failed')", name="status"
    ),
    Index("ix_check_ins_status_due_at", "status", "due_at"),
    Index("ix_check_ins_person_id", "person_id"),
    Index("ix_check_ins_conversation_id", "conversation_id"),
    Index(
        "uq_check_ins_planned",
        "person_id",
        unique=True,
        sqlite_where=text("status IN ('pending', 'claimed')"),
        postgresql_where=text("status IN ('pending', 'claimed')"),
    ),
)

places = Table(
    "places",
    metadata,
    Column(
        "person_id",
        ForeignKey(people.c.id, ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("place", json_document(), nullable=False, comment="as their channel addresses it"),
    Column("blocked_at", UtcDateTime, comment="when they were found to have shut us out"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey(people.c.id, ondelete="CASCADE"), nullable=False),
    Column("batch", String, nullable=False, comment="what it is a part of"),
    Column("position", Integer, nullable=False),
    Column("channel", String, nullable=False),
    Column("place", json_document(), nullable=False),
    Column("message", json_document(), comment="the response; NULL once it is settled"),
    Column("status", String, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("parts_sent", Integer, nullable=False, server_default="0"),
    Column("next_attempt_at", UtcDateTime, nullable=False),
    Column("claimed_until", UtcDateTime),
    Column("created_at", UtcDateTime, nullable=False),
    Column("settled_at", UtcDateTime, comment="when it arrived, or was given up"),
    Column("buttons_at", String, comment="the platform's id of what has its buttons"),
    Column("error", StorableText, comment="of the last attempt"),
    CheckConstraint(
        "status IN ('pending', 'sent', 'failed', 'blocked', 'cancelled')", name="status"
    ),
    UniqueConstraint("person_id", "batch", "position"),
    Index("ix_deliveries_status_next_attempt_at", "status", "next_attempt_at"),
    Index("ix_deliveries_person_id_buttons_at", "person_id", "buttons_at"),
)
