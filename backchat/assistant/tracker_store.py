"""Rasa's SQL tracker store on an engine that does not block or forget."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable, Iterator
from itertools import dropwhile
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
from rasa.shared.core.trackers import DialogueStateTracker, TrackerEventDiffEngine
from sqlalchemy import literal, select
from sqlalchemy.future import Engine
from sqlalchemy.orm import sessionmaker

from backchat.assistant.database_calls import ask
from backchat.records import dialogues, queries
from backchat.records.engine import empty_journal, open_engine, reading
from backchat.records.personal_data import PersonalData
from backchat.settings import Settings

EPISODE_SLOT = "episode"
ERASURE_SLOT = "erase_me"
"""The slot that an action sets when a person has confirmed that everything is to be erased."""


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
        self._personal_data = PersonalData(self._records, engine)

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
        for event in (
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(),
            SlotSet(EPISODE_SLOT, episode),
            ActionExecuted(ACTION_LISTEN_NAME),
        ):
            begun.update(event, self.domain)
        return begun

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Save what is new, then log it; at the end of a turn that confirmed it, erase all of it.

        Raises:
            DatabaseUnavailable: what was to be erased is perhaps not.
            LockError: another server may have gone on with this conversation; nothing is saved.
        """
        before = await super().retrieve(tracker.sender_id)
        new = TrackerEventDiffEngine.event_difference(before, tracker)
        await self.confirm(tracker.sender_id)
        await ask(self._save, tracker, new)

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
        with self.session_scope() as session:
            rows = self._event_query(
                session, sender_id, fetch_events_from_all_sessions=all_sessions
            ).all()
            events = [json.loads(row.data) for row in rows]
        if not events:
            return None
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    def _save(self, tracker: DialogueStateTracker, new: Iterable[Event]) -> None:
        self.make_tables()
        with self.session_scope() as session:
            session.connection(execution_options={"writes": True})
            for event in self._additional_events(session, tracker):
                session.add(self._row(tracker.sender_id, event))
            session.commit()
        self._publish(tracker.sender_id, new)
        if tracker.get_slot(ERASURE_SLOT):
            self._personal_data.erase(tracker.sender_id)

    def _row(self, sender_id: str, event: Event) -> SQLTrackerStore.SQLEvent:
        data = event.as_dict()
        return self.SQLEvent(
            sender_id=sender_id,
            type_name=event.type_name,
            timestamp=data.get("timestamp"),
            intent_name=data.get("parse_data", {}).get("intent", {}).get("name"),
            action_name=data.get("name"),
            data=json.dumps(data),
        )

    def make_tables(self) -> None:
        """Make the tables, if this process has not seen them yet."""
        if not self._has_tables:
            self.Base.metadata.create_all(self.engine)
            self._has_tables = True

    def _publish(self, sender_id: str, events: Iterable[Event]) -> None:
        if self.event_broker is not None:
            for event in events:
                self.event_broker.publish({"sender_id": sender_id, **event.as_dict()})

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


def _turn_of(message_id: str, events: Iterable[Event]) -> Iterator[Event]:
    """Yield a message of a person and all events up to their next one."""
    from_message_on = dropwhile(lambda event: not _is_message(event, message_id), events)
    for number, event in enumerate(from_message_on):
        if number and isinstance(event, UserUttered):
            return
        yield event


def _is_message(event: Event, message_id: str) -> bool:
    return isinstance(event, UserUttered) and event.message_id == message_id
