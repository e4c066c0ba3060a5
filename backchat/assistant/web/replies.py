"""A message that is sent again gets the answer of its first turn, not a second turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

CAPACITY = 2_000
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reply:
    """What a turn answered.

    Attributes:
        messages: The bot's messages, as the page shows them.
        said: The id of the person's message in the log, or None where it is not there.
        failed: Whether the turn broke on the way, so that a retry runs again.
    """

    messages: list[dict[str, Any]]
    said: str | None = None
    failed: bool = False


class Replies:
    """The latest answers by sender and message id; a turn still running is waited for."""

    def __init__(self) -> None:
        self._replies: OrderedDict[Key, asyncio.Future[Reply]] = OrderedDict()

    async def once(self, key: Key, turn: Callable[[], Awaitable[Reply]]) -> Reply:
        """Run the turn, or return what it answered when it ran before without failing."""
        running = self._replies.get(key)
        if running is None:
            running = asyncio.ensure_future(turn())
            self._replies[key] = running
            running.add_done_callback(lambda done: self._drop_failed(key, done))
            if len(self._replies) > CAPACITY:
                self._replies.popitem(last=False)
        return await asyncio.shield(running)

    def forget(self, sender: str) -> None:
        """Drop what one sender was answered."""
        for key in [key for key in self._replies if key[0] == sender]:
            del self._replies[key]

    def _drop_failed(self, key: Key, done: asyncio.Future[Reply]) -> None:
        failed = done.cancelled() or done.exception() is not None or done.result().failed
        if failed and self._replies.get(key) is done:
            del self._replies[key]
