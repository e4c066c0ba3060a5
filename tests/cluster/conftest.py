from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest

from backchat.assistant.shared_state.connection import Connection
from backchat.cluster import redis, topology
from backchat.cluster.processes import Service
from backchat.cluster.topology import Cluster
from backchat.records.engine import open_engine

sys.path.insert(0, str(Path(__file__).parents[1] / "channels"))
import telegram_user
from fake_telegram import FakeTelegram
from visiting import Records


@pytest.fixture(scope="session")
def redis_and_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Service, str]]:
    """A Redis server of the tests' own; without one they fail, they are never skipped."""
    server, url = redis.service(tmp_path_factory.mktemp("redis"))
    server.start()
    try:
        server.wait()
        yield server, url
    finally:
        server.stop()


@pytest.fixture
def redis_server(redis_and_url: tuple[Service, str]) -> Iterator[Service]:
    """The Redis server, to be stopped or paused; it is back for the next test."""
    server, _ = redis_and_url
    yield server
    server.resume()
    if not server.is_running:
        server.start()
    server.wait()


@pytest.fixture
def redis_url(redis_and_url: tuple[Service, str]) -> str:
    return redis_and_url[1]


@pytest.fixture
async def new_connection(redis_url: str) -> AsyncIterator[Callable[[], Connection]]:
    """Makes connections as each server has one, and closes them in the end."""
    made: list[Connection] = []

    def make() -> Connection:
        made.append(Connection(redis_url))
        return made[-1]

    yield make
    for connection in made:
        await connection.close()


@pytest.fixture(scope="session")
def telegram() -> Iterator[FakeTelegram]:
    """A stand-in for Telegram's API."""
    with FakeTelegram.running() as fake:
        yield fake


@pytest.fixture(scope="session")
def whole_cluster(
    telegram: FakeTelegram, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Cluster]:
    """Two servers behind a proxy, two action servers, PostgreSQL and Redis."""
    with topology.running(
        tmp_path_factory.mktemp("cluster"),
        BACKCHAT_REGION="US",
        BACKCHAT_LIMIT_PER_ADDRESS="0",
        BACKCHAT_LIMIT_PER_PERSON="0",
        BACKCHAT_LOG_FORMAT="json",
        **telegram_user.settings(telegram),
    ) as cluster:
        yield cluster


@pytest.fixture
def cluster(whole_cluster: Cluster) -> Iterator[Cluster]:
    """The cluster, of which a test may end, kill or pause anything; it is whole for the next."""
    yield whole_cluster
    whole_cluster.database.start()
    for service in whole_cluster.services:
        service.resume()
        if not service.is_running:
            service.start()
    whole_cluster.wait()


@pytest.fixture
def servers(cluster: Cluster) -> list[str]:
    """The addresses of the two servers, past the proxy."""
    return list(cluster.servers)


@pytest.fixture
def records(cluster: Cluster) -> Iterator[Records]:
    """What the cluster has logged."""
    engine = open_engine(cluster.database_url)
    yield Records(engine)
    engine.dispose()
