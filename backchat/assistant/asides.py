"""What a messenger answers besides the dialogue: help, whose clock holds, and timers."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.future import Engine

from backchat import clock
from backchat.assistant import clocks
from backchat.assistant.courier import REMINDERS, Courier
from backchat.assistant.database_calls import ask
from backchat.assistant.said import CLOCK, TIMER, Said
from backchat.assistant.wording import Wording
from backchat.consultation import shared
from backchat.records import places
from backchat.records.deliveries import ASIDE, was_added
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog
from backchat.records.places import Whereabouts

logger = logging.getLogger(__name__)

_ASKED_CLOCK = f"{ASIDE}clock"

Responses = list[dict[str, Any]]


class Asides:
    """Answers without a turn; what it says is written down as Rasa's answers are.

    Args:
        engine: The records.
        log: Where answers are written down.
        wording: The domain's responses.
        courier: Keeps reminders until they are due.
        region: Whose phone numbers to give to people whose region is unknown.
    """

    def __init__(
        self,
        engine: Engine,
        log: ConversationLog,
        wording: Wording,
        courier: Courier,
        region: str | None,
    ) -> None:
        self._engine = engine
        self._log = log
        self._wording = wording
        self._courier = courier
        self._region = region

    async def answer(self, said: Said, now: datetime) -> Responses | None:
        """Return the answer to what needs no turn, or None where it needs one."""
        if said.reply:
            return await self._say(said, said.reply)
        if said.payload.startswith(CLOCK):
            return await self._set_clock(said, said.payload.removeprefix(CLOCK), now)
        if said.payload.startswith(TIMER):
            return await self._set_timer(said, said.payload.removeprefix(TIMER), now)
        return None

    async def ask_clock(self, said: Said) -> None:
        """Ask for the clock of a person whose platform does not tell it, once and for all."""
        try:
            if await ask(was_added, self._engine, said.sender, _ASKED_CLOCK):
                return
        except RecordsError as error:
            logger.error("The outbox could not be read: %s", type(error).__name__)
            return
        question = await self._say(said, "utter_ask_clock")
        await self._courier.keep(said.sender, question, _ASKED_CLOCK)

    async def stop_timers(self, sender: str, now: datetime) -> None:
        """Take back what a person was to be reminded of."""
        try:
            await ask(self._courier.outbox.cancel, sender, REMINDERS, now)
        except RecordsError as error:
            logger.error("A timer could not be cancelled: %s", type(error).__name__)

    async def _set_clock(self, said: Said, name: str, now: datetime) -> Responses:
        found = clocks.find(name)
        if found is None:
            return await self._say(said, "utter_clock_unknown")
        told = Whereabouts(found.region, found.timezone)
        try:
            await ask(places.set_whereabouts, self._engine, said.sender, told)
        except RecordsError as error:
            logger.error("A clock could not be kept: %s", type(error).__name__)
            return await self._say(said, "utter_something_failed")
        here = replace(said, timezone=found.timezone, region=found.region)
        local = f"{now.astimezone(found.zone):%H:%M}"
        return await self._say(here, "utter_clock_set", city=found.city, time=local)

    async def _set_timer(self, said: Said, wanted: str, now: datetime) -> Responses:
        """Set a timer for a treatment: ``15 ice``; its reminders wait in the outbox."""
        minutes, _, treatment = wanted.partition(" ")
        entry = next(each for each in shared().knowledge.thermal if each.id == treatment)
        await self.stop_timers(said.sender, now)
        length = timedelta(minutes=int(minutes))
        for name, after in (("utter_timer_half", length / 2), ("utter_timer_over", length)):
            reminder = self._wording.say(name, said.region, skin_check=entry.skin_check)
            await self._courier.keep(
                said.sender, [reminder], f"{REMINDERS}{said.message_id}:{name}", due=now + after
            )
        return await self._say(said, "utter_timer_set", minutes=minutes)

    async def _say(self, said: Said, name: str, **values: str) -> Responses:
        response = self._wording.say(name, said.region or self._region, **values)
        payload = {key: value for key, value in response.items() if key != "text"}
        try:
            await ask(
                self._log.outbound,
                said.sender,
                response.get("text"),
                payload or None,
                clock.now(),
                event_key=f"{said.message_id}:{name}",
            )
        except RecordsError as error:
            logger.error("An answer could not be written down: %s", type(error).__name__)
        return [response]
