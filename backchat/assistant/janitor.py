"""Erases what may not be kept: words without consent after the session, and what has expired.

Any number of servers may do so at the same time: each person is erased by one of them.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta

from backchat import clock
from backchat.records.personal_data import PersonalData
from backchat.settings import Settings

EVERY_SECONDS = 15
RETENTION_EVERY_SECONDS = 3600
"""Retention counts in days, and every stored event has to be looked at for it."""


class Janitor:
    """Erases by the settings' session length and retention.

    Args:
        personal_data: What is held about people.
        settings: The settings.
    """

    def __init__(self, personal_data: PersonalData, settings: Settings) -> None:
        self._personal_data = personal_data
        self._session = timedelta(minutes=settings.session_minutes)
        self._retention = timedelta(days=settings.retention_days)

    async def end_sessions(self) -> None:
        """Erase what was only kept for conversations that are over.

        Raises:
            DatabaseUnavailable: something may be left; the next run finds it.
        """
        now = clock.now()
        await asyncio.to_thread(self._personal_data.end_sessions, now - self._session, now)

    async def expire(self) -> None:
        """Delete what is older than is to be kept.

        Raises:
            DatabaseUnavailable: something may be left; the next run finds it.
        """
        await asyncio.to_thread(self._personal_data.expire, clock.now() - self._retention)
