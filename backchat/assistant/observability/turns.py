"""Watching turns: how many, how long, how they ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from backchat.assistant.observability import metrics

logger = logging.getLogger("backchat.turn")
"""Writes one line for each turn, where the process log is told to keep them."""


@dataclass(slots=True)
class Watched:
    """What is known of a turn that runs.

    Attributes:
        said: The id of the person's message in the conversation log, or None.
        alarmed: Whether its words raised a new alarm.
        outcome: ``answered`` or ``failed``, once it has ended by itself.
    """

    said: int | None = None
    alarmed: bool = False
    outcome: str = "cancelled"

    def ended(self, *, alarmed: bool, failed: bool) -> None:
        """Note how the turn ended."""
        self.alarmed = alarmed
        self.outcome = "failed" if failed else "answered"


@contextmanager
def watching(channel: str, said: int | None = None) -> Iterator[Watched]:
    """Watch one turn of a channel; a turn that does not say how it ended was cancelled."""
    watched = Watched(said)
    began = time.monotonic()
    with metrics.TURNS_IN_PROGRESS.track_inprogress():
        try:
            yield watched
        finally:
            _note(channel, watched, time.monotonic() - began)


def _note(channel: str, watched: Watched, seconds: float) -> None:
    metrics.TURNS.labels(channel, watched.outcome).inc()
    metrics.TURN_SECONDS.labels(channel).observe(seconds)
    if watched.alarmed:
        metrics.ALARMS.labels(channel).inc()
    logger.info(
        "turn",
        extra={
            "fields": {
                "channel": channel,
                "outcome": watched.outcome,
                "alarmed": watched.alarmed,
                "seconds": round(seconds, 4),
                "said": watched.said,
            }
        },
    )
