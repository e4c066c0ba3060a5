"""A worker of another process that holds the lock of a conversation."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from backchat.assistant.shared_state.redis_locks import LEASE_SECONDS

_PROGRAM = """
import asyncio, sys
from backchat.assistant.shared_state.connection import Connection
from backchat.assistant.shared_state.redis_locks import RedisLocks

async def hold():
    locks = RedisLocks(Connection(sys.argv[1]), lease_seconds=float(sys.argv[3]))
    async with locks.lock(sys.argv[2]):
        print("held", flush=True)
        await asyncio.sleep(600)

asyncio.run(hold())
"""


@contextmanager
def held_elsewhere(
    redis_url: str, conversation: str, lease_seconds: float = LEASE_SECONDS
) -> Iterator[None]:
    """Have a worker hold the lock; it crashes when the block is left."""
    worker = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, redis_url, conversation, str(lease_seconds)],
        stdout=subprocess.PIPE,
    )
    try:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b"held\n"
        yield
    finally:
        worker.kill()
        worker.communicate()
