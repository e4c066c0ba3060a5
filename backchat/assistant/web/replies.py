"""A message that is sent again gets the answer of its first turn, not a second turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

Answer = list[dict[str, Any]]
CAPACITY = 2_000


class Replies:
    """The latest answers by sender and message id; a turn still running is waited for."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], asyncio.Future[Answer]] = OrderedDict()

    async def once(self, key: tuple[str, str], turn: Callable[[], Awaitable[Answer]]) -> Answer:
        """Run the turn, or return what it answered when it ran before."""
        running = self._answers.get(key)
        if running is None:
            running = asyncio.ensure_future(turn())
            self._answers[key] = running
            if len(self._answers) > CAPACITY:
                self._answers.popitem(last=False)
        return await asyncio.shield(running)
