"""Slack's Web API over HTTP: one call, and what its errors mean for a message."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import aiohttp

from backchat.assistant.courier import Blocked, Refused, SendingFailed, TryLater
from backchat.settings import SlackSettings

_GONE = frozenset(
    {
        "cannot_dm_bot",
        "channel_is_archived",
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "user_disabled",
        "user_not_found",
    }
)
"""The person or the place is not there for us any more."""
_PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
    }
)
_OF_THE_APP = frozenset(
    {
        "access_denied",
        "account_inactive",
        "invalid_auth",
        "messages_tab_disabled",
        "missing_scope",
        "not_authed",
        "token_expired",
        "token_revoked",
    }
)
"""Whoever runs the app can mend these while the message waits."""


class WebApi:
    """Calls methods with one bot token. Nothing is connected before the first call.

    Args:
        settings: The token, and where the API is.
        seconds: After how long a call has failed.
    """

    def __init__(self, settings: SlackSettings, seconds: float) -> None:
        self._url = settings.api_url.rstrip("/")
        self._token = settings.bot_token
        self._timeout = aiohttp.ClientTimeout(total=seconds)
        self._session: aiohttp.ClientSession | None = None

    async def call(self, method: str, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Call a method and return its answer.

        Args:
            method: The method's name.
            fields: Its fields; what is None is left out.

        Raises:
            SendingFailed: Slack did not take it; the text holds nothing of the fields.
        """
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in fields.items()
            if value is not None
        }
        headers = {"Authorization": f"Bearer {self._token}"}
        status, body, wait = await self._post(method, f"{self._url}/{method}", form, headers)
        try:
            answer = json.loads(body)
        except ValueError:
            answer = None
        if not isinstance(answer, dict):
            answer = {}
        if status == 200 and answer.get("ok") is True:
            return answer
        raise failure(method, status, answer.get("error"), wait)

    async def upload(
        self, name: str, content: bytes, shared: Mapping[str, Any] | None = None
    ) -> str:
        """Upload a file and return its id.

        Args:
            name: The file's name.
            content: What is in it.
            shared: ``channel_id``, ``thread_ts`` and ``initial_comment`` where it is posted at
                once; without it the file is shared nowhere yet.

        Raises:
            SendingFailed: Slack did not take it.
        """
        place = await self.call(
            "files.getUploadURLExternal", {"filename": name, "length": len(content)}
        )
        status, _, wait = await self._post("upload", place["upload_url"], content, {})
        if status != 200:
            raise failure("upload", status, None, wait)
        file_id = str(place["file_id"])
        fields = {"files": [{"id": file_id, "title": name}], **(shared or {})}
        await self.call("files.completeUploadExternal", fields)
        return file_id

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _post(
        self, method: str, url: str, data: Mapping[str, str] | bytes, headers: Mapping[str, str]
    ) -> tuple[int, bytes, str]:
        """Return status, body and the header ``Retry-After``."""
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=self._timeout)
        try:
            async with self._session.post(url, data=data, headers=headers) as answer:
                return answer.status, await answer.read(), answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryLater(f"{method}: {type(error).__name__}") from None


def failure(method: str, status: int, error: Any, wait: str) -> SendingFailed:
    """Return what an error means; of Slack's explanation only its code."""
    code = error if isinstance(error, str) and re.fullmatch(r"[a-z_]{1,60}", error) else ""
    why = f"{method}: {status} {code}".rstrip()
    if status == 429 or code in _PASSING:
        return TryLater(why, float(wait) if re.fullmatch(r"[0-9]{1,5}", wait) else None)
    if status >= 500 or code in _OF_THE_APP:
        return TryLater(why)
    if code in _GONE:
        return Blocked(why)
    return Refused(why)
