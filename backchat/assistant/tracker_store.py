"""Rasa's SQL tracker store on an engine that does not block or forget."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from itertools import dropwhile, islice, takewhile
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy import bindparam, func, insert, literal, select
from sqlalchemy.future import Engine
from sqlalchemy.orm import sessionmaker

from backchat.assistant import erasure
from backchat.assistant.conversation_broker import ConversationBroker
from backchat.assistant.database_calls import ask
from backchat.records import dialogues, queries
from backchat.records.engine import empty_journal, open_engine, reading, writing
from backchat.records.log import ASSESSMENT_SLOT, RATING_SLOT
from backchat.settings import Settings

EPISODE_SLOT = "episode"
ERASURE_SLOT = "erase_me"
"""The slot that an action sets when a person has confirmed that everything is to be erased."""
OF_ONE_TURN = frozenset({ASSESSMENT_SLOT, RATING_SLOT, ERASURE_SLOT})
"""Slots that speak to the log and to this store, and mean nothing to later turns."""
SESSION_MESSAGES = 3
"""After so many messages the tracker begins another session, which costs as little as the first."""


_ADVISORY_LOCK = 0x6C6F67
"""Held while tables are made, on servers that begin at the same time."""
_EVENTS = SQLTrackerStore.SQLEvent.__table__
_INSERT = insert(_EVENTS)
_OF_SENDER = _EVENTS.c.sender_id == bindparam("sender")
_SESSION_START = (
    select(_EVENTS.c.id)
    .where(_OF_SENDER, _EVENTS.c.type_name == SessionStarted.type_name)
    .order_by(_EVENTS.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
_OF_LATEST_SESSION = _EVENTS.c.id >= func.coalesce(_SESSION_START, 0)
"""Rasa goes by timestamps, on which servers need not agree."""
_ALL_SESSIONS = select(_EVENTS.c.data).where(_OF_SENDER).order_by(_EVENTS.c.id)
_LATEST_SESSION = _ALL_SESSIONS.where(_OF_LATEST_SESSION)
_COUNT_OF_LATEST_SESSION = (
    select(func.count()).select_from(_EVENTS).where(_OF_SENDER, _OF_LATEST_SESSION)
)


class BackchatTrackerStore(SQLTrackerStore):
    """The tracker in the database of ``BACKCHAT_TRACKER_URL``.

    SQLite gets a write-ahead log, a connection pool and a busy timeout, as the conversation log
    does: Rasa's own engine reopens the file for every turn. The database is asked in threads, and
    not before it is needed: one that hangs or is not there yet keeps nobody else waiting.

    A turn is saved here first and logged second, under keys that do not change: where the process
    ends in between, `republish` completes the log, and no turn has to be run twice.

    Attributes:
        confirm: Awaited with the sender before a turn is saved; it raises if another server may
            have taken over.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        settings = Settings.from_environment()
        engine = open_engine(settings.tracker_url)
        TrackerStore.__init__(self, domain, event_broker)
        self.confirm: Callable[[str], Awaitable[None]] = _nobody_else
        self.engine: Engine = engine
        self.sessionmaker = sessionmaker(bind=engine)
        self._has_tables = False
        self._records = open_engine(settings.database_url)
        self._personal_data = erasure.personal_data(self._records, engine)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return a dialogue; of one that was lost, the episode as the log has it."""
        tracker = await super().retrieve(sender_id)
        if tracker is not None:
            return tracker
        episode = await ask(queries.latest_report, self._records, sender_id)
        if episode is None:
            return None
        return self._begun_with(sender_id, episode)

    def _begun_with(self, sender_id: str, episode: Any) -> DialogueStateTracker:
        """Return a dialogue that knows an episode and waits for a message: rules need that."""
        begun = self.init_tracker(sender_id)
        for event in _session_with({EPISODE_SLOT: episode}):
            begun.update(event, self.domain)
        return begun

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save what is new, then log it; at the end of a turn that confirmed it, erase all of it.

        Raises:
            DatabaseUnavailable: what was to be erased is perhaps not.
            LockError: another server may have gone on with this conversation; nothing is saved.
        """
        await self.confirm(tracker.sender_id)
        await ask(self._save, tracker)

    async def stream_events(self, tracker: DialogueStateTracker) -> None:
        """Do nothing: Rasa calls it before saving, `save` publishes after it."""

    async def republish(self, sender_id: str, message_id: str) -> bool:
        """Log once more the turn of a message, if it was saved; return whether it was."""
        tracker = await self.retrieve_full_tracker(sender_id)
        turn = list(_turn_of(message_id, tracker.events if tracker else ()))
        await ask(self._publish, sender_id, turn)
        return bool(turn)

    async def _retrieve(
        self, sender_id: str, fetch_events_from_all_sessions: bool
    ) -> DialogueStateTracker | None:
        return await ask(self._load, sender_id, fetch_events_from_all_sessions)

    def _load(self, sender_id: str, all_sessions: bool) -> DialogueStateTracker | None:
        self.make_tables()
        wanted = _ALL_SESSIONS if all_sessions else _LATEST_SESSION
        with reading(self.engine) as connection:
            stored = connection.scalars(wanted, {"sender": sender_id}).all()
        if not stored:
            return None
        events = [json.loads(data) for data in stored]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    def _save(self, tracker: DialogueStateTracker) -> None:
        self.make_tables()
        sender = tracker.sender_id
        with writing(self.engine) as connection:
            known = connection.scalar(_COUNT_OF_LATEST_SESSION, {"sender": sender})
            new = list(islice(tracker.events, known, None))
            kept = [*new, *_new_session(tracker)]
            if kept:
                connection.execute(_INSERT, [self._row(sender, event) for event in kept])
        self._publish(sender, new)
        if tracker.get_slot(ERASURE_SLOT):
            self._personal_data.erase(sender)

    @staticmethod
    def _row(sender_id: str, event: Event) -> dict[str, Any]:
        data = event.as_dict()
        return {
            "sender_id": sender_id,
            "type_name": event.type_name,
            "timestamp": data.get("timestamp"),
            "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
            "action_name": data.get("name"),
            "data": json.dumps(data),
        }

    def make_tables(self) -> None:
        """Make the tables, if this process has not seen them yet; others may be about to."""
        if not self._has_tables:
            with writing(self.engine) as connection:
                if connection.dialect.name == "postgresql":
                    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})")
                self.Base.metadata.create_all(connection)
            self._has_tables = True

    def _publish(self, sender_id: str, events: Iterable[Event]) -> None:
        published = [{"sender_id": sender_id, **event.as_dict()} for event in events]
        if isinstance(self.event_broker, ConversationBroker):
            self.event_broker.publish_all(published)
        elif self.event_broker is not None:
            for event in published:
                self.event_broker.publish(event)

    async def delete(self, sender_id: str) -> None:
        """Erase the dialogue of one speaker, from the disk too."""
        dialogues.erase(self.engine, [sender_id])
        empty_journal(self.engine)

    def check(self) -> None:
        """Ask the database for something, to see that it answers.

        Raises:
            DatabaseUnavailable: it does not.
        """
        with reading(self.engine) as connection:
            connection.execute(select(literal(1)))


async def _nobody_else(sender_id: str) -> None:
    """Confirm the turn of a server that is alone."""


def _session_with(slots: Mapping[str, Any]) -> list[Event]:
    """Return the events that begin a session which knows some slots."""
    return [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        *(SlotSet(name, value) for name, value in slots.items()),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]


def _new_session(tracker: DialogueStateTracker) -> list[Event]:
    """Return the beginning of another session, where the present one is long enough.

    Rasa reads, replays and hands out the whole session in every turn. All that a turn needs of
    earlier ones is in slots.
    """
    session = takewhile(
        lambda event: not isinstance(event, SessionStarted), reversed(tracker.events)
    )
    if sum(isinstance(event, UserUttered) for event in session) < SESSION_MESSAGES:
        return []
    slots = {
        name: slot.value
        for name, slot in tracker.slots.items()
        if slot.value is not None and name not in OF_ONE_TURN
    }
    return _session_with(slots)


def _turn_of(message_id: str, events: Iterable[Event]) -> Iterator[Event]:
    """Yield a message of a person and all events up to their next one."""
    from_message_on = dropwhile(lambda event: not _is_message(event, message_id), events)
    for number, event in enumerate(from_message_on):
        if number and isinstance(event, UserUttered):
            return
        yield event


def _is_message(event: Event, message_id: str) -> bool:
    return isinstance(event, UserUttered) and event.message_id == message_id
