"""What visitors of the page say, and what they are answered."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import Any

from sanic import Sanic
from sqlalchemy.future import Engine

from backchat.assistant.database_calls import ask
from backchat.assistant.safety_gate import SafetyGate
from backchat.assistant.shared_state import shared_state
from backchat.assistant.shared_state.doorbell import Doorbell
from backchat.assistant.shared_state.locks import LockError
from backchat.assistant.turns import Handle, Incoming, Turns
from backchat.assistant.web import CHANNEL, numbering, rendering
from backchat.assistant.web.replies import Replies, Reply
from backchat.assistant.web.requests import BadRequest, MessageRequest, Readable
from backchat.assistant.wording import domain_responses
from backchat.consultation import shared
from backchat.records import queries
from backchat.records.errors import RecordsError
from backchat.records.views import MessageRecord
from backchat.settings import Settings

logger = logging.getLogger(__name__)

ALWAYS_OFFERED = {
    "/greet": "",
    "/start_over": "Start over",
    "/visit_summary": "Summary for a visit",
}
"""Payloads that the page itself sends, with what a person sees of them."""
LATEST_MESSAGES = 30
"""Buttons older than these can no longer be pressed."""


class Conversation:
    """Answers each message once, however often it is sent.

    Args:
        app: The server whose agent knows the conversations.
        handle: Rasa.
        engine: The records.
        doorbell: Rung when something was said.
        settings: The settings.
    """

    def __init__(
        self, app: Sanic, handle: Handle, engine: Engine, doorbell: Doorbell, settings: Settings
    ) -> None:
        self._engine = engine
        self._doorbell = doorbell
        self._settings = settings
        self._gate = SafetyGate(shared(), domain_responses())
        self._turns = Turns(app, handle, self._gate, engine, settings)
        self._replies = Replies()
        self._locks = shared_state(settings.redis_url).locks

    async def answer(self, sender: str, message: MessageRequest, moment: datetime) -> Reply:
        """Return the answer to a message.

        Raises:
            BadRequest: it presses a button that nobody offered.
        """
        try:
            shown = message.text or await self._title(sender, message.payload or "")
        except RecordsError as error:
            logger.error("A button could not be looked up: %s", type(error).__name__)
            apology = self._gate.complete([], None, self._settings.region)
            return Reply(_rendered(apology), failed=True)
        incoming = Incoming(
            sender=sender,
            channel=CHANNEL,
            message_id=message.id,
            at=moment,
            shown=shown,
            payload=message.payload,
            timezone=message.timezone,
            region=message.region,
        )
        return await self._replies.once((sender, message.id), lambda: self._answer(incoming))

    async def alarm_in(
        self, heard: Readable, sender: str | None, moment: datetime
    ) -> dict[str, Any] | None:
        """Return the emergency text that a message calls for which is not taken, or None.

        It is judged with what the speaker said before, as an answer may mean little by itself, and
        by its own words, as a sign that stands already raises no new alarm.
        """
        timezone = heard.timezone or self._settings.timezone.key
        raised = [await self._gate.alarm_in(heard.text, now=moment, timezone=timezone)]
        if sender is not None:
            said = Incoming(sender, CHANNEL, "", moment, heard.text, timezone=timezone)
            raised.insert(0, await self._turns.alarm_in(said))
        alarm = max(filter(None, raised), key=lambda each: each.kind == "emergency", default=None)
        if alarm is None:
            return None
        region = heard.region or self._settings.region
        return rendering.message(self._gate.answer(alarm, region))

    def forget(self, sender: str) -> None:
        """Drop what was answered to a sender who was erased, and let their pages know."""
        self._replies.forget(sender)
        self._doorbell.ring(sender)

    async def _answer(self, incoming: Incoming) -> Reply:
        """Answer a message on one server, if it comes to several at once."""
        try:
            async with self._locks.lock(f"{incoming.sender} {incoming.message_id}"):
                return await self._respond(incoming)
        except LockError as error:
            logger.error("A message may be answered by two servers: %s", error)
            return await self._respond(incoming)

    async def _respond(self, incoming: Incoming) -> Reply:
        receipt = await self._turns.receive(incoming)
        if earlier := await self._turns.earlier_answer(incoming, receipt):
            return Reply(numbering.answered(earlier), str(receipt.said))
        self._doorbell.ring(incoming.sender)
        outcome = await self._turns.answer(incoming, receipt)
        messages = _rendered(outcome.responses)
        if receipt.said is None:
            return Reply(messages, failed=outcome.failed)
        try:
            logged = await self._latest(incoming.sender, after=receipt.said)
            messages = numbering.numbered(messages, logged)
        except RecordsError as error:
            logger.error("An answer could not be looked up: %s", type(error).__name__)
        self._doorbell.ring(incoming.sender)
        return Reply(messages, str(receipt.said), outcome.failed)

    async def _title(self, sender: str, payload: str) -> str:
        """Return what the person saw on the button that they pressed.

        Raises:
            BadRequest: nobody offered it to them.
            RecordsError: that cannot be told.
        """
        if payload in ALWAYS_OFFERED:
            return ALWAYS_OFFERED[payload]
        for message in reversed(await self._latest(sender)):
            for button in rendering.offered(message.payload or {}):
                if button["payload"] == payload:
                    return str(button["title"])
        raise BadRequest(400, "`payload` must be one that a button offered.")

    async def _latest(self, sender: str, after: int | None = None) -> list[MessageRecord]:
        return await ask(queries.history, self._engine, sender, LATEST_MESSAGES, after=after)


def _rendered(responses: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rendering.message(response) for response in responses]
