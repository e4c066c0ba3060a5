"""Work in the background ends, and fails, without a word of anybody's in the process log."""

from __future__ import annotations

import asyncio

import pytest

from backchat.assistant.tasks import Tasks


async def test_a_failure_is_logged_by_its_type_alone(caplog: pytest.LogCaptureFixture) -> None:
    async def fails() -> None:
        raise ValueError("my back hurts")

    with pytest.raises(ValueError, match="hurts"):
        await Tasks().start(fails())
    await asyncio.sleep(0)
    assert "ValueError" in caplog.text
    assert "hurts" not in caplog.text


async def test_what_runs_is_given_time_to_end_and_is_cancelled_after_it() -> None:
    tasks, finished = Tasks(), asyncio.Event()

    async def ends() -> None:
        await asyncio.sleep(0.01)
        finished.set()

    tasks.start(ends())
    endless = tasks.start(asyncio.Event().wait())
    await tasks.stop(after_seconds=0.2)
    await asyncio.gather(endless, return_exceptions=True)
    assert finished.is_set()
    assert endless.cancelled()


async def test_without_time_everything_is_cancelled_at_once() -> None:
    tasks = Tasks()
    endless = tasks.start(asyncio.Event().wait())
    await tasks.stop()
    await asyncio.gather(endless, return_exceptions=True)
    assert endless.cancelled()
