"""A database that hangs is not waited for for ever, and after that for less, until it answers."""

from __future__ import annotations

import threading
import time

import pytest

from backchat.assistant import database_calls
from backchat.assistant.database_calls import ask
from backchat.records.errors import DatabaseUnavailable


async def test_an_answer_and_an_error_come_through() -> None:
    assert await ask(sum, [1, 2]) == 3
    with pytest.raises(ZeroDivisionError):
        await ask(lambda: 1 / 0)


async def test_a_database_that_hangs_is_waited_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_calls._Patience, "seconds", 0.5)
    monkeypatch.setattr(database_calls, "SHORTER_SECONDS", 0.05)
    back = threading.Event()
    began = time.monotonic()
    for _ in range(4):
        with pytest.raises(DatabaseUnavailable):
            await ask(back.wait)
    assert 0.5 < time.monotonic() - began < 1.9

    back.set()
    assert await ask(back.wait)
    assert database_calls._Patience.seconds == database_calls.LONGEST_SECONDS
