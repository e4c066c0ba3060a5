"""What Rasa keeps of its dialogues, as far as people have a right to see it and have it erased.

Rasa writes one table, `events`, in the database of ``BACKCHAT_TRACKER_URL``. It makes the table at
its first start, so that before there may be none.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Column,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    delete,
    inspect,
    select,
)
from sqlalchemy.future import Engine

from backchat.records.columns import as_utc
from backchat.records.engine import reading, writing

events = Table(
    "events",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("sender_id", String(255)),
    Column("timestamp", Float),
    Column("data", Text),
)


def export(engine: Engine, sender_id: str) -> list[dict[str, Any]]:
    """Return the events of a person's dialogue, oldest first.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        if not inspect(connection).has_table(events.name):
            return []
        stored = connection.scalars(
            select(events.c.data).where(events.c.sender_id == sender_id).order_by(events.c.id)
        )
        return [json.loads(data) for data in stored]


def erase(engine: Engine, senders: Sequence[str]) -> int:
    """Delete the dialogues of people; return the number of events deleted.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was deleted.
    """
    with writing(engine) as connection:
        if not senders or not inspect(connection).has_table(events.name):
            return 0
        return int(
            connection.execute(delete(events).where(events.c.sender_id.in_(senders))).rowcount
        )


def erase_before(engine: Engine, moment: datetime) -> int:
    """Delete all events before a moment; return their number.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was deleted.
    """
    expired = events.c.timestamp < as_utc(moment).timestamp()
    with reading(engine) as connection:
        if not inspect(connection).has_table(events.name):
            return 0
        if connection.execute(select(events.c.id).where(expired).limit(1)).first() is None:
            return 0
    with writing(engine) as connection:
        return int(connection.execute(delete(events).where(expired)).rowcount)
