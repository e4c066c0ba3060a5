"""What the tracker knew of a speaker before the turn."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field

from sanic import Sanic

from backchat.clinical.episode import Episode

logger = logging.getLogger(__name__)

LONGEST_SECONDS = 4.0
"""How long an emergency waits for what was said before; without it, its words are read alone."""


@dataclass(frozen=True, slots=True)
class Memory:
    """The episode so far, and the ids of the questions put to the speaker last."""

    episode: Episode = field(default_factory=Episode)
    asked: tuple[str, ...] = ()


async def of(app: Sanic, sender: str) -> Memory:
    """Return what the server's tracker knows of a speaker, or an empty memory."""
    try:
        async with asyncio.timeout(LONGEST_SECONDS):
            tracker = await app.ctx.agent.tracker_store.retrieve(sender)
        if tracker is None:
            return Memory()
        return Memory(
            Episode.from_dict(tracker.get_slot("episode")), tuple(tracker.get_slot("asked") or ())
        )
    except Exception as error:
        logger.error("The conversation so far could not be read: %s", type(error).__name__)
        return Memory()
