"""What a person may ask for, and what is due without being asked: export, erasure, retention."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, literal, not_, select, update
from sqlalchemy.future import Connection, Engine
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import Table
from sqlalchemy.sql.selectable import Select

from backchat.records.columns import as_utc
from backchat.records.engine import empty_journal, reading, writing
from backchat.records.errors import UnknownPerson
from backchat.records.tables import (
    assessments,
    conversations,
    deliveries,
    messages,
    metadata,
    people,
)

BATCH = 200
"""How many people are erased in one transaction."""


@dataclass(frozen=True)
class DeletionReceipt:
    """How many rows of each table were deleted."""

    sender_id: str
    deleted: dict[str, int]

    @property
    def total(self) -> int:
        """The number of rows over all tables."""
        return sum(self.deleted.values())


def export_person(engine: Engine, sender_id: str) -> dict[str, list[dict[str, Any]]]:
    """Return all rows held about a person, by table, ready for JSON; moments are ISO 8601 in UTC.

    Of a stranger nothing is held: every table is there, and empty.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        person_id = connection.scalar(_person_id(sender_id))
        return {
            table.name: [
                {name: _jsonable(value) for name, value in row.items()}
                for row in connection.execute(
                    select(table).where(_about(table, person_id)).order_by(*table.primary_key)
                ).mappings()
            ]
            for table in metadata.sorted_tables
        }


def delete_person(engine: Engine, sender_id: str) -> DeletionReceipt:
    """Delete all rows held about a person, from the disk too; of a stranger there are none.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was deleted.
    """
    with writing(engine) as connection:
        person_id = connection.scalar(_person_id(sender_id).with_for_update())
        deleted = {
            table.name: connection.execute(delete(table).where(_about(table, person_id))).rowcount
            for table in reversed(metadata.sorted_tables)
        }
    empty_journal(engine)
    return DeletionReceipt(sender_id, deleted)


def set_consent(engine: Engine, sender_id: str, granted: bool) -> None:
    """Note whether a person lets us keep their words after the conversation.

    Raises:
        DatabaseUnavailable: the database did not answer.
        UnknownPerson: nothing is held about this sender.
    """
    with writing(engine) as connection:
        changed = connection.execute(
            update(people).where(people.c.sender_id == sender_id).values(consent=granted)
        )
        if not changed.rowcount:
            raise UnknownPerson(sender_id)


def erase_words(
    engine: Engine,
    quiet_since: datetime,
    now: datetime,
    forget: Callable[[Sequence[str]], object] = len,
) -> int:
    """Erase the words of people who have not consented, once their conversations are over.

    Rows stay, to be counted: who spoke when, the intents, the levels and the rules. What repeats
    the person's words goes: texts, payloads, entities, reports and reasons. Of a conversation about
    somebody under 16 nothing stays, whatever was consented to.

    Args:
        engine: The records.
        quiet_since: Only people without a message since then, theirs or ours.
        now: Noted as the moment of erasing.
        forget: Erases the dialogues of senders elsewhere. It is called while nobody can write about
            them, so that what a person says next cannot go with it; if it fails, nothing is noted
            as erased.

    Returns:
        The number of conversations erased or deleted.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing more was erased.
    """
    erased = 0
    while batch := _erase_batch(engine, as_utc(quiet_since), as_utc(now), forget):
        erased += batch
    if erased:
        empty_journal(engine)
    return erased


def _erase_batch(
    engine: Engine, quiet_since: datetime, now: datetime, forget: Callable[[Sequence[str]], object]
) -> int:
    """Erase what some people have said; return the number of conversations."""
    to_be_kept = and_(people.c.consent.is_(True), conversations.c.under_16.is_(False))
    due = (
        select(people.c.id)
        .join(conversations, conversations.c.person_id == people.c.id)
        .where(
            conversations.c.erased_at.is_(None),
            conversations.c.last_message_at < quiet_since,
            not_(to_be_kept),
            people.c.id.not_in(_talking_since(quiet_since)),
        )
        .limit(BATCH)
    )
    if not _any(engine, due):
        return 0
    with writing(engine) as connection:
        locked = connection.scalars(
            select(people.c.id).where(people.c.id.in_(due)).with_for_update(skip_locked=True)
        ).all()
        over = connection.execute(
            select(conversations.c.id, conversations.c.under_16, people.c.id, people.c.sender_id)
            .join(people, people.c.id == conversations.c.person_id)
            .where(
                people.c.id.in_(locked),
                people.c.id.not_in(_talking_since(quiet_since)),
                conversations.c.erased_at.is_(None),
                not_(to_be_kept),
            )
        ).all()
        if not over:
            return 0
        forget(sorted({row.sender_id for row in over}))
        _erase(connection, [row[0] for row in over if not row.under_16], now)
        gone = [row[0] for row in over if row.under_16]
        connection.execute(delete(conversations).where(conversations.c.id.in_(gone)))
        _delete_people_without_conversations(connection, people.c.id.in_(locked))
        return len(over)


def _any(engine: Engine, wanted: Select) -> bool:
    """Look before locking: mostly there is nothing to do, and nobody should wait for that."""
    with reading(engine) as connection:
        return connection.execute(wanted.limit(1)).first() is not None


def _talking_since(moment: datetime) -> Select:
    return select(conversations.c.person_id).where(conversations.c.last_message_at >= moment)


def _erase(connection: Connection, ids: Sequence[int], now: datetime) -> None:
    connection.execute(
        update(messages)
        .where(messages.c.conversation_id.in_(ids))
        .values(text=None, payload=None, entities=None)
    )
    connection.execute(
        update(assessments)
        .where(assessments.c.conversation_id.in_(ids))
        .values(report=None, reasons=None)
    )
    connection.execute(
        update(conversations).where(conversations.c.id.in_(ids)).values(erased_at=now)
    )


def delete_expired(
    engine: Engine, before: datetime, forget: Callable[[Sequence[str]], object] = len
) -> int:
    """Delete conversations without a message since `before`, and people without conversations.

    Args:
        engine: The records.
        before: How far back is kept.
        forget: Erases the dialogues of senders of whom nothing is left.

    Returns:
        The number of conversations deleted.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was deleted.
    """
    limit = as_utc(before)
    old = (
        conversations.c.last_message_at < limit,
        deliveries.c.settled_at < limit,
        people.c.last_seen_at < limit,
    )
    if not any(_any(engine, select(literal(1)).where(each)) for each in old):
        return 0
    with writing(engine) as connection:
        expired = connection.execute(
            delete(conversations).where(conversations.c.last_message_at < limit)
        ).rowcount
        connection.execute(delete(deliveries).where(deliveries.c.settled_at < limit))
        gone = _delete_people_without_conversations(connection, people.c.last_seen_at < limit)
        forget(gone)
    if expired or gone:
        empty_journal(engine)
    return int(expired)


def _delete_people_without_conversations(
    connection: Connection, among: ColumnElement[Any]
) -> list[str]:
    """Delete those of them who have none; return their sender ids."""
    without = and_(among, people.c.id.not_in(select(conversations.c.person_id)))
    gone = list(connection.scalars(select(people.c.sender_id).where(without)))
    connection.execute(delete(people).where(without))
    return gone


def _person_id(sender_id: str) -> Select:
    return select(people.c.id).where(people.c.sender_id == sender_id)


def _about(table: Table, person_id: int | None) -> ColumnElement[Any]:
    """Return the condition that a row of any of our tables is about this person."""
    if table is people:
        return people.c.id == person_id
    if "person_id" in table.c:
        return table.c.person_id == person_id
    theirs = select(conversations.c.id).where(conversations.c.person_id == person_id)
    return table.c.conversation_id.in_(theirs)


def _jsonable(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
