"""Errors as JSON, wherever they come up: Sanic's own pages repeat the address and our versions."""

from __future__ import annotations

import logging
from typing import Any

from sanic import Sanic
from sanic import response as respond
from sanic.exceptions import InvalidUsage, SanicException, ServiceUnavailable
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.web.headers import headers_of

logger = logging.getLogger(__name__)

_UNREADABLE = "NONE"
"""What Sanic takes for the method of a request whose head it cannot read."""
_MESSAGES = {404: "There is nothing at this address.", 405: "This address does not do that."}


async def add_to(app: Sanic, _loop: Any) -> None:
    """Answer the app's errors; a blueprint by itself sees only those of its own routes."""
    app.exception(Exception)(answer)


def answer(request: Request, error: Exception) -> HTTPResponse:
    """Return the error as JSON; words are never logged."""
    if request.method == _UNREADABLE and not isinstance(error, SanicException):
        error = InvalidUsage("The request cannot be read.")
    status = getattr(error, "status_code", 500) if isinstance(error, SanicException) else 500
    if isinstance(error, ServiceUnavailable):
        logger.info("%s %s was given up before its answer.", request.method, request.path)
        message = "The request was given up."
    elif status >= 500:
        logger.error("%s %s failed: %s", request.method, request.path, type(error).__name__)
        message = "Something failed here."
    else:
        message = _MESSAGES.get(status, str(error))
    own_headers = getattr(error, "headers", None) or {}
    return respond.json(
        {"error": message}, status, headers={**own_headers, **headers_of(request.path)}
    )
