"""How many messages may come from one person, and from one address, in a minute.

The generic cell rate algorithm: of each key one moment is kept, at which its allowance would be
unused again. A message moves it on by one interval, and is refused if that were more than a minute
ahead. So a minute's worth may come at once, and after that one each interval.
"""

from __future__ import annotations

import logging
import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from backchat.assistant.shared_state.connection import PREFIX, Connection, RedisDown

logger = logging.getLogger(__name__)

MINUTE = 60.0
CAPACITY = 50_000
"""How many keys one server remembers; those that it heard of last."""

_ALLOW = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local interval = ARGV[1] / ARGV[2]
local unused = math.max(tonumber(redis.call('GET', KEYS[1]) or 0), now)
local wait = unused + interval - ARGV[1] - now
if wait > 0 then return tostring(wait) end
redis.call('SET', KEYS[1], string.format('%.6f', unused + interval), 'PX',
  math.ceil((unused + interval - now) * 1000))
return '0'
"""


class Limiter(Protocol):
    """Counts what comes under a key."""

    async def wait(self, key: str, per_minute: int) -> float:
        """Count one message; return 0, or for how many seconds it comes too early.

        What comes too early is not counted.
        """


class LocalLimiter:
    """Counts what comes to one server."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._unused_at: OrderedDict[str, float] = OrderedDict()

    async def wait(self, key: str, per_minute: int) -> float:
        """Count one message; see `Limiter`."""
        now = self._now()
        interval = MINUTE / per_minute
        unused_at = max(self._unused_at.pop(key, now), now)
        wait = unused_at + interval - MINUTE - now
        self._unused_at[key] = unused_at if wait > 0 else unused_at + interval
        if len(self._unused_at) > CAPACITY:
            self._unused_at.popitem(last=False)
        return max(wait, 0.0)


class RedisLimiter:
    """Counts what comes to all servers; while Redis is away, each server counts for itself."""

    def __init__(self, redis: Connection) -> None:
        self._allow = redis.script(_ALLOW)
        self._local = LocalLimiter()

    async def wait(self, key: str, per_minute: int) -> float:
        """Count one message; see `Limiter`."""
        try:
            return float(await self._allow([f"{PREFIX}limit:{key}"], [MINUTE, per_minute]))
        except RedisDown as error:
            logger.warning("Rate limits are not shared for now: %s", error)
            return await self._local.wait(key, per_minute)


def whole_seconds(wait: float) -> int:
    """Return how many whole seconds to wait, as the header ``Retry-After`` says it."""
    return max(1, math.ceil(wait))
