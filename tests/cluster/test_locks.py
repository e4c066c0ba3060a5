"""One turn of a conversation at a time, on however many servers, and in the order of arrival."""

from __future__ import annotations

import asyncio
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from holding import held_elsewhere

from backchat.assistant.shared_state.connection import REST_SECONDS, Connection
from backchat.assistant.shared_state.locks import ConversationLocks, LocalLocks, LockError
from backchat.assistant.shared_state.redis_locks import RedisLocks
from backchat.cluster.processes import Service

SERVERS = 4
TURNS_PER_SERVER = 50
SHORT_LEASE = 0.6


@pytest.fixture
def conversation() -> str:
    return f"web-{uuid.uuid4().hex}"


@pytest.fixture
def servers(new_connection: Callable[[], Connection]) -> list[RedisLocks]:
    """The locks of several servers, each with a connection of its own."""
    return [RedisLocks(new_connection(), SHORT_LEASE) for _ in range(SERVERS)]


@asynccontextmanager
async def held(locks: ConversationLocks, conversation: str) -> AsyncIterator[asyncio.Task[None]]:
    """Somebody else holds a lock until the block is left."""
    has_it, done = asyncio.Event(), asyncio.Event()

    async def hold() -> None:
        async with locks.lock(conversation):
            has_it.set()
            await done.wait()

    task = asyncio.create_task(hold())
    await asyncio.wait_for(has_it.wait(), 20)
    yield task
    done.set()
    await task


def test_of_many_servers_one_holds_a_lock(redis_url: str, conversation: str) -> None:
    inside: list[int] = []
    most, turns = [0], [0]

    async def serve() -> None:
        redis = Connection(redis_url)
        locks = RedisLocks(redis)
        for _ in range(TURNS_PER_SERVER):
            async with locks.lock(conversation):
                inside.append(1)
                most[0] = max(most[0], len(inside))
                turns[0] += 1
                await asyncio.sleep(0.0005)
                inside.pop()
        await redis.close()

    threads = [threading.Thread(target=lambda: asyncio.run(serve())) for _ in range(SERVERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert most == [1]
    assert turns == [SERVERS * TURNS_PER_SERVER]


async def test_who_came_first_is_served_first_whatever_the_server(
    servers: list[RedisLocks], conversation: str
) -> None:
    served: list[int] = []

    async def turn(number: int, locks: RedisLocks) -> None:
        async with locks.lock(conversation):
            served.append(number)

    first, *others = servers
    async with held(first, conversation):
        turns = []
        for number in range(12):
            turns.append(asyncio.create_task(turn(number, others[number % len(others)])))
            await asyncio.sleep(0.02)
        assert served == []
    await asyncio.gather(*turns)

    assert served == list(range(12))


async def test_conversations_do_not_wait_for_each_other(
    servers: list[RedisLocks], conversation: str
) -> None:
    one, other, *_ = servers
    async with held(one, conversation), asyncio.timeout(10), other.lock(f"{conversation}-2"):
        pass


async def test_a_long_turn_keeps_its_lock_while_its_server_lives(
    servers: list[RedisLocks], conversation: str
) -> None:
    one, other, *_ = servers
    async with one.lock(conversation):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3 * SHORT_LEASE), other.lock(conversation):
                pass
        await one.confirm(conversation)


async def test_the_lock_of_a_killed_server_is_free_after_its_lease(
    servers: list[RedisLocks], redis_url: str, conversation: str
) -> None:
    with held_elsewhere(redis_url, conversation, SHORT_LEASE):
        pass

    async with asyncio.timeout(20), servers[0].lock(conversation):
        pass


async def test_a_server_that_hung_finds_out_before_it_writes(
    servers: list[RedisLocks], conversation: str
) -> None:
    hanging, other, *_ = servers
    async with hanging.lock(conversation):
        time.sleep(2 * SHORT_LEASE)
        async with other.lock(conversation):
            with pytest.raises(LockError):
                await hanging.confirm(conversation)
            await other.confirm(conversation)


async def test_a_turn_that_fails_or_is_given_up_leaves_no_lock(
    servers: list[RedisLocks], conversation: str
) -> None:
    one, other, *_ = servers
    with pytest.raises(ZeroDivisionError):
        async with one.lock(conversation):
            _ = 1 / 0
    async with held(one, conversation):
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05), other.lock(conversation):
                pass

    async with asyncio.timeout(SHORT_LEASE / 2), other.lock(conversation):
        pass


async def test_without_redis_there_is_no_lock_and_with_it_there_is_again(
    redis_server: Service, servers: list[RedisLocks], conversation: str
) -> None:
    locks = servers[0]
    redis_server.kill()
    with pytest.raises(LockError):
        async with asyncio.timeout(20), locks.lock(conversation):
            pass

    redis_server.start()
    redis_server.wait()
    await asyncio.sleep(REST_SECONDS)
    async with locks.lock(conversation):
        await locks.confirm(conversation)


async def test_a_lock_is_not_confirmed_while_redis_is_away(
    redis_server: Service, servers: list[RedisLocks], conversation: str
) -> None:
    locks = servers[0]
    async with locks.lock(conversation):
        redis_server.kill()
        with pytest.raises(LockError):
            await locks.confirm(conversation)


async def test_one_server_alone_serves_in_order_and_at_once(conversation: str) -> None:
    locks = LocalLocks()
    served: list[int] = []

    async def turn(number: int) -> None:
        async with locks.lock(conversation):
            await asyncio.sleep(0.001)
            served.append(number)

    async with asyncio.timeout(0.9):
        await asyncio.gather(*(turn(number) for number in range(20)))

    assert served == list(range(20))
