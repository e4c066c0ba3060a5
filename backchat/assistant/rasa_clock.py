"""Rasa by our clock, where a test has moved it."""

from __future__ import annotations

import time as real_time
from types import ModuleType
from typing import Any

from rasa.core import processor
from rasa.shared.core import events, trackers

from backchat import clock
from backchat.settings import Settings


class _OurTime(ModuleType):
    """The module `time`, with our clock as the time of day."""

    time = staticmethod(clock.timestamp)

    def __getattr__(self, name: str) -> Any:
        return getattr(real_time, name)


def follow(settings: Settings) -> None:
    """Give Rasa's events and sessions the time of our clock; without a moved clock, do nothing.

    What only waits, like its locks, keeps the real time.
    """
    if settings.test_now is not None:
        for module in (events, processor, trackers):
            module.time = _OurTime("time")
