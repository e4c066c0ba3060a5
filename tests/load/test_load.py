"""Fifty people talk with one server, for ``LOAD_SECONDS``; with ``make load`` for five minutes."""

from __future__ import annotations

import os
from pathlib import Path

import crowd
import pytest
import target as target_module
from outcomes import Outcomes

SECONDS = int(os.environ.get("LOAD_SECONDS", "60"))
WARM_UP_SHARE = 0.4
"""How much of the time a server may take to fill what it keeps."""
MOST_GROWTH_MB = 40


def test_fifty_people_are_answered_and_never_mixed_up(
    tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    memory: list[float] = []
    with target_module.running(tmp_path) as target:
        figures = crowd.talk(
            target.address, SECONDS, lambda _: memory.append(target.memory_mb), tmp_path
        )
    warm = memory[int(len(memory) * WARM_UP_SHARE)]
    growth = max(memory) - warm
    Outcomes("Load", request).add(
        "one server",
        f"{crowd.PEOPLE} people talking for {SECONDS} s",
        figures.messages,
        f"{figures}; memory {warm:.0f} MB, then {growth:+.0f} MB",
    )
    assert not figures.failures
    assert figures.messages > crowd.PEOPLE
    assert growth < MOST_GROWTH_MB
