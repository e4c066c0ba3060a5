"""Stops what takes too much of the processor's time, however busy the machine is with others."""

from __future__ import annotations

import gc
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class TooLong(Exception):
    """It was stopped."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Run for so many seconds of this process's own time; only in the main thread.

    Garbage is not collected meanwhile: that takes a second where many tests ran before.

    Raises:
        TooLong: it took more. Patterns that are being matched are stopped too.
    """

    def stop(_signal: int, _frame: Any) -> None:
        raise TooLong(f"it took more than {seconds} s")

    before = signal.signal(signal.SIGVTALRM, stop)
    gc.disable()
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.enable()
        signal.signal(signal.SIGVTALRM, before)


class Slowest:
    """Remembers the longest time that one of many things took."""

    def __init__(self) -> None:
        self.seconds = 0.0

    @contextmanager
    def watch(self) -> Iterator[None]:
        start = time.thread_time()
        yield
        self.seconds = max(self.seconds, time.thread_time() - start)

    def __str__(self) -> str:
        return f"the slowest took {self.seconds * 1000:,.0f} ms"
