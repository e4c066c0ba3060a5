"""Check-ins: when to write to somebody unasked, each one once, whichever server is running.

A check-in is due at a moment. A server claims it, so that no other one takes it, has it said, and
notes that it is done; a claim that its server never settled lapses after `LEASE`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, or_, select, update
from sqlalchemy.future import Connection, Engine

from backchat.records.columns import as_utc
from backchat.records.engine import reading, writing
from backchat.records.errors import UnknownPerson
from backchat.records.tables import check_ins, conversations, people

LEASE = timedelta(minutes=5)
"""How long a server may take over one check-in before another may try."""
OPEN = ("pending", "claimed")


@dataclass(frozen=True)
class DueCheckIn:
    """A claimed check-in.

    Attributes:
        id: Its id.
        sender_id: Whom to write to.
        kind: What it is about.
        due_at: When it was due.
        attempts: How often it was claimed, this time included.
        unanswered: How many check-ins the person has been sent since they last wrote.
        timezone: The person's IANA time zone, or None.
        region: The person's ISO 3166 code, or None.
    """

    id: int
    sender_id: str
    kind: str
    due_at: datetime
    attempts: int
    unanswered: int
    timezone: str | None
    region: str | None


@dataclass(frozen=True)
class CheckInRecord:
    """One line of a listing."""

    id: int
    sender_id: str
    kind: str
    due_at: datetime
    status: str
    attempts: int
    sent_at: datetime | None
    error: str | None


def schedule(engine: Engine, sender_id: str, due_at: datetime, kind: str = "follow_up") -> None:
    """Plan a check-in in the person's latest conversation, in place of any that is still planned.

    Raises:
        DatabaseUnavailable: the database did not answer.
        UnknownPerson: nobody of this sender id has said anything.
    """
    with writing(engine) as connection:
        person_id = connection.scalar(
            select(people.c.id).where(people.c.sender_id == sender_id).with_for_update()
        )
        conversation_id = connection.scalar(
            select(conversations.c.id)
            .where(conversations.c.person_id == person_id)
            .order_by(conversations.c.started_at.desc(), conversations.c.id.desc())
            .limit(1)
        )
        if conversation_id is None:
            raise UnknownPerson(sender_id)
        cancel_pending(connection, person_id)
        connection.execute(
            insert(check_ins).values(
                person_id=person_id,
                conversation_id=conversation_id,
                kind=kind,
                due_at=as_utc(due_at),
                status="pending",
            )
        )


def cancel(engine: Engine, sender_id: str) -> int:
    """Cancel what is planned for a person; return how many check-ins that were.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with writing(engine) as connection:
        person_id = connection.scalar(select(people.c.id).where(people.c.sender_id == sender_id))
        return 0 if person_id is None else cancel_pending(connection, person_id)


def cancel_pending(connection: Connection, person_id: int) -> int:
    """Cancel what is planned for a person, within a transaction; return how many that were."""
    cancelled = connection.execute(
        update(check_ins)
        .where(check_ins.c.person_id == person_id, check_ins.c.status.in_(OPEN))
        .values(status="cancelled")
    )
    return int(cancelled.rowcount)


def planned(engine: Engine, sender_id: str) -> datetime | None:
    """Return when the person's next check-in is due, or None if none is planned.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        due_at: datetime | None = connection.scalar(
            select(check_ins.c.due_at)
            .join(people, people.c.id == check_ins.c.person_id)
            .where(people.c.sender_id == sender_id, check_ins.c.status.in_(OPEN))
            .order_by(check_ins.c.due_at)
            .limit(1)
        )
        return due_at


def listing(engine: Engine, *, status: str | None = None, limit: int = 100) -> list[CheckInRecord]:
    """Return check-ins, those due last first.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    columns = [
        check_ins.c[name] for name in CheckInRecord.__dataclass_fields__ if name != "sender_id"
    ]
    found = select(*columns, people.c.sender_id).join(people, people.c.id == check_ins.c.person_id)
    if status is not None:
        found = found.where(check_ins.c.status == status)
    with reading(engine) as connection:
        rows = connection.execute(
            found.order_by(check_ins.c.due_at.desc(), check_ins.c.id.desc()).limit(limit)
        )
        return [CheckInRecord(**row) for row in rows.mappings()]


def claim(engine: Engine, now: datetime) -> DueCheckIn | None:
    """Return the check-in that is due first and keep it from other servers, or None.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    moment = as_utc(now)
    lapsed = and_(check_ins.c.status == "claimed", check_ins.c.claimed_at <= moment - LEASE)
    due = (
        select(check_ins, people.c.sender_id, people.c.timezone, people.c.region)
        .add_columns(people.c.last_seen_at)
        .join(people, people.c.id == check_ins.c.person_id)
        .where(
            check_ins.c.due_at <= moment,
            check_ins.c.status.in_(OPEN),
            or_(check_ins.c.status == "pending", lapsed),
        )
        .order_by(check_ins.c.due_at, check_ins.c.id)
        .limit(1)
        .with_for_update(of=check_ins, skip_locked=True)
    )
    with writing(engine) as connection:
        found = connection.execute(due).one_or_none()
        if found is None:
            return None
        connection.execute(
            update(check_ins)
            .where(check_ins.c.id == found.id)
            .values(status="claimed", claimed_at=moment, attempts=found.attempts + 1)
        )
        unanswered = connection.scalar(
            select(func.count()).where(
                check_ins.c.person_id == found.person_id,
                check_ins.c.sent_at > found.last_seen_at,
            )
        )
        return DueCheckIn(
            id=found.id,
            sender_id=found.sender_id,
            kind=found.kind,
            due_at=found.due_at,
            attempts=found.attempts + 1,
            unanswered=unanswered,
            timezone=found.timezone,
            region=found.region,
        )


def done(engine: Engine, check_in_id: int, now: datetime) -> None:
    """Note that a claimed check-in was said.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    _settle(engine, check_in_id, status="done", sent_at=as_utc(now), error=None)


def drop(engine: Engine, check_in_id: int, reason: str) -> None:
    """Cancel a claimed check-in.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    _settle(engine, check_in_id, status="cancelled", error=reason)


def postpone(engine: Engine, check_in_id: int, until: datetime) -> None:
    """Put a claimed check-in off; that is no failed attempt.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    _settle(
        engine,
        check_in_id,
        status="pending",
        due_at=as_utc(until),
        attempts=check_ins.c.attempts - 1,
    )


def try_again(engine: Engine, check_in_id: int, at: datetime, error: str) -> None:
    """Note that a claimed check-in failed, and when to try again.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    _settle(engine, check_in_id, status="pending", due_at=as_utc(at), error=error)


def fail(engine: Engine, check_in_id: int, error: str) -> None:
    """Give a claimed check-in up.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    _settle(engine, check_in_id, status="failed", error=error)


def _settle(engine: Engine, check_in_id: int, **values: Any) -> None:
    """Change a check-in that is still claimed; one that was cancelled meanwhile stays so."""
    with writing(engine) as connection:
        connection.execute(
            update(check_ins)
            .where(check_ins.c.id == check_in_id, check_ins.c.status == "claimed")
            .values(claimed_at=None, **values)
        )
