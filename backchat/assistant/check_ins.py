"""Says the check-ins that are due."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from sqlalchemy.future import Engine

from backchat import clock
from backchat.assistant.observability.metrics import CHECK_INS
from backchat.assistant.shared_state import shared_state
from backchat.assistant.turns import CollectedOutput
from backchat.records import check_ins, pushes
from backchat.records.check_ins import DueCheckIn
from backchat.settings import QuietHours, Settings

logger = logging.getLogger(__name__)

EVERY_SECONDS = 5
INTENT = "EXTERNAL_check_in"
"""The intent with which the dialogue begins a check-in."""
MOST_UNANSWERED = 2
MOST_ATTEMPTS = 5
RETRY_AFTER = timedelta(minutes=2)
"""The wait after the first failed attempt; it doubles with each."""
TURN_SECONDS = 30

Begin = Callable[[DueCheckIn, datetime], Awaitable[None]]
"""Has a check-in said to its person."""
Progress = Callable[[int], object]


class CheckIns:
    """Takes the check-ins that are due one after another, each on one server only.

    Args:
        engine: The records.
        begin: Has one said.
        settings: The quiet hours, and the time zone of people whose own is unknown.
    """

    def __init__(self, engine: Engine, begin: Begin, settings: Settings) -> None:
        self._engine = engine
        self._begin = begin
        self._quiet_hours = settings.quiet_hours
        self._timezone = settings.timezone

    async def run_due(self, progress: Progress = lambda said: None) -> int:
        """Say everything that is due; return how many check-ins were said.

        Args:
            progress: Is told how many were said so far, after each.

        Raises:
            DatabaseUnavailable: the database did not answer; what was claimed is tried again.
        """
        said = 0
        while due := await asyncio.to_thread(check_ins.claim, self._engine, clock.now()):
            if await self._take(due, clock.now()):
                said += 1
                progress(said)
        return said

    async def _take(self, due: DueCheckIn, now: datetime) -> bool:
        if due.unanswered >= MOST_UNANSWERED:
            await asyncio.to_thread(check_ins.drop, self._engine, due.id, "unanswered")
            CHECK_INS.labels("dropped").inc()
            return False
        awake = next_waking_moment(now, self._zone_of(due), self._quiet_hours)
        if awake > now:
            await asyncio.to_thread(check_ins.postpone, self._engine, due.id, awake)
            CHECK_INS.labels("postponed").inc()
            return False
        try:
            await asyncio.wait_for(self._begin(due, now), TURN_SECONDS)
        except Exception as error:
            await self._failed(due, now, type(error).__name__)
            return False
        await asyncio.to_thread(check_ins.done, self._engine, due.id, clock.now())
        CHECK_INS.labels("said").inc()
        return True

    async def _failed(self, due: DueCheckIn, now: datetime, why: str) -> None:
        logger.error("Check-in %s failed: %s", due.id, why)
        CHECK_INS.labels("failed").inc()
        if due.attempts >= MOST_ATTEMPTS:
            await asyncio.to_thread(check_ins.fail, self._engine, due.id, why)
        else:
            again = now + RETRY_AFTER * 2 ** (due.attempts - 1)
            await asyncio.to_thread(check_ins.try_again, self._engine, due.id, again, why)

    def _zone_of(self, due: DueCheckIn) -> ZoneInfo:
        return ZoneInfo(due.timezone) if due.timezone else self._timezone


class Dialogue:
    """Begins a check-in as a turn of the dialogue, so that the answer finds its question.

    Args:
        agent: The running bot.
        engine: The records.
        settings: The region and time zone of people whose own are unknown.
    """

    def __init__(self, agent: Agent, engine: Engine, settings: Settings) -> None:
        self._agent = agent
        self._engine = engine
        self._settings = settings
        self._doorbell = shared_state(settings.redis_url).doorbell

    async def begin(self, due: DueCheckIn, now: datetime) -> None:
        """Have the bot say its check-in, and have it sent to where the person is."""
        channel = due.sender_id.partition("-")[0]
        output = CollectedOutput(channel)
        message = UserMessage(
            f"/{INTENT}",
            output,
            due.sender_id,
            input_channel=channel,
            message_id=f"check-in-{due.id}-{due.due_at.isoformat()}",
            metadata=self._metadata(due),
        )
        await self._agent.handle_message(message)
        await asyncio.to_thread(
            pushes.deliver,
            self._engine,
            due.sender_id,
            output.responses,
            key=f"check-in-{due.id}-{due.due_at.isoformat()}",
            at=now,
        )
        self._doorbell.ring(due.sender_id)

    def _metadata(self, due: DueCheckIn) -> Mapping[str, Any]:
        return {
            "is_external": True,
            "check_in": due.kind,
            "timezone": due.timezone or self._settings.timezone.key,
            "region": due.region or self._settings.region,
        }


def next_waking_moment(moment: datetime, zone: ZoneInfo, quiet: QuietHours) -> datetime:
    """Return the moment itself, or the end of the quiet hours that it falls into."""
    local = moment.astimezone(zone)
    if local.time() not in quiet:
        return moment
    end = local.replace(
        hour=quiet.end.hour, minute=quiet.end.minute, second=0, microsecond=0, fold=0
    )
    if end <= local:
        end += timedelta(days=1)
    return end.astimezone(moment.tzinfo)
