"""What several servers have to agree on: turns' locks, rate limits and who is to be woken.

Each comes twice with the same behaviour: in the memory of one server, and, where
``BACKCHAT_REDIS_URL`` is set, in Redis for any number of servers.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from backchat.assistant.shared_state.connection import Connection
from backchat.assistant.shared_state.doorbell import Doorbell
from backchat.assistant.shared_state.limits import Limiter, LocalLimiter, RedisLimiter
from backchat.assistant.shared_state.locks import ConversationLocks, LocalLocks
from backchat.assistant.shared_state.redis_doorbell import RedisDoorbell
from backchat.assistant.shared_state.redis_locks import RedisLocks


@dataclass(frozen=True, slots=True)
class SharedState:
    """What one process holds in common with the others.

    Attributes:
        locks: One turn of a conversation at a time.
        limiter: Counts messages.
        doorbell: Wakes open streams.
        redis: Where it is shared, if it is.
    """

    locks: ConversationLocks
    limiter: Limiter
    doorbell: Doorbell
    redis: Connection | None = None

    async def check(self) -> None:
        """See that what is shared can be reached.

        Raises:
            RedisDown: it cannot.
        """
        if self.redis is not None:
            await self.redis.check()


@cache
def shared_state(redis_url: str | None) -> SharedState:
    """Return the state of this process; nothing is connected yet.

    Args:
        redis_url: Where Redis is, or None for a server that is alone.
    """
    if redis_url is None:
        return SharedState(LocalLocks(), LocalLimiter(), Doorbell())
    redis = Connection(redis_url)
    return SharedState(RedisLocks(redis), RedisLimiter(redis), RedisDoorbell(redis), redis)
