"""The cookie that holds a speaker's token."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

NAME = "backchat_session"
LIFETIME_SECONDS = 400 * 24 * 3600


def token(request: Request) -> str | None:
    """Return the token that the browser kept, or None.

    Sanic's own reading of cookies stops, or fails, at what other programs of the same host may have
    left in the browser.
    """
    for cookie in request.headers.get("cookie", "").split(";"):
        name, _, value = cookie.partition("=")
        if name.strip() == NAME:
            return str(value.strip().strip('"'))
    return None


def remember(answer: HTTPResponse, token: str, *, secure: bool) -> HTTPResponse:
    """Have the browser keep the token."""
    return _set(answer, token, LIFETIME_SECONDS, secure)


def expire(answer: HTTPResponse, *, secure: bool) -> HTTPResponse:
    """Have the browser forget the token."""
    return _set(answer, "", 0, secure)


def _set(answer: HTTPResponse, value: str, seconds: int, secure: bool) -> HTTPResponse:
    answer.cookies[NAME] = value
    cookie = answer.cookies[NAME]
    cookie["httponly"] = True
    cookie["samesite"] = "Lax"
    cookie["path"] = "/chat"
    cookie["max-age"] = seconds
    cookie["secure"] = secure
    return answer
