"""What messengers are given to send: kept from before the first attempt until it has arrived.

A delivery is one response of the bot, kept whole. Its text is dropped as soon as the delivery is
settled: sent, failed for good, cancelled, or not wanted. Messages of one person are sent in the
order of their ids; of several servers one at a time sends to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, or_, select, update
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection, Engine
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.selectable import Select

from backchat.records.columns import as_utc
from backchat.records.engine import reading, writing
from backchat.records.errors import UnknownPerson
from backchat.records.tables import deliveries, people, places

LEASE = timedelta(seconds=60)
"""How long a server may take over one attempt before another may try."""

GIVES_WAY = 3
"""After so many failures a delivery keeps only the rest of its own batch waiting."""

ASIDE = "aside:"
"""How the batch of what is no part of the dialogue begins, such as a reminder."""

Response = Mapping[str, Any]
"""``text``, ``buttons``, ``image`` and ``custom``, each optional."""


@dataclass(frozen=True)
class Delivery:
    """A claimed delivery.

    Attributes:
        id: Its id.
        batch: What it belongs to.
        place: The address, as the channel understands it.
        message: The response to send.
        attempts: How often sending it has failed.
        parts_sent: How many of the parts that the channel makes of it have arrived.
    """

    id: int
    batch: str
    place: dict[str, Any]
    message: dict[str, Any]
    attempts: int
    parts_sent: int


@dataclass(frozen=True)
class DeliveryRecord:
    """One line of a listing, without any text."""

    id: int
    sender_id: str
    channel: str
    batch: str
    status: str
    attempts: int
    created_at: datetime
    next_attempt_at: datetime
    settled_at: datetime | None
    error: str | None


def add(
    connection: Connection,
    sender_id: str,
    channel: str,
    messages: Iterable[Response],
    *,
    batch: str,
    at: datetime,
    due: datetime | None = None,
) -> bool:
    """Take messages to a person whose place is known, unless their batch was taken before.

    Args:
        connection: One inside `writing`.
        sender_id: To whom.
        channel: Which messenger.
        messages: Responses in the order in which to send them.
        batch: What they belong to, the same however often it is added.
        at: Now.
        due: When to send them, if not at once.

    Returns:
        Whether there is something new to send.

    Raises:
        UnknownPerson: the place of this person is not known.
    """
    person = connection.execute(
        select(people.c.id, places.c.place, places.c.blocked_at)
        .join(places, places.c.person_id == people.c.id)
        .where(people.c.sender_id == sender_id)
        .with_for_update()
    ).one_or_none()
    if person is None:
        raise UnknownPerson(sender_id)
    if _has_batch(connection, person.id, batch):
        return False
    rows = [
        {
            "person_id": person.id,
            "batch": batch,
            "position": position,
            "channel": channel,
            "place": person.place,
            "message": None if person.blocked_at else dict(message),
            "status": "blocked" if person.blocked_at else "pending",
            "created_at": as_utc(at),
            "next_attempt_at": as_utc(due or at),
        }
        for position, message in enumerate(messages)
    ]
    if rows:
        connection.execute(insert(deliveries), rows)
    return bool(rows) and not person.blocked_at


def was_added(engine: Engine, sender_id: str, batch: str) -> bool:
    """Say whether a batch of messages to a person was taken before.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        person_id = connection.scalar(select(people.c.id).where(people.c.sender_id == sender_id))
        return person_id is not None and _has_batch(connection, person_id, batch)


def _has_batch(connection: Connection, person_id: int, batch: str) -> bool:
    known = select(deliveries.c.id).where(
        deliveries.c.person_id == person_id, deliveries.c.batch == batch
    )
    return connection.execute(known.limit(1)).first() is not None


class Outbox:
    """The deliveries of one channel."""

    def __init__(self, engine: Engine, channel: str) -> None:
        self._engine = engine
        self._channel = channel

    def add(
        self,
        sender_id: str,
        messages: Iterable[Response],
        *,
        batch: str,
        at: datetime,
        due: datetime | None = None,
    ) -> bool:
        """Take messages as `add` does, in a transaction of their own.

        Raises:
            DatabaseUnavailable: the database did not answer, and nothing was taken.
            UnknownPerson: the place of this person is not known.
        """
        with writing(self._engine) as connection:
            return add(connection, sender_id, self._channel, messages, batch=batch, at=at, due=due)

    def due(self, now: datetime, limit: int = 100) -> list[str]:
        """Return the sender ids of people to whom something is to be sent now.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        moment = as_utc(now)
        waiting = (
            select(people.c.sender_id)
            .join(deliveries, deliveries.c.person_id == people.c.id)
            .where(
                deliveries.c.status == "pending",
                deliveries.c.next_attempt_at <= moment,
                deliveries.c.channel == self._channel,
                or_(deliveries.c.claimed_until.is_(None), deliveries.c.claimed_until <= moment),
            )
            .distinct()
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return list(connection.scalars(waiting))

    def claim(self, sender_id: str, now: datetime) -> Delivery | None:
        """Return the delivery that a person gets next and keep it from other servers, or None.

        Later ones wait behind one that is tried again, until that has failed `GIVES_WAY` times;
        an emergency waits for none. What is due later keeps nothing waiting.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        moment = as_utc(now)
        with writing(self._engine) as connection:
            waiting = connection.execute(
                select(deliveries)
                .where(*self._pending(sender_id))
                .order_by(deliveries.c.id)
                .with_for_update()
            )
            found = _next(waiting, moment)
            if found is None:
                return None
            connection.execute(
                update(deliveries)
                .where(deliveries.c.id == found.id)
                .values(claimed_until=moment + LEASE)
            )
            return Delivery(
                id=found.id,
                batch=found.batch,
                place=found.place,
                message=found.message,
                attempts=found.attempts,
                parts_sent=found.parts_sent,
            )

    def part_sent(
        self, delivery_id: int, parts_sent: int, buttons_at: str | None, now: datetime
    ) -> None:
        """Note that a part that is not the last has arrived.

        Args:
            delivery_id: The delivery.
            parts_sent: How many parts have arrived by now.
            buttons_at: The platform's id of the part, if it has buttons.
            now: When it arrived.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        values = {"parts_sent": parts_sent, "claimed_until": as_utc(now) + LEASE}
        self._update(deliveries.c.id == delivery_id, values | _with_buttons(buttons_at))

    def sent(self, delivery_id: int, buttons_at: str | None, now: datetime) -> None:
        """Note that a delivery has arrived whole; `buttons_at` as in `part_sent`.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        values = _settled("sent", now, error=None) | _with_buttons(buttons_at)
        self._update(deliveries.c.id == delivery_id, values)

    def try_again(self, delivery_id: int, attempts: int, at: datetime, error: str) -> None:
        """Note that an attempt failed, and when to make the next.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        self._update(
            deliveries.c.id == delivery_id,
            {
                "attempts": attempts,
                "next_attempt_at": as_utc(at),
                "claimed_until": None,
                "error": error,
            },
        )

    def failed(self, delivery_id: int, attempts: int, now: datetime, error: str) -> None:
        """Give a delivery up.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        values = {**_settled("failed", now, error), "attempts": attempts}
        self._update(deliveries.c.id == delivery_id, values)

    def blocked(self, sender_id: str, now: datetime, error: str) -> None:
        """Note that a person has shut us out, and give up everything that waits for them.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with writing(self._engine) as connection:
            connection.execute(_person(sender_id).with_for_update())
            connection.execute(
                update(places)
                .where(places.c.person_id.in_(_person(sender_id)))
                .values(blocked_at=as_utc(now))
            )
            connection.execute(
                update(deliveries)
                .where(*self._pending(sender_id))
                .values(_settled("blocked", now, error))
            )

    def cancel(self, sender_id: str, batch_prefix: str, now: datetime) -> None:
        """Take back what was to be sent to a person later.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with writing(self._engine) as connection:
            connection.execute(
                update(deliveries)
                .where(
                    *self._pending(sender_id),
                    deliveries.c.batch.startswith(batch_prefix, autoescape=True),
                )
                .values(_settled("cancelled", now, error=None))
            )

    def is_latest_question(self, sender_id: str, buttons_at: str) -> bool:
        """Say whether a message of the platform belongs to the last of the dialogue with buttons.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        with_buttons = (
            select(deliveries.c.batch)
            .where(
                deliveries.c.person_id.in_(_person(sender_id)),
                deliveries.c.buttons_at.is_not(None),
                deliveries.c.batch.not_like(f"{ASIDE}%"),
            )
            .order_by(deliveries.c.id.desc())
            .limit(1)
        )
        with reading(self._engine) as connection:
            latest = connection.scalar(with_buttons)
            pressed = connection.scalar(with_buttons.where(deliveries.c.buttons_at == buttons_at))
        return pressed is not None and pressed == latest

    def _pending(self, sender_id: str) -> tuple[ColumnElement[Any], ...]:
        return (
            deliveries.c.person_id.in_(_person(sender_id)),
            deliveries.c.channel == self._channel,
            deliveries.c.status == "pending",
        )

    def _update(self, which: ColumnElement[Any], values: dict[str, Any]) -> None:
        with writing(self._engine) as connection:
            connection.execute(
                update(deliveries).where(which, deliveries.c.status == "pending").values(values)
            )


def listing(engine: Engine, *, failed: bool = False, limit: int = 100) -> list[DeliveryRecord]:
    """Return the latest deliveries, the newest first.

    Args:
        engine: The records.
        failed: Only those with an attempt that failed, and those given up.
        limit: At most this many.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    columns = [
        deliveries.c[name] for name in DeliveryRecord.__dataclass_fields__ if name != "sender_id"
    ]
    found = select(*columns, people.c.sender_id).join(people, people.c.id == deliveries.c.person_id)
    if failed:
        found = found.where(
            or_(
                deliveries.c.status.in_(("failed", "blocked")),
                (deliveries.c.status == "pending") & (deliveries.c.attempts > 0),
            )
        )
    with reading(engine) as connection:
        rows = connection.execute(found.order_by(deliveries.c.id.desc()).limit(limit))
        return [DeliveryRecord(**row) for row in rows.mappings()]


def _with_buttons(buttons_at: str | None) -> dict[str, Any]:
    return {} if buttons_at is None else {"buttons_at": buttons_at}


def _person(sender_id: str) -> Select:
    return select(people.c.id).where(people.c.sender_id == sender_id)


def _next(waiting: Iterable[Row], now: datetime) -> Row | None:
    """Return which of a person's deliveries to send now, given all that wait in their order."""
    rows = list(waiting)
    if any(row.claimed_until is not None and row.claimed_until > now for row in rows):
        return None
    due = [row for row in rows if row.next_attempt_at <= now]
    emergency = next((row for row in due if _is_emergency(row.message)), None)
    if emergency is not None:
        return emergency
    passed: set[str] = set()
    for row in rows:
        if row.batch in passed:
            continue
        if row.next_attempt_at <= now:
            return row
        if 0 < row.attempts < GIVES_WAY:
            return None
        if row.attempts:
            passed.add(row.batch)
    return None


def _is_emergency(message: Response) -> bool:
    card = (message.get("custom") or {}).get("card") or {}
    return bool(card.get("type") == "emergency")


def _settled(status: str, now: datetime, error: str | None) -> dict[str, Any]:
    return {
        "status": status,
        "message": None,
        "claimed_until": None,
        "settled_at": as_utc(now),
        "error": error,
    }
