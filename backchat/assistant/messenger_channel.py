"""A messenger as a channel of Rasa's server."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any, Protocol

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant import pictures
from backchat.assistant.courier import SendingFailed
from backchat.assistant.messenger import Messenger
from backchat.assistant.tasks import Tasks
from backchat.assistant.turns import Handle

logger = logging.getLogger(__name__)

LONGEST_REQUEST_BYTES = 1 << 20


class Api(Protocol):
    """A messenger's API."""

    async def call(self, method: str, fields: Mapping[str, Any]) -> Any:
        """Call a method and return its result.

        Raises:
            SendingFailed: it was not taken.
        """

    async def close(self) -> None:
        """Close the connections."""


class MessengerInput(InputChannel):
    """What the channels of all messengers do alike; each adds the addresses that it is posted to.

    Args:
        api: The messenger's API.
        messenger: Takes what people say.
        region: Whose phone numbers to give where no person's are known.
    """

    def __init__(self, api: Api, messenger: Messenger, region: str | None) -> None:
        self._api = api
        self._messenger = messenger
        self._region = region
        self._background = Tasks()

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return the routes, mounted at ``/webhooks/<name>``."""
        routes = Blueprint(f"backchat_{self.name()}")

        @routes.get("/")
        async def status(_: Request) -> HTTPResponse:
            return respond.json({"status": "ok"})

        @routes.listener("before_server_start")
        async def connect(app: Sanic, _: Any) -> None:
            self._messenger.connect(app, on_new_message)

        @routes.listener("after_server_start")
        async def begin(_app: Sanic, _loop: Any) -> None:
            self._background.start(pictures.prepare())

        @routes.listener("before_server_stop")
        async def stop(_app: Sanic, _loop: Any) -> None:
            await self._messenger.disconnect()
            await self._background.stop()
            await self._api.close()

        return routes

    async def _try(self, method: str, fields: Mapping[str, Any]) -> None:
        """Make a call that nothing depends on."""
        try:
            await self._api.call(method, fields)
        except SendingFailed as error:
            logger.warning("%s", error)

    def _notice(self, name: str) -> str:
        """Return the text of a response that is shown beside the conversation."""
        return str(self._messenger.wording.say(name, self._region)["text"])
