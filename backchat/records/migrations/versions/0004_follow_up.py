"""Sessions that leave nothing, messages that were not understood, and several check-ins."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

PLANNED = sa.text("status IN ('pending', 'claimed')")


def upgrade() -> None:
    """Add the columns."""
    op.add_column("conversations", _flag("under_16", "nothing of it is kept"))
    op.add_column("messages", _flag("not_understood", "the bot said so"))
    op.create_index(
        "ix_messages_not_understood_at",
        "messages",
        ["at"],
        sqlite_where=sa.text("not_understood"),
        postgresql_where=sa.text("not_understood"),
    )
    with op.batch_alter_table("check_ins", table_args=(_status(),)) as check_ins:
        check_ins.add_column(sa.Column("sent_at", sa.DateTime(timezone=True)))
        check_ins.drop_constraint("uq_check_ins_conversation_id_kind")
    op.create_index("ix_check_ins_conversation_id", "check_ins", ["conversation_id"])
    op.create_index(
        "uq_check_ins_planned",
        "check_ins",
        ["person_id"],
        unique=True,
        sqlite_where=PLANNED,
        postgresql_where=PLANNED,
    )


def downgrade() -> None:
    """Remove them, in place: making a table anew would take along the rows that refer to it."""
    op.drop_index("uq_check_ins_planned", "check_ins")
    op.drop_index("ix_check_ins_conversation_id", "check_ins")
    op.execute(
        "DELETE FROM check_ins WHERE id NOT IN"
        " (SELECT max(id) FROM check_ins GROUP BY conversation_id, kind)"
    )
    with op.batch_alter_table("check_ins", table_args=(_status(),)) as check_ins:
        check_ins.drop_column("sent_at")
        check_ins.create_unique_constraint(
            "uq_check_ins_conversation_id_kind", ["conversation_id", "kind"]
        )
    op.drop_index("ix_messages_not_understood_at", "messages")
    op.drop_column("messages", "not_understood")
    op.drop_column("conversations", "under_16")


def _flag(name: str, comment: str) -> Any:
    return sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False, comment=comment)


def _status() -> sa.CheckConstraint:
    """The check that SQLite does not tell of when the table is made anew."""
    return sa.CheckConstraint(
        "status IN ('pending', 'claimed', 'done', 'cancelled', 'failed')",
        name=op.f("ck_check_ins_status"),
    )
