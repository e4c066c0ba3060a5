"""Sends what messengers are given to send, until it has arrived or is given up."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from sqlalchemy.future import Engine

from backchat import clock
from backchat.assistant.database_calls import ask
from backchat.assistant.lanes import Lanes
from backchat.records.deliveries import ASIDE, Delivery, Outbox, Response
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog

logger = logging.getLogger(__name__)

POLL_SECONDS = 2.0
"""How often the outbox is looked through for what is due."""
AT_ONCE = 16
"""To how many people is sent at the same time."""
MOST_ATTEMPTS = 12
REMINDERS = f"{ASIDE}timer:"
"""How the batches of reminders begin, which are written down when they have arrived."""
LONGEST_WAIT_SECONDS = 1800


class SendingFailed(Exception):
    """A message was not taken; the text says why, without anything of the message."""


class TryLater(SendingFailed):
    """It may be taken later: after ``seconds``, where the platform named a time."""

    def __init__(self, why: str, seconds: float | None = None) -> None:
        super().__init__(why)
        self.seconds = seconds


class Refused(SendingFailed):
    """It will never be taken."""


class Blocked(SendingFailed):
    """The person does not want to hear from us, or is not there any more."""


class Carrier(Protocol):
    """What a messenger's API does for the courier."""

    def parts(self, response: Response) -> Sequence[Any]:
        """Return the calls that a response takes, always the same for the same response."""

    async def send(self, place: Mapping[str, Any], part: Any) -> str | None:
        """Make one call; return the platform's id of the message if it has buttons.

        Raises:
            SendingFailed: it was not taken.
        """


class Courier:
    """Sends the deliveries of one channel.

    Args:
        engine: The records.
        channel: The channel's name.
        carrier: Its API.
        log: Where reminders are written down; everything else is, before it comes here.
    """

    def __init__(
        self, engine: Engine, channel: str, carrier: Carrier, log: ConversationLog
    ) -> None:
        self.outbox = Outbox(engine, channel)
        self._log = log
        self._carrier = carrier
        self._lanes = Lanes(AT_ONCE)

    async def keep(
        self,
        sender: str,
        responses: Iterable[Response],
        batch: str,
        *,
        due: datetime | None = None,
    ) -> bool:
        """Take a batch of responses into the outbox; return False if it could not be kept.

        Args:
            sender: To whom.
            responses: In the order in which to send them.
            batch: What they belong to: one batch is taken once.
            due: When to send them, if not now.
        """
        now = clock.now()
        try:
            await ask(self.outbox.add, sender, responses, batch=batch, at=now, due=due)
        except RecordsError as error:
            logger.error("An answer could not be kept: %s", type(error).__name__)
            return False
        return True

    async def send_now(self, place: Mapping[str, Any], responses: Iterable[Response]) -> None:
        """Send responses that are not kept, each once."""
        for response in responses:
            try:
                for part in self._carrier.parts(response):
                    await self._carrier.send(place, part)
            except SendingFailed as error:
                logger.error("A message that could not be kept was not sent: %s", error)

    async def flush(self, sender: str) -> None:
        """Send everything that is due to a person, in its order; it never raises."""
        async with self._lanes.turn(sender):
            try:
                while delivery := await ask(self.outbox.claim, sender, clock.now()):
                    await self._attempt(sender, delivery)
            except RecordsError as error:
                logger.error("The outbox could not be used: %s", type(error).__name__)

    async def run(self) -> None:
        """Send what is due, for ever."""
        while True:
            try:
                due = await ask(self.outbox.due, clock.now())
            except RecordsError as error:
                logger.error("The outbox could not be read: %s", type(error).__name__)
                due = []
            await asyncio.gather(*(self.flush(sender) for sender in due))
            await asyncio.sleep(POLL_SECONDS)

    async def _attempt(self, sender: str, delivery: Delivery) -> None:
        attempts = delivery.attempts + 1
        try:
            await self._send(sender, delivery)
        except Blocked as error:
            logger.warning("A person could not be reached: %s", error)
            await ask(self.outbox.blocked, sender, clock.now(), str(error))
        except TryLater as error:
            await self._put_off(delivery, attempts, error)
        except Refused as error:
            await self._give_up(delivery, attempts, str(error))
        except RecordsError:
            raise
        except Exception as error:
            await self._give_up(delivery, attempts, type(error).__name__)

    async def _send(self, sender: str, delivery: Delivery) -> None:
        """Send the parts that have not arrived yet.

        Raises:
            SendingFailed: a part was not taken.
        """
        parts = self._carrier.parts(delivery.message)
        buttons_at = None
        for number, part in enumerate(parts[delivery.parts_sent :], delivery.parts_sent + 1):
            buttons_at = await self._carrier.send(delivery.place, part)
            if number < len(parts):
                await ask(self.outbox.part_sent, delivery.id, number, buttons_at, clock.now())
        if delivery.batch.startswith(REMINDERS):
            await ask(
                self._log.outbound,
                sender,
                delivery.message["text"],
                None,
                clock.now(),
                event_key=delivery.batch,
            )
        await ask(self.outbox.sent, delivery.id, buttons_at, clock.now())

    async def _put_off(self, delivery: Delivery, attempts: int, error: TryLater) -> None:
        if attempts >= MOST_ATTEMPTS:
            await self._give_up(delivery, attempts, str(error))
            return
        wait = error.seconds or min(2.0**attempts, LONGEST_WAIT_SECONDS)
        at = clock.now() + timedelta(seconds=wait)
        logger.warning("Sending failed and is tried again in %.0f s: %s", wait, error)
        await ask(self.outbox.try_again, delivery.id, attempts, at, str(error))

    async def _give_up(self, delivery: Delivery, attempts: int, why: str) -> None:
        logger.error("Delivery %d was given up: %s", delivery.id, why)
        await ask(self.outbox.failed, delivery.id, attempts, clock.now(), why)
