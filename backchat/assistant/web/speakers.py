"""Who is speaking in a request."""

from __future__ import annotations

from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.web import cookies
from backchat.assistant.web.addresses import Addresses
from backchat.assistant.web.origins import Origins, Standing
from backchat.assistant.web.sessions import Sessions


class Speakers:
    """Finds the speaker's token: in the cookie on our own page, elsewhere in a bearer header.

    Args:
        sessions: Issues and checks tokens.
        origins: Tells our own page from others.
        addresses: Tells whether the browser speaks HTTPS.
    """

    def __init__(self, sessions: Sessions, origins: Origins, addresses: Addresses) -> None:
        self._sessions = sessions
        self._origins = origins
        self._addresses = addresses

    def sender(self, request: Request) -> str | None:
        """Return the sender id of the speaker, or None for a stranger."""
        return self._sessions.sender_id(self._token(request))

    def welcome(self, request: Request) -> tuple[str, str]:
        """Return the speaker's token and sender id, new ones for a stranger."""
        token = self._token(request) or ""
        sender = self._sessions.sender_id(token)
        return (token, sender) if sender else self._sessions.issue()

    def new_token(self) -> str:
        """Return the token of a new speaker."""
        return self._sessions.issue()[0]

    def remember(self, answer: HTTPResponse, token: str, request: Request) -> HTTPResponse:
        """Have the browser keep the token, where its cookie would come back to us."""
        if self._origins.standing(request) is not Standing.OWN:
            return answer
        return cookies.remember(answer, token, secure=self._addresses.is_encrypted(request))

    def _token(self, request: Request) -> str | None:
        standing = self._origins.standing(request)
        if standing is Standing.REFUSED:
            return None
        cookie = cookies.token(request) if standing is Standing.OWN else None
        return cookie or _bearer(request)


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else None
