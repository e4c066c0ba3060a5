"""When a message was first heard."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.future import Engine

from backchat.records.engine import reading
from backchat.records.tables import messages


def heard_at(engine: Engine, message_id: int) -> datetime | None:
    """Return when a message of the log came, or None where it is not there any more.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        at: datetime | None = connection.scalar(
            select(messages.c.at).where(messages.c.id == message_id)
        )
    return at
