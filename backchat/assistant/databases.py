"""The tables of both databases, made when the databases answer for the first time."""

from __future__ import annotations

import asyncio
import logging

from backchat.assistant.tracker_store import BackchatTrackerStore
from backchat.records import migrate
from backchat.records.engine import open_engine
from backchat.records.errors import DatabaseUnavailable
from backchat.settings import Settings

logger = logging.getLogger(__name__)

EVERY_SECONDS = 2


class Databases:
    """Makes the tables of this version.

    A server does not wait for its databases: without them it still says what an emergency calls
    for. A file that cannot be used is another matter, as that does not change by itself.

    Args:
        settings: Where the databases are.

    Raises:
        DatabaseUnavailable: the file of the records cannot be used.
    """

    def __init__(self, settings: Settings) -> None:
        self._records = open_engine(settings.database_url)
        self._is_migrated = False
        self._are_ready = False
        try:
            self._migrate()
        except DatabaseUnavailable:
            if self._records.dialect.name == "sqlite":
                raise
            logger.error("The database does not answer; the bot starts without it, and waits.")

    async def prepare(self, store: BackchatTrackerStore) -> None:
        """Make what is missing; it raises what the databases raise while they do not answer."""
        if not self._are_ready:
            await asyncio.to_thread(self._migrate)
            await asyncio.to_thread(store.make_tables)
            self._are_ready = True

    def _migrate(self) -> None:
        if not self._is_migrated:
            migrate.upgrade(self._records)
            self._is_migrated = True
