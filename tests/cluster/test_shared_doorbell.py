"""A stream is woken whichever server or command wrote what is new."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from backchat.assistant.shared_state.connection import Connection
from backchat.assistant.shared_state.redis_doorbell import RedisDoorbell, ring_from_outside
from backchat.cluster.processes import Service

PATIENCE_SECONDS = 20


@asynccontextmanager
async def server(redis_url: str) -> AsyncIterator[RedisDoorbell]:
    """The doorbell of one server, listening to the others."""
    redis = Connection(redis_url)
    doorbell = RedisDoorbell(redis)
    with doorbell.listening("somebody") as bell:
        listening = asyncio.create_task(doorbell.listen())
        await asyncio.wait_for(bell.wait(), PATIENCE_SECONDS)
    yield doorbell
    listening.cancel()
    await redis.close()


async def test_a_stream_on_another_server_is_woken(redis_url: str) -> None:
    async with server(redis_url) as one, server(redis_url) as other:
        with other.listening("web-1") as bell, other.listening("web-2") as another_bell:
            one.ring("web-1")
            await asyncio.wait_for(bell.wait(), PATIENCE_SECONDS)
            assert not another_bell.is_set()


async def test_a_command_wakes_the_streams_of_all_servers(redis_url: str) -> None:
    async with server(redis_url) as one, server(redis_url) as other:
        with one.listening("web-1") as here, other.listening("web-1") as there:
            await ring_from_outside(redis_url, "web-1")
            await asyncio.wait_for(here.wait(), PATIENCE_SECONDS)
            await asyncio.wait_for(there.wait(), PATIENCE_SECONDS)


async def test_while_redis_is_away_own_streams_are_woken_and_then_all_look_once(
    redis_server: Service, redis_url: str
) -> None:
    async with server(redis_url) as one, server(redis_url) as other:
        with one.listening("web-1") as here, other.listening("web-1") as there:
            redis_server.kill()
            one.ring("web-1")
            assert here.is_set()
            await ring_from_outside(redis_url, "web-1")

            redis_server.start()
            await asyncio.wait_for(there.wait(), PATIENCE_SECONDS)
