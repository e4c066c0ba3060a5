"""Fifty people talk with one server and with a cluster, for ``LOAD_SECONDS`` each.

With ``make load`` that is five minutes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

import crowd
import pytest
import target as target_module
from outcomes import Outcomes
from target import memory_mb

from backchat.cluster import topology

SECONDS = int(os.environ.get("LOAD_SECONDS", "60"))
WARM_UP_SHARE = 0.4
"""How much of the time a server may take to fill what it keeps."""
MOST_GROWTH_MB = 40


@dataclass(frozen=True)
class Bot:
    """A bot under load.

    Attributes:
        address: Where people come in.
        pids: Its servers' and action servers' processes.
    """

    address: str
    pids: list[int]


@contextmanager
def one_server(folder: Path) -> Iterator[Bot]:
    with target_module.running(folder) as target:
        yield Bot(target.address, [target.pid])


@contextmanager
def cluster(folder: Path) -> Iterator[Bot]:
    with topology.running(
        folder,
        BACKCHAT_REGION="US",
        BACKCHAT_LIMIT_PER_ADDRESS="0",
        BACKCHAT_LIMIT_PER_PERSON="0",
        BACKCHAT_LOG_FORMAT="json",
    ) as running:
        ours = [*running.servers.values(), *running.action_servers.values()]
        yield Bot(running.address, [service.pid for service in ours])


@pytest.mark.parametrize(
    ("what", "bot_in"),
    [("one server", one_server), ("2 servers, 2 action servers", cluster)],
    ids=["one-server", "cluster"],
)
def test_fifty_people_are_answered_and_never_mixed_up(
    what: str,
    bot_in: Callable[[Path], AbstractContextManager[Bot]],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    memory: list[list[float]] = []
    with bot_in(tmp_path) as bot:
        figures = crowd.talk(
            bot.address,
            SECONDS,
            lambda _: memory.append([memory_mb(pid) for pid in bot.pids]),
            tmp_path,
        )
    warm = memory[int(len(memory) * WARM_UP_SHARE)]
    growth = [
        max(seen) - at_first for seen, at_first in zip(zip(*memory, strict=True), warm, strict=True)
    ]
    Outcomes("Load", request).add(
        what,
        f"{crowd.PEOPLE} people talking for {SECONDS} s",
        figures.messages,
        f"{figures}; memory {sum(warm):.0f} MB, then at most {max(growth):+.0f} MB a process",
    )
    assert not figures.failures
    assert figures.messages > crowd.PEOPLE
    assert max(growth) < MOST_GROWTH_MB
