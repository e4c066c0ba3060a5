"""The connection to Redis."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as Disconnected
from redis.exceptions import RedisError

PREFIX = "backchat:"
"""How the names of all our keys and channels begin."""
CONNECT_SECONDS = 1.0
ANSWER_SECONDS = 2.0
"""How long Redis may take over one answer before it counts as down."""
REST_SECONDS = 1.0
"""For how long it is not asked again then, so that a turn waits for it only once."""
CHECKED_AFTER_SECONDS = 30
"""After so much silence a connection is tried before it is used."""

Script = Callable[[Sequence[str], Sequence[Any]], Awaitable[Any]]
FAILURES = (RedisError, OSError, TimeoutError)


class RedisDown(Exception):
    """Redis does not answer."""


class Connection:
    """Asks Redis; for use on one event loop. It connects when it is first used.

    A connection that broke, as all do when Redis is started again, is replaced once for each
    question; so a script may run twice for one call.

    Args:
        url: Where Redis is.
    """

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(
            url,
            decode_responses=True,
            socket_connect_timeout=CONNECT_SECONDS,
            socket_timeout=ANSWER_SECONDS,
            health_check_interval=CHECKED_AFTER_SECONDS,
            retry=Retry(NoBackoff(), retries=1),
            retry_on_error=[Disconnected],
        )
        self._down_until = 0.0

    def script(self, source: str) -> Script:
        """Return a script that runs in Redis as one step; called, it may raise `RedisDown`."""
        registered = self._redis.register_script(source)
        return lambda keys, values: self._ask(lambda: registered(keys, values))

    async def publish(self, channel: str, text: str) -> None:
        """Tell everyone who listens to a channel.

        Raises:
            RedisDown: nobody was told.
        """
        await self._ask(lambda: self._redis.publish(channel, text))

    async def listen(self, channel: str) -> AsyncIterator[str | None]:
        """Yield None once listening has begun, then what is published on a channel.

        Raises:
            RedisDown: what is published from now on is missed.
        """
        try:
            async with self._redis.pubsub(ignore_subscribe_messages=True) as subscription:
                await subscription.subscribe(channel)
                yield None
                while True:
                    message = await subscription.get_message(timeout=ANSWER_SECONDS)
                    if message is not None:
                        yield message["data"]
        except FAILURES as error:
            raise RedisDown(type(error).__name__) from error

    async def check(self) -> None:
        """Ask Redis for something, to see that it answers.

        Raises:
            RedisDown: it does not.
        """
        await self._ask(self._redis.ping)

    async def close(self) -> None:
        """Disconnect."""
        await self._redis.close(close_connection_pool=True)

    async def _ask(self, question: Callable[[], Awaitable[Any]]) -> Any:
        if time.monotonic() < self._down_until:
            raise RedisDown("It did not answer a moment ago.")
        try:
            return await question()
        except FAILURES as error:
            self._down_until = time.monotonic() + REST_SECONDS
            raise RedisDown(type(error).__name__) from error
