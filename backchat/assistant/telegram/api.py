"""Telegram's Bot API over HTTP: one call, and what its errors mean for a message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import aiohttp

from backchat.assistant.courier import Blocked, Refused, SendingFailed, TryLater
from backchat.assistant.portable import Document
from backchat.settings import TelegramSettings

_GONE = ("chat not found", "user is deactivated", "bot was blocked", "bot was kicked", "PEER_ID")
_UNAUTHORIZED = frozenset({401, 404})


class BotApi:
    """Calls methods of one bot. Nothing is connected before the first call.

    Args:
        settings: The token, and where the API is.
        seconds: After how long a call has failed.
    """

    def __init__(self, settings: TelegramSettings, seconds: float) -> None:
        self._url = f"{settings.api_url.rstrip('/')}/bot{settings.token}"
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self, method: str, fields: Mapping[str, Any], files: Mapping[str, Document] | None = None
    ) -> Any:
        """Call a method and return its result.

        Args:
            method: The method's name.
            fields: Its fields; what is None is left out.
            files: Files to upload, by field.

        Raises:
            SendingFailed: Telegram did not take it; the text holds nothing of the fields.
        """
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        given = {name: value for name, value in fields.items() if value is not None}
        content = {"data": _form(given, files)} if files else {"json": given}
        try:
            async with self._session.post(f"{self._url}/{method}", **content) as answer:
                body = await answer.read()
                status = answer.status
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(f"{method}: {type(error).__name__}") from None
        return _result(method, status, body)

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _form(fields: Mapping[str, Any], files: Mapping[str, Document]) -> aiohttp.FormData:
    form = aiohttp.FormData()
    for name, value in fields.items():
        form.add_field(name, value if isinstance(value, str) else json.dumps(value))
    for name, file in files.items():
        form.add_field(name, file.content, filename=file.name, content_type=file.media_type)
    return form


def _result(method: str, status: int, body: bytes) -> Any:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = {}
    if not isinstance(answer, dict):
        answer = {}
    if status == 200 and answer.get("ok"):
        return answer.get("result")
    raise _failure(method, status, answer)


def _failure(method: str, status: int, answer: Mapping[str, Any]) -> SendingFailed:
    """Return what an error means; of its description only what cannot repeat the message."""
    description = ": ".join(str(answer.get("description", "")).split(": ")[:2])
    why = f"{method}: {status} {description}".rstrip()
    if status == 429:
        seconds = (answer.get("parameters") or {}).get("retry_after")
        return TryLater(why, seconds if isinstance(seconds, int | float) else None)
    if status == 403 or any(words in description for words in _GONE):
        return Blocked(why)
    if status >= 500 or status in _UNAUTHORIZED:
        return TryLater(why)
    return Refused(why)
