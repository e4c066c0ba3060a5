"""The clock, and how tests move it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backchat import clock

NOON = datetime(2030, 5, 6, 12, tzinfo=UTC)
A_SLOW_MACHINE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let each test read the setting anew, and leave nothing to the next."""
    clock._test_now.cache_clear()
    yield
    monkeypatch.undo()
    clock._test_now.cache_clear()


def set_to(monkeypatch: pytest.MonkeyPatch, test_now: object) -> None:
    monkeypatch.setenv("BACKCHAT_ENV", "test")
    monkeypatch.setenv("BACKCHAT_TEST_NOW", str(test_now))


def test_without_the_setting_it_is_the_time_it_is() -> None:
    before = datetime.now(UTC)

    assert before <= clock.now() <= datetime.now(UTC)
    assert abs(clock.timestamp() - time.time()) < A_SLOW_MACHINE.total_seconds()


def test_it_starts_at_the_moment_of_the_setting_and_runs_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_to(monkeypatch, NOON.isoformat())

    first = clock.now()
    second = clock.now()

    assert NOON <= first < second < NOON + A_SLOW_MACHINE


def test_a_file_moves_it_while_the_process_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "now"
    set_to(monkeypatch, file)

    for day in (NOON, NOON + timedelta(days=2)):
        file.write_text(day.isoformat())
        assert day <= clock.now() < day + A_SLOW_MACHINE


def test_a_files_moment_was_when_it_was_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "now"
    file.write_text(NOON.isoformat())
    an_hour_ago = time.time() - 3600
    os.utime(file, (an_hour_ago, an_hour_ago))
    set_to(monkeypatch, file)

    assert timedelta(0) <= clock.now() - (NOON + timedelta(hours=1)) < A_SLOW_MACHINE
