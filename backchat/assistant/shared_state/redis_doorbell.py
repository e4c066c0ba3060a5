"""Wakes the streams of a person on every server, through Redis.

What is missed while Redis is away is found by the streams themselves, which also look by the clock.
"""

from __future__ import annotations

import asyncio
import logging

from backchat.assistant.shared_state.connection import PREFIX, Connection, RedisDown
from backchat.assistant.shared_state.doorbell import Doorbell
from backchat.assistant.tasks import Tasks

logger = logging.getLogger(__name__)

CHANNEL = f"{PREFIX}doorbell"
PATIENCE_SECONDS = 1.0
"""How long to wait before listening again."""


class RedisDoorbell(Doorbell):
    """A doorbell that rings on all servers.

    Args:
        redis: The connection.
    """

    def __init__(self, redis: Connection) -> None:
        super().__init__()
        self._redis = redis
        self._publishing = Tasks()

    def ring(self, sender: str) -> None:
        """Wake the streams of one sender, here at once and elsewhere soon."""
        super().ring(sender)
        self._publishing.start(publish(self._redis, sender))

    async def listen(self) -> None:
        """Wake streams of this server for what others ring, for ever."""
        while True:
            try:
                async for sender in self._redis.listen(CHANNEL):
                    if sender is None:
                        self.ring_all()
                    else:
                        super().ring(sender)
            except RedisDown as error:
                logger.warning("The doorbell is not shared for now: %s", error)
                await asyncio.sleep(PATIENCE_SECONDS)


async def publish(redis: Connection, sender: str) -> None:
    """Wake the streams of one sender on all servers, as far as they can be reached."""
    try:
        await redis.publish(CHANNEL, sender)
    except RedisDown as error:
        logger.warning("Other servers were not woken: %s", error)


async def ring_from_outside(redis_url: str | None, sender: str) -> None:
    """Wake the streams of one sender on all servers, from a process that is none of them."""
    if redis_url is not None:
        redis = Connection(redis_url)
        await publish(redis, sender)
        await redis.close()
