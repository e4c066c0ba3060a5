"""Conversations on a messenger, where answers are sent instead of returned.

What every messenger has in common: messages are written down before they are acknowledged, each
runs one turn however often it comes, answers are kept until they have arrived, and only what was
offered can be pressed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from rasa.core.lock_store import LockError
from sanic import Sanic

from backchat import clock
from backchat.assistant import data_export, erasure
from backchat.assistant.asides import Asides, Responses
from backchat.assistant.courier import Carrier, Courier
from backchat.assistant.database_calls import ask
from backchat.assistant.lanes import Lanes
from backchat.assistant.offers import Offers, is_answer
from backchat.assistant.portable import Button, card_of
from backchat.assistant.safety_gate import SafetyGate
from backchat.assistant.said import CLOCK, ERASE, STOP, Said
from backchat.assistant.shared_state import shared_state
from backchat.assistant.tasks import Tasks
from backchat.assistant.turns import TURN_SECONDS, Handle, Receipt, Turns
from backchat.assistant.wording import Wording, domain_responses
from backchat.consultation import shared
from backchat.records import inbox, places, queries
from backchat.records.deliveries import was_added
from backchat.records.engine import open_engine
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog
from backchat.records.places import Whereabouts
from backchat.settings import Settings

logger = logging.getLogger(__name__)

ACKNOWLEDGE_SECONDS = 2.0
"""How long a platform waits for its acknowledgement, at most."""
STILL_RUNNING = timedelta(seconds=2 * TURN_SECONDS)
"""For how long a message without an answer may be in another server's hands."""
STOP_SECONDS = 10.0
NOTICES_PER_MINUTE = 1
"""How often it is said that messages come too fast."""
AT_ONCE = 1_000
"""How many people are heard at the same time; their turns have a lower limit of their own."""

Locate = Callable[[Mapping[str, Any]], Awaitable[Whereabouts]]
"""From a place to what the platform tells of the person's surroundings; it never raises."""


class NotNow(Exception):
    """The message may be in another server's hands: the platform should send it again later."""


class Messenger:
    """Takes what people say on one channel, and sees that they are answered.

    Args:
        channel: The channel's name.
        carrier: Its API.
        settings: The settings.
        locate: Asks the platform for the whereabouts of people whose own are unknown, if it can.
        command: How commands begin.
    """

    def __init__(
        self,
        channel: str,
        carrier: Carrier,
        settings: Settings,
        *,
        locate: Locate | None = None,
        command: str = "/",
    ) -> None:
        self.wording = Wording(shared(), domain_responses(), command)
        self._channel = channel
        self._locate = locate
        self._settings = settings
        self._engine = open_engine(settings.database_url)
        self._personal_data = erasure.personal_data(self._engine, open_engine(settings.tracker_url))
        self._gate = SafetyGate(shared(), self.wording.responses)
        self._offers = Offers(self._engine, self.wording.responses)
        log = ConversationLog(self._engine, session_minutes=settings.session_minutes)
        self._courier = Courier(self._engine, channel, carrier, log)
        self._asides = Asides(self._engine, log, self.wording, self._courier, settings.region)
        self._limiter = shared_state(settings.redis_url).limiter
        self._arrivals = Lanes(AT_ONCE)
        self._dialogues = Lanes(AT_ONCE)
        self._tasks = Tasks()
        self._in_hand: set[int] = set()

    def connect(self, app: Sanic, handle: Handle) -> None:
        """Begin to answer through a server, and to send what is due."""
        self._app = app
        self._turns = Turns(app, handle, self._gate, self._engine, self._settings)
        self._sending = asyncio.create_task(self._courier.run())

    async def disconnect(self) -> None:
        """Finish the turns that run, and stop sending; what was not sent is kept."""
        await self._tasks.stop(after_seconds=STOP_SECONDS)
        self._sending.cancel()

    async def take(self, said: Said) -> None:
        """Take a message; return when its answer is kept, or after `ACKNOWLEDGE_SECONDS`.

        Raises:
            NotNow: it came before, has no answer yet, and may be in another server's hands.
        """
        if said.payload == ERASE:
            await self._erase(said)
            return
        async with self._arrivals.turn(said.sender):
            now = clock.now()
            receipt = await self._turns.receive(said.on(self._channel, now))
            known = await self._note_place(said, now)
            if receipt.duplicate and await self._needs_no_answer(said, receipt, now):
                return
            at_home = replace(
                said,
                timezone=said.timezone or known.timezone,
                region=said.region or known.region,
            )
            answering = self._tasks.start(self._answer(at_home, receipt, now))
        await asyncio.wait({answering}, timeout=ACKNOWLEDGE_SECONDS)

    async def pressed(self, sender: str, token: str, buttons_at: str) -> Button | None:
        """Return the button that was pressed, or None if it may not be pressed any more.

        Args:
            sender: Who pressed it.
            token: The payload, or its reference.
            buttons_at: The platform's id of the message that has the button.
        """
        try:
            button = await ask(self._offers.find, sender, token)
        except RecordsError as error:
            logger.error("A button could not be looked up: %s", type(error).__name__)
            return None
        is_open = button and await self._is_open(sender, button, buttons_at)
        return button if is_open else None

    async def knows(self, sender: str) -> bool:
        """Say whether this conversation has begun."""
        try:
            return bool(await ask(queries.history, self._engine, sender, 1))
        except RecordsError as error:
            logger.error("A conversation could not be looked up: %s", type(error).__name__)
            return False

    async def shut_out(self, sender: str) -> None:
        """Note that a person does not want to hear from us any more."""
        try:
            await ask(self._courier.outbox.blocked, sender, clock.now(), "blocked")
        except RecordsError as error:
            logger.error("A person who left could not be noted: %s", type(error).__name__)

    async def _erase(self, said: Said) -> None:
        """Erase everything held about a person, and say so without keeping that."""
        name = "utter_everything_erased"
        async with self._dialogues.turn(said.sender):
            try:
                await erasure.erase(self._app.ctx.agent, self._personal_data, said.sender)
            except (RecordsError, LockError) as error:
                logger.error("A person could not be erased: %s", type(error).__name__)
                name = "utter_something_failed"
        await self._courier.send_now(said.place, [self.wording.say(name, self._settings.region)])

    async def _note_place(self, said: Said, now: datetime) -> Whereabouts:
        try:
            return await ask(places.note, self._engine, said.sender, self._channel, said.place, now)
        except RecordsError as error:
            logger.error("A place could not be noted: %s", type(error).__name__)
            return Whereabouts()

    async def _needs_no_answer(self, said: Said, receipt: Receipt, now: datetime) -> bool:
        """Say whether a message that came before is answered, or in this server's hands.

        Raises:
            NotNow: it may be in another server's.
        """
        if receipt.said in self._in_hand:
            return True
        try:
            if await ask(was_added, self._engine, said.sender, _batch(receipt)):
                return True
            at = await ask(inbox.heard_at, self._engine, receipt.said or 0)
        except RecordsError as error:
            raise NotNow from error
        if at is not None and now - at < STILL_RUNNING:
            raise NotNow
        return False

    async def _answer(self, said: Said, receipt: Receipt, now: datetime) -> None:
        if receipt.said is not None:
            self._in_hand.add(receipt.said)
        try:
            async with self._dialogues.turn(said.sender):
                said = await self._located(said)
                responses = await self._respond(said, receipt, now)
                responses = await self._with_data(said, responses, now)
                kept = receipt.said is not None and await self._courier.keep(
                    said.sender, responses, _batch(receipt)
                )
                if not kept:
                    await self._courier.send_now(said.place, responses)
                elif _may_ask_clock(said, responses):
                    await self._asides.ask_clock(said)
        finally:
            self._in_hand.discard(receipt.said or 0)
        self._tasks.start(self._courier.flush(said.sender))

    async def _located(self, said: Said) -> Said:
        """Return what was said with the whereabouts that the platform tells, if none are known."""
        if said.timezone or self._locate is None:
            return said
        told = await self._locate(said.place)
        here = Whereabouts(said.region or told.region, told.timezone)
        try:
            await ask(places.set_whereabouts, self._engine, said.sender, here)
        except RecordsError as error:
            logger.error("A clock could not be kept: %s", type(error).__name__)
        return replace(said, timezone=here.timezone, region=here.region)

    async def _respond(self, said: Said, receipt: Receipt, now: datetime) -> Responses:
        if await self._is_too_fast(said) and not await self._raises_alarm(said, now):
            return await self._slow_down(said, now)
        if said.is_aside and not await self._raises_alarm(said, now):
            return await self._asides.answer(said, now) or []
        if not await self._still_answers(said):
            return []
        incoming = (said.as_words if said.is_aside else said).on(self._channel, now)
        if earlier := await self._turns.earlier_answer(incoming, receipt):
            return [{"text": message.text, **(message.payload or {})} for message in earlier]
        outcome = await self._turns.answer(incoming, receipt)
        if outcome.alarmed or said.payload == STOP:
            await self._asides.stop_timers(said.sender, now)
        return outcome.responses

    async def _is_too_fast(self, said: Said) -> bool:
        per_minute = self._settings.limit_per_person
        return bool(per_minute and await self._limiter.wait(f"person:{said.sender}", per_minute))

    async def _slow_down(self, said: Said, now: datetime) -> Responses:
        """Say that it was too much at once, unless that was said a moment ago."""
        if await self._limiter.wait(f"notice:{said.sender}", NOTICES_PER_MINUTE):
            return []
        aside = replace(said, button=None, reply="utter_too_fast")
        return await self._asides.answer(aside, now) or []

    async def _with_data(self, said: Said, responses: Responses, now: datetime) -> Responses:
        """Return responses with what is held about the person, where they offer it.

        Where others read along the file is not put up, and that is said.
        """
        if not any(map(data_export.is_offered, responses)):
            return responses
        if said.place.get("shared"):
            aside = replace(said, reply="utter_export_shared")
            return [*responses, *(await self._asides.answer(aside, now) or [])]
        try:
            held = await asyncio.to_thread(self._personal_data.export, said.sender)
        except RecordsError as error:
            logger.error("A person's data could not be collected: %s", type(error).__name__)
            failed = self.wording.say("utter_something_failed", self._settings.region)
            return [failed if data_export.is_offered(each) else each for each in responses]
        return [
            data_export.attached(each, held) if data_export.is_offered(each) else each
            for each in responses
        ]

    async def _raises_alarm(self, said: Said, now: datetime) -> bool:
        """Say whether words raise an alarm that does not stand yet, whatever command they are."""
        incoming = said.as_words.on(self._channel, now)
        return await self._turns.alarm_in(incoming) is not None

    async def _still_answers(self, said: Said) -> bool:
        """Say whether a button's question is still open when its turn has come."""
        if said.button is None or said.buttons_at is None:
            return True
        return await self._is_open(said.sender, said.button, said.buttons_at)

    async def _is_open(self, sender: str, button: Button, buttons_at: str) -> bool:
        """Say whether a button may be pressed: an answer only at the question that is open."""
        if not is_answer(button.payload):
            return True
        try:
            return await ask(self._courier.outbox.is_latest_question, sender, buttons_at)
        except RecordsError as error:
            logger.error("A question could not be looked up: %s", type(error).__name__)
            return False


def _batch(receipt: Receipt) -> str:
    return f"turn:{receipt.said}"


def _may_ask_clock(said: Said, responses: Responses) -> bool:
    """Say whether a turn leaves room to ask for the clock: an alarm leaves none."""
    if said.timezone or said.reply or said.payload.startswith(CLOCK):
        return False
    cards = [card_of(response) for response in responses]
    return not any(
        card.get("type") == "emergency" or card.get("level") == "URGENT_SAME_DAY" for card in cards
    )
