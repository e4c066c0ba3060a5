"""Which pages may speak with the channel, by the origin that their browser names.

Our own page speaks by its cookie. A page on another origin that the operator allowed by name speaks
by a bearer token, because cookies do not travel there. All others are refused.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

REFUSAL = (
    "Pages of this origin may not use Backchat; its operator allows origins by"
    " BACKCHAT_ALLOWED_ORIGINS."
)
_PREFLIGHTED = ("/message", "/session", "/history", "/events", "/data")
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
    "Access-Control-Max-Age": "7200",
}


class Standing(Enum):
    """What a request's origin may do; a request that names none comes from no page at all."""

    OWN = "own"
    ALLOWED = "allowed"
    REFUSED = "refused"


class Origins:
    """Judges requests by origin, and answers preflights.

    Args:
        allowed: Other origins that may embed the widget, as browsers send them.
    """

    def __init__(self, allowed: Collection[str]) -> None:
        self._allowed = frozenset(allowed)

    def standing(self, request: Request) -> Standing:
        """Return what the request's origin may do."""
        origin = request.headers.get("origin")
        if origin is None or origin.partition("://")[2] == request.headers.get("host"):
            return Standing.OWN
        return Standing.ALLOWED if origin in self._allowed else Standing.REFUSED

    def add_to(self, routes: Blueprint, *, except_for: Collection[str]) -> None:
        """Refuse other origins on all routes but those that do so themselves, by their paths."""

        @routes.middleware("request")
        async def guard(request: Request) -> HTTPResponse | None:
            if request.path in except_for or self.standing(request) is not Standing.REFUSED:
                return None
            return respond.json({"error": REFUSAL}, 403)

        async def preflight(_: Request) -> HTTPResponse:
            return respond.empty()

        for path in _PREFLIGHTED:
            name = f"preflight_{path.strip('/')}"
            routes.add_route(preflight, path, methods=["OPTIONS"], name=name)

        routes.middleware("response")(self._add_headers)

    def _add_headers(self, request: Request, answer: HTTPResponse) -> None:
        vary = {part.strip() for part in answer.headers.get("Vary", "").split(",")} - {""}
        answer.headers["Vary"] = ", ".join(sorted(vary | {"Origin"}))
        if self.standing(request) is not Standing.ALLOWED:
            return
        answer.headers["Access-Control-Allow-Origin"] = request.headers["origin"]
        if request.method == "OPTIONS":
            answer.headers.update(_PREFLIGHT)
