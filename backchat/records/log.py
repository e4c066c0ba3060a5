"""The write side: what was said, and how it was judged.

The person's words are written by `ConversationLog.inbound` before the turn runs, so that a crash
loses nothing; `ConversationLog.handle` takes the events that Rasa publishes when the turn is over.
Both may be called again with the same thing: it is stored once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection, Engine

from backchat.records import judgements, ratings, threads
from backchat.records.columns import as_utc
from backchat.records.engine import writing
from backchat.records.errors import MalformedEvent
from backchat.records.tables import assessments, messages

_INSERT_MESSAGE = insert(messages)
_COMPLETE_MESSAGE = update(messages).where(
    messages.c.id == bindparam("this_id"), messages.c.intent.is_(None)
)
_MESSAGE_BY_KEY, _ASSESSMENT_BY_KEY = (
    select(table.c.id, table.c.conversation_id).where(table.c.event_key == bindparam("key"))
    for table in (messages, assessments)
)
_MARK_NOT_UNDERSTOOD = (
    update(messages)
    .where(
        messages.c.id
        == select(messages.c.id)
        .where(
            messages.c.conversation_id == bindparam("conversation"),
            messages.c.direction == "in",
            messages.c.at <= bindparam("until"),
        )
        .order_by(messages.c.at.desc(), messages.c.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    .values(not_understood=True)
)

ASSESSMENT_SLOT = "assessment"
"""The slot whose value, set by the assessing action, is one assessment as a dictionary."""
NOT_UNDERSTOOD = "utter_not_understood"
"""The response with which the bot says that it did not understand the person's last message."""
RATING_SLOT = "rating"
"""The slot whose value says whether advice was helpful; see `ratings.store`."""

Store = Callable[[Connection, Mapping[str, Any]], None]
"""Stores one event in a transaction."""


@dataclass(frozen=True)
class InboundReceipt:
    """Where a person's message was stored; `duplicate` if it had been stored before."""

    message_id: int
    conversation_id: int
    duplicate: bool


class ConversationLog:
    """Writes one person's messages, assessments and pain scores, each in one transaction."""

    def __init__(self, engine: Engine, session_minutes: float = 60) -> None:
        """Begin a new conversation after `session_minutes` without a message."""
        self._engine = engine
        self._silence = timedelta(minutes=session_minutes)

    def inbound(
        self,
        sender_id: str,
        channel: str,
        message_id: str,
        text: str,
        at: datetime,
        region: str | None = None,
        timezone: str | None = None,
    ) -> InboundReceipt:
        """Store a person's words, before anything else is done with them.

        Args:
            sender_id: The speaker, prefixed by the channel (`web-…`).
            channel: Where the message came in.
            message_id: The channel's id of the message; one that this sender has used before is
                a duplicate, and nothing is written.
            text: The words.
            at: When they came, with a time zone.
            region: ISO 3166 code, if the channel knows it.
            timezone: IANA name, if the channel knows it.

        Raises:
            DatabaseUnavailable: nothing was written.
            NaiveMoment: `at` has no time zone.
        """
        moment = as_utc(at)
        with writing(self._engine) as connection:
            person = threads.lock_person(connection, sender_id, channel, moment)
            receipt = self._add_message(
                connection,
                person,
                key=_key("in", sender_id, message_id),
                at=moment,
                direction="in",
                author="person",
                text=text,
            )
            if not receipt.duplicate:
                threads.update_person(connection, person, moment, region=region, timezone=timezone)
            return receipt

    def outbound(
        self,
        sender_id: str,
        text: str | None,
        payload: Mapping[str, Any] | None,
        at: datetime,
        *,
        author: Literal["bot", "clinician"] = "bot",
        event_key: str,
    ) -> None:
        """Store a message sent past Rasa; one with a known `event_key` is not stored again.

        Raises:
            DatabaseUnavailable: nothing was written.
            NaiveMoment: `at` has no time zone.
        """
        moment = as_utc(at)
        with writing(self._engine) as connection:
            self._add_message(
                connection,
                threads.lock_person(connection, sender_id, _channel_of(sender_id), moment),
                key=_key("out", sender_id, event_key),
                at=moment,
                direction="out",
                author=author,
                text=text,
                payload=payload,
            )

    def start_over(self, sender_id: str, at: datetime) -> None:
        """End the sender's conversation: what comes after `at` belongs to a new one."""
        moment = as_utc(at)
        with writing(self._engine) as connection:
            person = threads.lock_person(connection, sender_id, _channel_of(sender_id), moment)
            threads.end_conversations(connection, person.id, moment)

    def handle(self, event: Mapping[str, Any]) -> None:
        """Store one event as Rasa's event broker publishes it; events of no interest are ignored.

        Raises:
            DatabaseUnavailable: nothing was written.
            MalformedEvent: the event lacks what the log needs.
        """
        self.handle_all([event])

    def handle_all(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Store several events, all of them or none.

        Raises:
            DatabaseUnavailable: nothing was written.
            MalformedEvent: an event lacks what the log needs; nothing was written.
        """
        wanted = [(store, event) for event in events if (store := self._storing(event))]
        if wanted:
            with writing(self._engine) as connection:
                for store, event in wanted:
                    store(connection, event)

    def _storing(self, event: Mapping[str, Any]) -> Store | None:
        """Return what stores an event; None if it is of no interest."""
        match event.get("event"):
            case "user" if not (event.get("metadata") or {}).get("is_external"):
                return self._user_said
            case "bot":
                return self._bot_said
            case "slot" if event.get("name") == ASSESSMENT_SLOT and event.get("value"):
                return self._assessed
            case "slot" if event.get("name") == RATING_SLOT and event.get("value"):
                return self._rated
        return None

    def _user_said(self, connection: Connection, event: Mapping[str, Any]) -> None:
        sender_id, at = _sender_and_moment(event)
        channel = event.get("input_channel") or _channel_of(sender_id)
        message_id = event.get("message_id") or str(event["timestamp"])
        parsed = event.get("parse_data") or {}
        intent = parsed.get("intent") or {}
        person = threads.lock_person(connection, sender_id, channel, at)
        receipt = self._add_message(
            connection,
            person,
            key=_key("in", sender_id, message_id),
            at=at,
            direction="in",
            author="person",
            text=event.get("text"),
        )
        connection.execute(
            _COMPLETE_MESSAGE,
            {
                "this_id": receipt.message_id,
                "intent": intent.get("name"),
                "confidence": intent.get("confidence"),
                "entities": parsed.get("entities") or None,
            },
        )
        threads.update_person(connection, person, at)

    def _bot_said(self, connection: Connection, event: Mapping[str, Any]) -> None:
        sender_id, at = _sender_and_moment(event)
        text = event.get("text")
        payload = {name: value for name, value in (event.get("data") or {}).items() if value}
        receipt = self._add_message(
            connection,
            threads.lock_person(connection, sender_id, _channel_of(sender_id), at),
            key=_key("bot", sender_id, event["timestamp"], text, payload),
            at=at,
            direction="out",
            author="bot",
            text=text,
            payload=payload or None,
        )
        if (event.get("metadata") or {}).get("utter_action") == NOT_UNDERSTOOD:
            connection.execute(
                _MARK_NOT_UNDERSTOOD, {"conversation": receipt.conversation_id, "until": at}
            )

    def _assessed(self, connection: Connection, event: Mapping[str, Any]) -> None:
        sender_id, at = _sender_and_moment(event)
        assessment = judgements.from_slot(event["value"])
        key = _key("assessment", sender_id, assessment.id or [event["timestamp"], event["value"]])
        person = threads.lock_person(connection, sender_id, _channel_of(sender_id), at)
        if connection.execute(_ASSESSMENT_BY_KEY, {"key": key}).one_or_none() is None:
            conversation = threads.conversation_at(connection, person, at, self._silence)
            judgements.add(connection, conversation, key, at, assessment)

    def _rated(self, connection: Connection, event: Mapping[str, Any]) -> None:
        sender_id, at = _sender_and_moment(event)
        person = threads.lock_person(connection, sender_id, _channel_of(sender_id), at)
        conversation = threads.conversation_at(connection, person, at, self._silence)
        ratings.store(connection, conversation, at, event["value"])

    def _add_message(
        self, connection: Connection, person: Row, *, key: str, at: datetime, **content: Any
    ) -> InboundReceipt:
        """Insert a message of a locked person, unless its key is known."""
        known = connection.execute(_MESSAGE_BY_KEY, {"key": key}).one_or_none()
        if known is not None:
            return InboundReceipt(known.id, known.conversation_id, duplicate=True)
        conversation = threads.conversation_at(connection, person, at, self._silence)
        added = connection.execute(
            _INSERT_MESSAGE,
            {"event_key": key, "conversation_id": conversation.id, "at": at, **content},
        )
        return InboundReceipt(added.inserted_primary_key[0], conversation.id, duplicate=False)


def _key(*parts: Any) -> str:
    """Return one fixed-length key; parts that a client chose cannot collide with another's."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _channel_of(sender_id: str) -> str:
    """Return the channel that prefixes a sender id."""
    channel, dash, _ = sender_id.partition("-")
    return channel if dash else "unknown"


def _sender_and_moment(event: Mapping[str, Any]) -> tuple[str, datetime]:
    sender_id, timestamp = event.get("sender_id"), event.get("timestamp")
    if not isinstance(sender_id, str) or not sender_id:
        raise MalformedEvent("An event without a sender_id cannot be stored.")
    if isinstance(timestamp, bool) or not isinstance(timestamp, int | float):
        raise MalformedEvent("An event without a timestamp in seconds cannot be stored.")
    try:
        return sender_id, datetime.fromtimestamp(timestamp, UTC)
    except (OverflowError, ValueError):
        raise MalformedEvent("The timestamp of an event is out of range.") from None
