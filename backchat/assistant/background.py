"""What a server does by itself, again and again, for as long as it runs."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from sanic import Sanic

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do again and again.

    Attributes:
        name: What it is called in the process log.
        seconds: How long to wait between the end of one run and the next.
        run: Does it once. What it raises is logged by its type; the next run may go better.
    """

    name: str
    seconds: float
    run: Callable[[], Awaitable[object]]

    async def repeat(self) -> None:
        """Run until cancelled."""
        while True:
            try:
                await self.run()
            except Exception as error:
                logger.error("%s failed: %s", self.name, type(error).__name__)
            await asyncio.sleep(self.seconds)


class Background:
    """The chores of one server."""

    def __init__(self) -> None:
        self._tasks: list[asyncio.Task[None]] = []

    def start(self, *chores: Chore) -> None:
        """Begin with them on the running event loop."""
        self._tasks += [asyncio.get_running_loop().create_task(chore.repeat()) for chore in chores]

    async def stop(self, _app: Sanic, _loop: object) -> None:
        """End them; a listener for the server's end."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
