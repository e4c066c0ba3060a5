"""Work in the background: kept until it is done, as the event loop does not keep its tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

logger = logging.getLogger(__name__)


class Tasks:
    """Tasks that nobody else waits for. What one raises is logged by its type alone."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Any]) -> asyncio.Task[Any]:
        """Begin with some work on the running event loop."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self, *, after_seconds: float = 0) -> None:
        """Give what is running some time to end, and cancel the rest."""
        if self._running and after_seconds:
            await asyncio.wait(self._running, timeout=after_seconds)
        for task in self._running:
            task.cancel()

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("Something in the background failed: %s", type(error).__name__)
