"""One way to run a turn, for every channel.

The safety gate reads the words first, by itself. The person's words are in the log before anything
else is done with them. Then Rasa answers into a list; where that fails, the gate completes what
was said, so that an answer is never empty and an emergency never goes unsaid.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage
from sanic import Sanic
from sqlalchemy.future import Engine

from backchat import clock
from backchat.assistant import logged, memory
from backchat.assistant.alarms import Alarm
from backchat.assistant.database_calls import ask
from backchat.assistant.lanes import Lanes
from backchat.assistant.observability.turns import watching
from backchat.assistant.safety_gate import SafetyGate
from backchat.assistant.words import as_words
from backchat.records import queries
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog
from backchat.records.views import MessageRecord
from backchat.settings import Settings

logger = logging.getLogger(__name__)

TURN_SECONDS = 30
"""A turn that runs for longer has failed."""
ALARM_SECONDS = 6
"""So long after its words were read, a turn with an alarm has failed: the gate says it sooner."""
AT_ONCE = 16
"""How many turns run at the same time; the others wait."""

Handle = Callable[[UserMessage], Awaitable[Any]]
"""What Rasa gives a channel to hand messages to."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person.

    Attributes:
        sender: The conversation, prefixed by the channel.
        channel: The channel's name, as the domain addresses it.
        message_id: The channel's id of the message; the same when it is sent again.
        at: When it came.
        shown: What the person sees of it: their words, or the title of the button.
        payload: What the pressed button sends; None for words.
        timezone: The person's IANA time zone, or None.
        region: The person's ISO 3166 code, or None.
    """

    sender: str
    channel: str
    message_id: str
    at: datetime
    shown: str
    payload: str | None = None
    timezone: str | None = None
    region: str | None = None

    @property
    def text(self) -> str:
        """The words that are read for danger signs; a button has none."""
        return self.shown if self.payload is None else ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message before its turn.

    Attributes:
        said: Its id in the log, or None if it could not be written down.
        duplicate: Whether it had come before.
    """

    said: int | None = None
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn answered.

    Attributes:
        responses: ``text``, ``buttons``, ``image`` and ``custom``, each optional; never none.
        alarmed: Whether the words raised an alarm.
        failed: Whether the turn broke on the way, and the safety gate completed it.
    """

    responses: list[dict[str, Any]]
    alarmed: bool = False
    failed: bool = False


class Turns:
    """Runs turns: those of one person one after another, those of several at once.

    Args:
        app: The server whose agent knows the conversations.
        handle: Rasa.
        gate: Reads every message, and completes what failed.
        engine: The records, where the person's words are written down.
        settings: Whose region and time zone hold for people whose own are unknown.
    """

    def __init__(
        self, app: Sanic, handle: Handle, gate: SafetyGate, engine: Engine, settings: Settings
    ) -> None:
        self._app = app
        self._handle = handle
        self._gate = gate
        self._engine = engine
        self._log = ConversationLog(engine, session_minutes=settings.session_minutes)
        self._region = settings.region
        self._timezone = settings.timezone.key
        self._lanes = Lanes(AT_ONCE)

    async def receive(self, incoming: Incoming) -> Receipt:
        """Write a message down, with the region and time zone where they are known."""
        try:
            receipt = await ask(
                self._log.inbound,
                incoming.sender,
                incoming.channel,
                incoming.message_id,
                incoming.shown,
                incoming.at,
                region=incoming.region,
                timezone=incoming.timezone,
            )
        except Exception as error:
            logger.error("A message could not be written down: %s", type(error).__name__)
            return Receipt()
        return Receipt(receipt.message_id, receipt.duplicate)

    async def earlier_answer(self, incoming: Incoming, receipt: Receipt) -> list[MessageRecord]:
        """Return what a message was answered that came before; nothing if it has to be answered.

        A server that ended in the middle may have saved the turn without logging its answer.
        """
        if receipt.said is None or not receipt.duplicate:
            return []
        try:
            store = self._app.ctx.agent.tracker_store
            if not await store.republish(incoming.sender, incoming.message_id):
                return []
            records = await ask(queries.history, self._engine, incoming.sender)
        except Exception as error:
            logger.error("An earlier turn could not be looked up: %s", type(error).__name__)
            return []
        return logged.answer_to(receipt.said, records)

    async def alarm_in(self, incoming: Incoming) -> Alarm | None:
        """Return the alarm that the words raise and that does not stand yet, or None."""
        return await self._gate.alarm_in(
            incoming.text,
            now=incoming.at,
            timezone=incoming.timezone or self._timezone,
            memory=await memory.of(self._app, incoming.sender),
        )

    async def answer(self, incoming: Incoming, receipt: Receipt) -> Outcome:
        """Run the turn of a message; one that could not be written down is only apologised for.

        What is answered in place of a turn that failed is written down, as Rasa's answers are.
        """
        with watching(incoming.channel, receipt.said) as watched:
            outcome = await self._answer(incoming, receipt)
            watched.ended(alarmed=outcome.alarmed, failed=outcome.failed)
            return outcome

    async def _answer(self, incoming: Incoming, receipt: Receipt) -> Outcome:
        output = CollectedOutput(incoming.channel)
        alarm = await self.alarm_in(incoming)
        lane = self._lanes.turn(incoming.sender, urgent=alarm is not None)
        is_whole = False
        try:
            async with lane, asyncio.timeout(ALARM_SECONDS if alarm else TURN_SECONDS):
                if receipt.said is not None:
                    await self._handle(self._message(incoming, output))
                    is_whole = bool(output.responses)
        except Exception as error:
            logger.error("A turn failed: %s", type(error).__name__)
        if is_whole:
            return Outcome(output.responses, alarm is not None)
        logger.error("A turn gave no whole answer; the safety gate completed it.")
        alarm = alarm or await self.alarm_in(incoming)
        region = incoming.region or self._region
        responses = self._gate.complete(list(output.responses), alarm, region)
        if receipt.said is not None:
            await self._keep_failed(incoming, responses)
        return Outcome(responses, alarm is not None, failed=True)

    def _message(self, incoming: Incoming, output: OutputChannel) -> UserMessage:
        return UserMessage(
            incoming.payload or as_words(incoming.text) or "?",
            output,
            incoming.sender,
            input_channel=incoming.channel,
            message_id=incoming.message_id,
            metadata={
                "at": incoming.at.isoformat(),
                "timezone": incoming.timezone or self._timezone,
                "region": incoming.region or self._region,
            },
        )

    async def _keep_failed(
        self, incoming: Incoming, responses: Iterable[Mapping[str, Any]]
    ) -> None:
        try:
            await ask(
                logged.keep_failed,
                self._log,
                incoming.sender,
                incoming.message_id,
                responses,
                clock.now(),
            )
        except RecordsError as error:
            logger.error("An answer could not be written down: %s", type(error).__name__)


class CollectedOutput(OutputChannel):
    """Keeps each response whole, in the order in which it was said."""

    def __init__(self, channel: str) -> None:
        self.responses: list[dict[str, Any]] = []
        self._channel = channel

    def name(self) -> str:
        """Return the name that responses of the domain may be addressed to."""
        return self._channel

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response."""
        self.responses.append(message)
