"""Two servers behind a proxy, two action servers, PostgreSQL and Redis, all on this machine."""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from backchat.cluster import postgresql, redis
from backchat.cluster.postgresql import PostgreSQL
from backchat.cluster.processes import (
    ROOT,
    Service,
    answers,
    clean_environment,
    free_port,
    program,
)

CADDYFILE = ROOT / "deploy" / "Caddyfile"
LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Cluster:
    """A cluster that runs.

    Attributes:
        address: Where people come in.
        proxy: The proxy there.
        servers: The servers behind it, by their addresses.
        action_servers: The action servers, by their addresses.
        database: PostgreSQL.
        redis: Redis.
        database_url: The records.
        tracker_url: Rasa's dialogues.
        redis_url: What the servers share.
    """

    address: str
    proxy: Service
    servers: dict[str, Service]
    action_servers: dict[str, Service]
    database: PostgreSQL
    redis: Service
    database_url: str
    tracker_url: str
    redis_url: str

    @property
    def services(self) -> list[Service]:
        """Everything but PostgreSQL, in the order in which to start it."""
        return [self.redis, *self.action_servers.values(), *self.servers.values(), self.proxy]

    def wait(self) -> None:
        """Wait until everything answers.

        Raises:
            NotStarted: something ended, or does not answer in time.
        """
        for service in self.services:
            service.wait()


@contextmanager
def running(
    folder: Path,
    *,
    servers: int = 2,
    action_servers: int = 2,
    port: int | None = None,
    **settings: str,
) -> Iterator[Cluster]:
    """Run a cluster with its logs in a folder; its data is gone in the end.

    Args:
        folder: Where everything is kept.
        servers: How many servers.
        action_servers: How many action servers.
        port: Where people come in; a free one if None.
        settings: More settings of the servers and action servers.

    Raises:
        NotStarted: something ended, or does not answer in time.
        FileNotFoundError: a program is not installed.
    """
    with postgresql.running() as database:
        cluster = _described(folder, database, servers, action_servers, port, settings)
        try:
            for service in cluster.services:
                service.start()
            cluster.wait()
            yield cluster
        finally:
            with ThreadPoolExecutor() as pool:
                list(pool.map(Service.kill, cluster.services))


def _described(
    folder: Path,
    database: PostgreSQL,
    servers: int,
    action_servers: int,
    port: int | None,
    settings: dict[str, str],
) -> Cluster:
    database_url, tracker_url = database.new_database(), database.new_database()
    shared, redis_url = redis.service(folder)
    common = {
        "BACKCHAT_DATABASE_URL": database_url,
        "BACKCHAT_TRACKER_URL": tracker_url,
        "BACKCHAT_REDIS_URL": redis_url,
        "BACKCHAT_SECRET": secrets.token_hex(32),
        **settings,
    }
    actions = dict(
        _bot(folder, "actions", number, "/health", common) for number in range(action_servers)
    )
    common |= {
        "BACKCHAT_ACTION_URL": ",".join(f"{address}/webhook" for address in actions),
        "BACKCHAT_TRUSTED_PROXIES": LOOPBACK,
    }
    bots = dict(_bot(folder, "serve", number, "/chat/health", common) for number in range(servers))
    address, proxy = _proxy(folder, list(bots), port or free_port())
    return Cluster(
        address, proxy, bots, actions, database, shared, database_url, tracker_url, redis_url
    )


def _bot(
    folder: Path, command: str, number: int, health: str, settings: dict[str, str]
) -> tuple[str, Service]:
    """Return the address of a server or action server, and its process."""
    port = free_port()
    address = f"http://{LOOPBACK}:{port}"
    service = Service(
        name=f"{command}-{number + 1}",
        command=[sys.executable, "-m", "backchat", command],
        log=folder / f"{command}-{number + 1}.log",
        is_ready=partial(answers, address + health),
        environment={**clean_environment(), **settings, "BACKCHAT_PORT": str(port)},
        folder=ROOT,
    )
    return address, service


def _proxy(folder: Path, servers: list[str], port: int) -> tuple[str, Service]:
    address = f"http://{LOOPBACK}:{port}"
    service = Service(
        name="proxy",
        command=[program("caddy"), "run", "--config", CADDYFILE, "--adapter", "caddyfile"],
        log=folder / "proxy.log",
        is_ready=partial(answers, f"{address}/chat/health"),
        environment={
            **clean_environment(),
            "BACKCHAT_SITE": address,
            "BACKCHAT_SERVERS": " ".join(each.removeprefix("http://") for each in servers),
            "BACKCHAT_BIND": LOOPBACK,
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder),
            "XDG_CONFIG_HOME": str(folder),
        },
        folder=folder,
    )
    return address, service
