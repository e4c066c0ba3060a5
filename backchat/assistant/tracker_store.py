"""Rasa's SQL tracker store on an engine that does not block or forget."""

from __future__ import annotations

from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from sqlalchemy import delete, literal, select
from sqlalchemy.future import Engine
from sqlalchemy.orm import sessionmaker

from backchat.records.engine import empty_journal, open_engine, reading
from backchat.settings import Settings


class BackchatTrackerStore(SQLTrackerStore):
    """The tracker in the database of ``BACKCHAT_TRACKER_URL``.

    SQLite gets a write-ahead log, a connection pool and a busy timeout, as the conversation log
    does: Rasa's own engine reopens the file for every turn.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **kwargs: Any,
    ) -> None:
        url = Settings.from_environment().tracker_url
        engine = open_engine(url)
        super().__init__(domain=domain, host=url, event_broker=event_broker)
        self.engine.dispose()
        self.engine: Engine = engine
        self.sessionmaker = sessionmaker(bind=engine)

    async def delete(self, sender_id: str) -> None:
        """Erase everything of one speaker, from the disk too; Rasa itself has no way to do so."""
        with self.session_scope() as session:
            session.execute(delete(self.SQLEvent).where(self.SQLEvent.sender_id == sender_id))
            session.commit()
        empty_journal(self.engine)

    def check(self) -> None:
        """Ask the database for something, to see that it answers.

        Raises:
            DatabaseUnavailable: it does not.
        """
        with reading(self.engine) as connection:
            connection.execute(select(literal(1)))
