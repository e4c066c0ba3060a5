"""What a person may ask for, and what is due without being asked: export, erasure, retention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.future import Engine
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import Table
from sqlalchemy.sql.selectable import Select

from backchat.records.columns import as_utc
from backchat.records.engine import empty_journal, reading, writing
from backchat.records.errors import UnknownPerson
from backchat.records.tables import assessments, conversations, messages, metadata, people


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


def erase_words(engine: Engine, quiet_since: datetime, now: datetime) -> int:
    """Erase the words of people who have not consented, once their conversation is over.

    Rows stay, to be counted: who spoke when, the intents, the levels and the rules. What repeats
    the person's words goes: texts, payloads, entities, reports and reasons.

    Args:
        engine: The records.
        quiet_since: Only conversations without a message since then.
        now: Noted as the moment of erasing.

    Returns:
        The number of conversations erased.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was erased.
    """
    unconsented = select(people.c.id).where(
        or_(people.c.consent.is_(None), people.c.consent.is_(False))
    )
    over = select(conversations.c.id).where(
        conversations.c.erased_at.is_(None),
        conversations.c.last_message_at < as_utc(quiet_since),
        conversations.c.person_id.in_(unconsented),
    )
    with writing(engine) as connection:
        ids = connection.scalars(over.with_for_update()).all()
        for batch in _batches(ids):
            connection.execute(
                update(messages)
                .where(messages.c.conversation_id.in_(batch))
                .values(text=None, payload=None, entities=None)
            )
            connection.execute(
                update(assessments)
                .where(assessments.c.conversation_id.in_(batch))
                .values(report=None, reasons=None)
            )
            connection.execute(
                update(conversations)
                .where(conversations.c.id.in_(batch))
                .values(erased_at=as_utc(now))
            )
    if ids:
        empty_journal(engine)
    return len(ids)


def delete_expired(engine: Engine, before: datetime) -> int:
    """Delete conversations without a message since `before`, and people without conversations.

    Returns:
        The number of conversations deleted.

    Raises:
        DatabaseUnavailable: the database did not answer, and nothing was deleted.
    """
    limit = as_utc(before)
    with writing(engine) as connection:
        expired = connection.execute(
            delete(conversations).where(conversations.c.last_message_at < limit)
        ).rowcount
        connection.execute(
            delete(people).where(
                people.c.last_seen_at < limit,
                people.c.id.not_in(select(conversations.c.person_id)),
            )
        )
    if expired:
        empty_journal(engine)
    return int(expired)


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


def _batches(ids: Sequence[int], size: int = 500) -> list[Sequence[int]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
