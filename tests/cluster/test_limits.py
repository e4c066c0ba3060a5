"""A minute's worth of messages may come at once; then one in each interval."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from backchat.assistant.shared_state.connection import Connection
from backchat.assistant.shared_state.limits import (
    CAPACITY,
    LocalLimiter,
    RedisLimiter,
    whole_seconds,
)
from backchat.cluster.processes import Service

PER_MINUTE = 30


@pytest.fixture
def key() -> str:
    return f"person:{uuid.uuid4().hex}"


class Clock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


async def test_a_minutes_worth_passes_at_once_and_no_more(key: str) -> None:
    limiter = LocalLimiter(Clock())
    assert [await limiter.wait(key, PER_MINUTE) for _ in range(PER_MINUTE)] == [0.0] * PER_MINUTE
    assert await limiter.wait(key, PER_MINUTE) == pytest.approx(2)
    assert await limiter.wait("another", PER_MINUTE) == 0


async def test_who_waits_may_go_on_and_was_not_counted_in_between(key: str) -> None:
    clock = Clock()
    limiter = LocalLimiter(clock)
    for _ in range(PER_MINUTE * 3):
        await limiter.wait(key, PER_MINUTE)

    clock.seconds += 2.001
    assert await limiter.wait(key, PER_MINUTE) == 0
    assert await limiter.wait(key, PER_MINUTE) > 0
    clock.seconds += 60
    assert [await limiter.wait(key, PER_MINUTE) for _ in range(PER_MINUTE)] == [0.0] * PER_MINUTE


async def test_a_flood_of_addresses_does_not_fill_the_memory() -> None:
    limiter = LocalLimiter(Clock())
    for number in range(CAPACITY + 1_000):
        await limiter.wait(str(number), PER_MINUTE)
    assert len(limiter._unused_at) == CAPACITY


async def test_all_servers_count_together(
    new_connection: Callable[[], Connection], key: str
) -> None:
    one, other = RedisLimiter(new_connection()), RedisLimiter(new_connection())
    for _ in range(PER_MINUTE // 2):
        assert await one.wait(key, PER_MINUTE) == 0
        assert await other.wait(key, PER_MINUTE) == 0
    for each in (one, other):
        assert 0 < await each.wait(key, PER_MINUTE) <= 2


async def test_what_was_counted_is_forgotten_by_itself(
    new_connection: Callable[[], Connection], key: str
) -> None:
    redis = new_connection()
    await RedisLimiter(redis).wait(key, PER_MINUTE)
    time_to_live = redis.script("return redis.call('PTTL', KEYS[1])")
    assert 0 < await time_to_live([f"backchat:limit:{key}"], []) <= 2_000


async def test_without_redis_each_server_counts_for_itself(
    redis_server: Service, new_connection: Callable[[], Connection], key: str
) -> None:
    limiter = RedisLimiter(new_connection())
    redis_server.kill()
    waits = [await limiter.wait(key, PER_MINUTE) for _ in range(PER_MINUTE + 1)]
    assert waits[:-1] == [0.0] * PER_MINUTE
    assert waits[-1] > 0


@pytest.mark.parametrize(("wait", "seconds"), [(0.01, 1), (1.0, 1), (1.2, 2), (60.0, 60)])
def test_it_is_said_in_whole_seconds_that_are_not_too_few(wait: float, seconds: int) -> None:
    assert whole_seconds(wait) == seconds
