"""An event broker that writes every conversation into the log."""

from __future__ import annotations

import logging
from asyncio import AbstractEventLoop
from collections.abc import Sequence
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.utils.endpoints import EndpointConfig

from backchat.assistant.observability import dialogue
from backchat.records.engine import open_engine
from backchat.records.errors import DatabaseUnavailable, RecordsError
from backchat.records.log import ConversationLog
from backchat.settings import Settings

logger = logging.getLogger(__name__)


class ConversationBroker(EventBroker):
    """Hands each event to the conversation log.

    It never raises: an exception here would stop Rasa from saving the conversation. Events have
    unique keys in the log, so that one delivered twice is stored once.
    """

    def __init__(self, log: ConversationLog) -> None:
        self._log = log

    @classmethod
    async def from_endpoint_config(
        cls,
        broker_config: EndpointConfig,
        event_loop: AbstractEventLoop | None = None,
    ) -> ConversationBroker:
        """Open the log that the settings name."""
        settings = Settings.from_environment()
        engine = open_engine(settings.database_url)
        return cls(ConversationLog(engine, session_minutes=settings.session_minutes))

    def publish_all(self, events: Sequence[dict[str, Any]]) -> None:
        """Store and count the events of a turn at once; if one is refused, all others."""
        try:
            self._log.handle_all(events)
        except DatabaseUnavailable as error:
            logger.error("A turn of %d events was not logged: %s", len(events), error)
            return
        except Exception:
            for event in events:
                self.publish(event)
            return
        for event in events:
            dialogue.count(event)

    def publish(self, event: dict[str, Any]) -> None:
        """Store and count one event; a failure is logged without its text."""
        try:
            self._log.handle(event)
            dialogue.count(event)
        except RecordsError as error:
            logger.error("An event of type %s was not logged: %s", event.get("event"), error)
        except Exception as error:
            logger.error(
                "An event of type %s was not logged: %s", event.get("event"), type(error).__name__
            )
