"""Errors under ``/chat`` as JSON, like every other answer there."""

from __future__ import annotations

import logging
from typing import Any

from sanic import Sanic
from sanic import response as respond
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.web.headers import SECURITY_HEADERS

logger = logging.getLogger(__name__)

PREFIX = "/chat"
_MESSAGES = {404: "There is nothing at this address.", 405: "This address does not do that."}


async def add_to(app: Sanic, _loop: Any) -> None:
    """Answer the app's errors; a blueprint by itself sees only those of its own routes."""
    app.exception(Exception)(answer)


def answer(request: Request, error: Exception) -> HTTPResponse | None:
    """Return the error as JSON, or None for a path outside ``/chat``; words are never logged."""
    if request.path != PREFIX and not request.path.startswith(f"{PREFIX}/"):
        return None
    status = getattr(error, "status_code", 500) if isinstance(error, SanicException) else 500
    if status >= 500:
        logger.error("%s %s failed: %s", request.method, request.path, type(error).__name__)
        message = "Something failed here."
    else:
        message = _MESSAGES.get(status, str(error))
    own_headers = getattr(error, "headers", None) or {}
    return respond.json({"error": message}, status, headers={**own_headers, **SECURITY_HEADERS})
