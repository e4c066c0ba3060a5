"""Work in lanes: one thing after another in each, several lanes at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from weakref import WeakValueDictionary


class Lanes:
    """Keeps what has the same key in the order of arrival, and bounds what runs at once."""

    def __init__(self, at_once: int) -> None:
        self._slots = asyncio.Semaphore(at_once)
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def turn(self, key: str, *, urgent: bool = False) -> AsyncIterator[None]:
        """Wait for everything that came before with this key, then for a free slot.

        What is urgent waits for no slot.
        """
        lane = self._lanes.setdefault(key, asyncio.Lock())
        async with lane, nullcontext() if urgent else self._slots:
            yield
