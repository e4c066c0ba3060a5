"""Whether advice was helpful: one rating for each kind of advice in a conversation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection

from backchat.records.errors import MalformedEvent
from backchat.records.tables import messages, ratings

COMMENT = "comment"
"""The value of the rating slot when the message says in words what the last rating means."""


def store(connection: Connection, conversation: Row, at: datetime, value: Any) -> None:
    """Store the value of the rating slot: a rating, in place of an earlier one, or a comment.

    Raises:
        MalformedEvent: it is neither.
    """
    if value == COMMENT:
        _add_comment(connection, conversation, at)
    elif isinstance(value, Mapping) and isinstance(value.get("helpful"), bool):
        _rate(connection, conversation, at, str(value.get("advice")), value["helpful"])
    else:
        raise MalformedEvent("A rating must be a dictionary with `advice` and `helpful`.")


def _rate(
    connection: Connection, conversation: Row, at: datetime, advice: str, helpful: bool
) -> None:
    rated = connection.execute(
        update(ratings)
        .where(ratings.c.conversation_id == conversation.id, ratings.c.advice == advice)
        .values(at=at, helpful=helpful)
    )
    if not rated.rowcount:
        connection.execute(
            insert(ratings).values(
                conversation_id=conversation.id, at=at, advice=advice, helpful=helpful
            )
        )


def _add_comment(connection: Connection, conversation: Row, at: datetime) -> None:
    of_conversation = ratings.c.conversation_id == conversation.id
    latest = select(ratings.c.id).where(of_conversation).order_by(ratings.c.at.desc()).limit(1)
    words = (
        select(messages.c.id)
        .where(
            messages.c.conversation_id == conversation.id,
            messages.c.direction == "in",
            messages.c.at <= at,
        )
        .order_by(messages.c.at.desc(), messages.c.id.desc())
        .limit(1)
    )
    connection.execute(
        update(ratings)
        .where(ratings.c.id == connection.scalar(latest))
        .values(comment_id=connection.scalar(words))
    )
