"""Locks that several servers share through Redis.

Who wants a lock stands in a queue, a Redis list, and who is first holds it. Everyone in the queue
has a lease, by Redis's clock, that is renewed while the server lives. The first is passed over when
the lease has run out, so that a server that died or hangs blocks nobody for longer. One script does
each step, so that no two servers can see themselves first.

A holder that was passed over finds out before it writes: `RedisLocks.confirm` renews the lease,
which gives the write its whole length, or fails.
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from rasa.core.lock_store import LOCK_LIFETIME

from backchat.assistant.shared_state.connection import PREFIX, Connection, RedisDown
from backchat.assistant.shared_state.locks import ConversationLocks, LockError

logger = logging.getLogger(__name__)

LEASE_SECONDS = 10.0
RENEWALS_PER_LEASE = 4
POLL_SECONDS = 0.01
"""How often the second in the queue looks; those behind look more rarely, each by its place."""
LONGEST_POLL_SECONDS = 0.2

_NOW = """
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
"""
_KEEP = """
redis.call('HSET', KEYS[2], ARGV[1], now + ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 10)
redis.call('PEXPIRE', KEYS[2], ARGV[2] * 10)
"""
_TAKE = f"""
{_NOW}
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then redis.call('RPUSH', KEYS[1], ARGV[1]) end
{_KEEP}
local first = redis.call('LINDEX', KEYS[1], 0)
while first ~= ARGV[1] and tonumber(redis.call('HGET', KEYS[2], first) or 0) < now do
  redis.call('LPOP', KEYS[1])
  redis.call('HDEL', KEYS[2], first)
  first = redis.call('LINDEX', KEYS[1], 0)
end
return redis.call('LPOS', KEYS[1], ARGV[1])
"""
_RENEW = f"""
{_NOW}
if redis.call('HEXISTS', KEYS[2], ARGV[1]) == 0 then return 0 end
{_KEEP}
return 1
"""
_LEAVE = """
redis.call('LREM', KEYS[1], 0, ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
"""


class _Lease:
    """One place in the queue for one lock."""

    def __init__(self, redis: Connection, name: str, seconds: float) -> None:
        self._keys = [f"{PREFIX}lock:{{{name}}}:queue", f"{PREFIX}lock:{{{name}}}:leases"]
        self._values = [uuid.uuid4().hex, int(seconds * 1000)]
        self._pause = seconds / RENEWALS_PER_LEASE
        self._take = redis.script(_TAKE)
        self._renew = redis.script(_RENEW)
        self._leave = redis.script(_LEAVE)

    async def wait(self) -> None:
        """Return when it is the first in the queue."""
        while ahead := await self._take(self._keys, self._values):
            await asyncio.sleep(min(ahead * POLL_SECONDS, LONGEST_POLL_SECONDS))

    async def renew(self) -> bool:
        """Begin the lease anew; return False if it was passed over."""
        return bool(await self._renew(self._keys, self._values))

    async def keep(self) -> None:
        """Renew it for ever; Redis may be away for as long as the lease lasts."""
        while True:
            await asyncio.sleep(self._pause)
            with suppress(RedisDown):
                await self.renew()

    async def leave(self) -> None:
        """Let the next one in; where Redis is away, the lease runs out."""
        with suppress(RedisDown):
            await self._leave(self._keys, self._values)


class RedisLocks(ConversationLocks):
    """Locks shared through Redis.

    Args:
        redis: The connection.
        lease_seconds: How long a server that died holds others off.
    """

    def __init__(self, redis: Connection, lease_seconds: float = LEASE_SECONDS) -> None:
        self._redis = redis
        self._seconds = lease_seconds
        self._held: dict[str, _Lease] = {}

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[None]:
        """Hold everyone else off a conversation, on all servers.

        Raises:
            LockError: Redis does not answer.
        """
        lease = _Lease(self._redis, conversation_id, self._seconds)
        try:
            try:
                await lease.wait()
            except RedisDown as error:
                raise LockError("Redis does not answer.") from error
            self._held[conversation_id] = lease
            keeping = asyncio.create_task(lease.keep())
            try:
                yield
            finally:
                keeping.cancel()
                if self._held.get(conversation_id) is lease:
                    del self._held[conversation_id]
        finally:
            await lease.leave()

    async def confirm(self, conversation_id: str) -> None:
        """See that the lock is still held here, and keep it for a whole lease from now.

        Raises:
            LockError: it is not, or Redis does not answer.
        """
        lease = self._held.get(conversation_id)
        try:
            if lease is not None and await lease.renew():
                return
        except RedisDown as error:
            raise LockError("Redis does not answer.") from error
        raise LockError("The lock of a conversation was lost while it was held.")
