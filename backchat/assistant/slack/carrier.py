"""Makes the calls that say a response on Slack."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from typing import Any

from backchat.assistant.courier import Refused, SendingFailed
from backchat.assistant.portable import Document
from backchat.assistant.slack import rendering
from backchat.assistant.slack.api import WebApi
from backchat.assistant.slack.rendering import Block, Post
from backchat.records.deliveries import Response

logger = logging.getLogger(__name__)

DRAWING_SECONDS = 5
"""How long words wait for their drawing."""
PROCESSING_SECONDS = (1, 2)
"""How long Slack is given to process a file before it is shown, where it says it cannot."""

Draw = Callable[[str], bytes]
"""From a stretch to its moving drawing, a GIF."""


class SlackCarrier:
    """Posts messages. A drawing is uploaded once; after that Slack has it by its id.

    Args:
        api: The Web API.
        draw: Makes the drawings.
    """

    def __init__(self, api: WebApi, draw: Draw) -> None:
        self._api = api
        self._draw = draw
        self._uploaded: dict[str, str] = {}

    def parts(self, response: Response) -> list[Post]:
        """Return the messages that a response takes."""
        return rendering.posts(response)

    async def send(self, place: Mapping[str, Any], part: Post) -> str | None:
        """Post one message; return its ``ts`` if it has buttons.

        A message that Slack refuses is posted without its picture, then without blocks: no words
        are lost for the sake of their form.

        Raises:
            SendingFailed: it was not taken.
        """
        if part.document is not None:
            try:
                await self._share(place, part, part.document)
                return None
            except Refused as error:
                logger.error("A message is posted without its file: %s", error)
        if part.stretch or part.image:
            try:
                return await self._post_with_picture(place, part)
            except Refused as error:
                logger.warning("A message is posted without its picture: %s", error)
        try:
            return await self._post(place, part)
        except Refused as error:
            logger.error("A message is posted without blocks: %s", error)
        fields = {**_address(place), "text": part.without_blocks}
        sent = await self._api.call("chat.postMessage", fields)
        return str(sent["ts"]) if part.has_buttons else None

    async def _share(self, place: Mapping[str, Any], part: Post, document: Document) -> None:
        """Post a file with the message as its comment.

        Raises:
            Refused: not this file.
            SendingFailed: not now.
        """
        shared = {
            "channel_id": place["channel"],
            "thread_ts": place.get("thread_ts"),
            "initial_comment": part.text,
        }
        await self._api.upload(document.name, document.content, shared)

    async def _post_with_picture(self, place: Mapping[str, Any], part: Post) -> str | None:
        """Post a message with its picture.

        Raises:
            Refused: not with this picture.
            SendingFailed: not now.
        """
        if part.stretch is None:
            return await self._post(place, part, part.image)
        is_fresh = part.stretch not in self._uploaded
        image = rendering.drawing(await self._file(part.stretch), part.alt)
        for wait in PROCESSING_SECONDS if is_fresh else ():
            try:
                return await self._post(place, part, image)
            except Refused:
                await asyncio.sleep(wait)
        try:
            return await self._post(place, part, image)
        except Refused:
            del self._uploaded[part.stretch]
            raise

    async def _post(
        self, place: Mapping[str, Any], part: Post, image: Block | None = None
    ) -> str | None:
        blocks = [*_addressed(place), *([image] if image else []), *part.blocks]
        fields = {
            **_address(place),
            "text": part.text,
            "blocks": blocks,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        sent = await self._api.call("chat.postMessage", fields)
        return str(sent["ts"]) if part.has_buttons else None

    async def _file(self, stretch: str) -> str:
        """Return the id of a stretch's drawing.

        Raises:
            Refused: there is none.
        """
        known = self._uploaded.get(stretch)
        if known is not None:
            return known
        try:
            content = await asyncio.wait_for(
                asyncio.to_thread(self._draw, stretch), DRAWING_SECONDS
            )
            file_id = await self._api.upload(f"{stretch}.gif", content)
        except SendingFailed as error:
            raise Refused(str(error)) from error
        except Exception as error:
            raise Refused(f"the drawing: {type(error).__name__}") from error
        self._uploaded[stretch] = file_id
        return file_id


def _address(place: Mapping[str, Any]) -> dict[str, Any]:
    return {name: place.get(name) for name in ("channel", "thread_ts")}


def _addressed(place: Mapping[str, Any]) -> list[Block]:
    """Return the line that says to whom, where others are listening."""
    return [rendering.note(f"<@{place['user']}>")] if place.get("shared") else []
