"""Custom actions on servers of their own."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from aiohttp import ClientError, ClientSession, ClientTimeout
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

logger = logging.getLogger(__name__)

ANSWER_SECONDS = 5.0
"""How long one server may take over an action; they take hundredths of a second."""
CHECK_SECONDS = 1.0
REST_SECONDS = 10.0
"""For how long a server that did not answer is asked last."""
FIRST_ERROR_STATUS = 400
NO_TIMEOUT = ClientTimeout()
"""That of aiohttp 3.9 leaves its task marked as cancelled, which breaks any timeout around it."""


class NoAnswer(Exception):
    """A server could not be reached, or took too long."""


class RemoteActionEndpoint(EndpointConfig):
    """Asks one action server after the other, until one answers.

    What an action writes it writes once however often it runs, so that it may be asked for again.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        super().__init__(url=urls[0], enable_selective_domain=True)
        self._urls = deque(urls)
        self._resting_until: dict[str, float] = {}

    async def request(
        self,
        method: str = "post",
        subpath: str | None = None,
        content_type: str | None = "application/json",
        compress: bool = False,
        **kwargs: Any,
    ) -> Any:
        """Have the action run that ``kwargs["json"]`` asks for.

        Raises:
            ClientResponseError: it was rejected, or failed on its server.
            NoAnswer: no server answered.
        """
        *others, last = self._in_order()
        for url in others:
            try:
                return await self._ask(url, kwargs["json"])
            except NoAnswer:
                continue
        return await self._ask(last, kwargs["json"])

    async def check(self) -> None:
        """See that one server answers.

        Raises:
            NoAnswer: none does.
        """
        for url in self._in_order():
            if await _is_up(urljoin(url, "/health")):
                return
        raise NoAnswer("No action server answers.")

    def _in_order(self) -> list[str]:
        """Return whom to ask: in turn, and those that did not answer lately at the end."""
        self._urls.rotate(-1)
        now = time.monotonic()
        return sorted(self._urls, key=lambda url: self._resting_until.get(url, 0) > now)

    async def _ask(self, url: str, body: Any) -> Any:
        """Ask one server.

        Raises:
            NoAnswer: there was none.
            ClientResponseError: the answer is an error.
        """
        try:
            async with (
                asyncio.timeout(ANSWER_SECONDS),
                ClientSession(timeout=NO_TIMEOUT) as session,
                session.post(url, json=body) as answer,
            ):
                text = await answer.text()
        except (ClientError, TimeoutError) as error:
            logger.warning("An action server did not answer: %s", type(error).__name__)
            self._resting_until[url] = time.monotonic() + REST_SECONDS
            raise NoAnswer(type(error).__name__) from error
        if answer.status >= FIRST_ERROR_STATUS:
            raise ClientResponseError(answer.status, answer.reason or "", text)
        return json.loads(text)


async def _is_up(url: str) -> bool:
    try:
        async with (
            asyncio.timeout(CHECK_SECONDS),
            ClientSession(timeout=NO_TIMEOUT) as session,
            session.get(url) as answer,
        ):
            return bool(answer.ok)
    except (ClientError, TimeoutError):
        return False
