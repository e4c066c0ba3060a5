"""Which person and which conversation a message belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection
from sqlalchemy.sql.schema import Table

from backchat.records.tables import conversations, people

_INSERT = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}

_PERSON = select(people).where(people.c.sender_id == bindparam("sender_id")).with_for_update()
_UPDATE_PERSON = update(people).where(people.c.id == bindparam("this_id"))
_THEIRS = select(conversations).where(conversations.c.person_id == bindparam("person_id"))
_LATEST_STARTED = (
    _THEIRS.where(conversations.c.started_at <= bindparam("at"))
    .order_by(conversations.c.started_at.desc(), conversations.c.id.desc())
    .limit(1)
)
_NEXT_STARTED = (
    _THEIRS.where(
        conversations.c.started_at > bindparam("at"),
        conversations.c.started_at <= bindparam("horizon"),
    )
    .order_by(conversations.c.started_at, conversations.c.id)
    .limit(1)
)
_CONVERSATION = select(conversations).where(conversations.c.id == bindparam("this_id"))
_UPDATE_CONVERSATION = update(conversations).where(conversations.c.id == bindparam("this_id"))


def insert_if_new(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Insert the rows, except those whose unique key is already there."""
    connection.execute(_INSERT[connection.dialect.name](table).on_conflict_do_nothing(), rows)


def lock_person(connection: Connection, sender_id: str, channel: str, at: datetime) -> Row:
    """Return the person's row, made if need be, and hold everyone else off it until commit.

    All writing about one person passes here first, so that what follows may look and then act.
    """
    wanted = {"sender_id": sender_id}
    person: Row | None = connection.execute(_PERSON, wanted).one_or_none()
    if person is not None:
        return person
    insert_if_new(
        connection,
        people,
        [{"sender_id": sender_id, "channel": channel, "created_at": at, "last_seen_at": at}],
    )
    made: Row = connection.execute(_PERSON, wanted).one()
    return made


def update_person(connection: Connection, person: Row, at: datetime, **told: str | None) -> None:
    """Note that the person was here at `at`, and what the channel told: region, timezone."""
    changes: dict[str, Any] = {
        name: value for name, value in told.items() if value and value != getattr(person, name)
    }
    if at > person.last_seen_at:
        changes["last_seen_at"] = at
    if changes:
        connection.execute(_UPDATE_PERSON, {"this_id": person.id, **changes})


def conversation_at(connection: Connection, person: Row, at: datetime, silence: timedelta) -> Row:
    """Return the person's conversation at that moment, begun or extended to include it.

    A conversation ends with `silence`, or when the person starts over. Events that arrive late
    find the conversation of their time; one that is a little older than a conversation's first
    message, because two clocks disagree, belongs to that conversation.
    """
    current: Row | None = connection.execute(
        _LATEST_STARTED, {"person_id": person.id, "at": at}
    ).one_or_none()
    if current is not None and _covers(current, at, silence):
        return _extend(connection, current, last_message_at=max(current.last_message_at, at))
    following: Row | None = connection.execute(
        _NEXT_STARTED, {"person_id": person.id, "at": at, "horizon": at + silence}
    ).one_or_none()
    if following is not None:
        return _extend(connection, following, started_at=at)
    inserted = connection.execute(
        insert(conversations).values(
            person_id=person.id, channel=person.channel, started_at=at, last_message_at=at
        )
    )
    begun: Row = connection.execute(
        _CONVERSATION, {"this_id": inserted.inserted_primary_key[0]}
    ).one()
    return begun


def _covers(conversation: Row, at: datetime, silence: timedelta) -> bool:
    if conversation.ended_at is not None and at > conversation.ended_at:
        return False
    return bool(at - conversation.last_message_at <= silence)


def _extend(connection: Connection, conversation: Row, **bounds: datetime) -> Row:
    """Move the bounds of a conversation; if its words were erased, new ones will have to be."""
    wanted = {"erased_at": None, **bounds}
    changes = {
        name: value for name, value in wanted.items() if value != getattr(conversation, name)
    }
    if changes:
        connection.execute(_UPDATE_CONVERSATION, {"this_id": conversation.id, **changes})
    return conversation


def end_conversations(connection: Connection, person_id: int, at: datetime) -> None:
    """Let the person's next message begin a new conversation."""
    connection.execute(
        update(conversations)
        .where(
            conversations.c.person_id == person_id,
            conversations.c.started_at <= at,
            conversations.c.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
