"""Makes the calls that say a response on Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from backchat.assistant.courier import Refused, TryLater
from backchat.assistant.portable import Document
from backchat.assistant.telegram import rendering
from backchat.assistant.telegram.api import BotApi
from backchat.assistant.telegram.rendering import Call
from backchat.records.deliveries import Response

logger = logging.getLogger(__name__)

DRAWING_SECONDS = 5
"""How long words wait for their drawing."""

Draw = Callable[[str], bytes]
"""From a stretch to its moving drawing, a GIF."""


class TelegramCarrier:
    """Sends to chats. A drawing is uploaded once; after that Telegram has it by its id.

    Args:
        api: The bot.
        draw: Makes the drawings.
    """

    def __init__(self, api: BotApi, draw: Draw) -> None:
        self._api = api
        self._draw = draw
        self._uploaded: dict[str, str] = {}

    def parts(self, response: Response) -> list[Call]:
        """Return the calls that a response takes."""
        return rendering.calls(response)

    async def send(self, place: Mapping[str, Any], part: Call) -> str | None:
        """Make one call; return the message's id if it has buttons.

        What Telegram refuses, and a drawing that does not get through, is sent as plain text: no
        words are lost or wait for the sake of their form.

        Raises:
            SendingFailed: it was not taken.
        """
        try:
            sent = await self._make(place, part)
        except (Refused, TryLater) as error:
            if isinstance(error, TryLater) and (part.stretch is None or error.seconds):
                raise
            if part.optional:
                logger.warning("A part that may be missing was refused: %s", error)
                return None
            logger.error("A message is sent in plain text instead: %s", error)
            sent = await self._api.call("sendMessage", {**_address(place), **_plainly(part)})
        has_buttons = part.fields.get("reply_markup") is not None
        return str(sent["message_id"]) if has_buttons else None

    async def _make(self, place: Mapping[str, Any], part: Call) -> Any:
        fields = {**_address(place), **part.fields}
        if part.document is not None:
            return await self._api.call(part.method, fields, {"document": part.document})
        if part.stretch is None:
            return await self._api.call(part.method, fields)
        known = self._uploaded.get(part.stretch)
        if known is not None:
            return await self._api.call(part.method, {**fields, "animation": known})
        try:
            drawing = await asyncio.wait_for(
                asyncio.to_thread(self._draw, part.stretch), DRAWING_SECONDS
            )
        except Exception as error:
            raise Refused(f"the drawing: {type(error).__name__}") from error
        animation = Document(f"{part.stretch}.gif", "image/gif", drawing)
        sent = await self._api.call(part.method, fields, {"animation": animation})
        file = sent.get("animation") or sent.get("document") or {}
        if "file_id" in file:
            self._uploaded[part.stretch] = file["file_id"]
        return sent


def _address(place: Mapping[str, Any]) -> dict[str, Any]:
    """Return where to send; in a group as a reply, so that it is clear to whom."""
    address = {name: place.get(name) for name in ("chat_id", "message_thread_id")}
    if "reply_to" in place:
        address["reply_parameters"] = {
            "message_id": place["reply_to"],
            "allow_sending_without_reply": True,
        }
    return address


def _plainly(part: Call) -> dict[str, Any]:
    return {"text": part.plain, "reply_markup": part.fields.get("reply_markup")}
