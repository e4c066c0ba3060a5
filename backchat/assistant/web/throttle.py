"""Refuses what comes too fast, from one person or from one address."""

from __future__ import annotations

from collections.abc import Collection

from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.shared_state.limits import Limiter, whole_seconds
from backchat.assistant.web.addresses import Addresses
from backchat.assistant.web.requests import BadRequest

TOO_MANY = 429


class TooMany(BadRequest):
    """The request comes too early.

    Attributes:
        seconds: When it may come again.
    """

    def __init__(self, seconds: int) -> None:
        super().__init__(TOO_MANY, f"That was too much at once: try again in {seconds} s.")
        self.seconds = seconds


class Throttle:
    """Counts requests.

    Args:
        limiter: Where they are counted.
        addresses: Tells where they come from.
        per_person: How many messages one person may send in a minute; 0 for any number.
        per_address: How many requests may come from one address in a minute; 0 for any number.
    """

    def __init__(
        self, limiter: Limiter, addresses: Addresses, per_person: int, per_address: int
    ) -> None:
        self._limiter = limiter
        self._addresses = addresses
        self._per_person = per_person
        self._per_address = per_address

    async def check_message(self, request: Request, sender: str) -> None:
        """Count a message.

        Raises:
            TooMany: it comes too early.
        """
        await self._check_address(request)
        await self._count(f"person:{sender}", self._per_person)

    def add_to(self, routes: Blueprint, *, paths: Collection[str]) -> None:
        """Count requests for some paths by their address, and refuse those that are too many."""

        @routes.middleware("request")
        async def guard(request: Request) -> HTTPResponse | None:
            if request.path not in paths or request.method == "OPTIONS":
                return None
            try:
                await self._check_address(request)
            except TooMany as error:
                return refusal({"error": str(error)}, error)
            return None

    async def _check_address(self, request: Request) -> None:
        await self._count(f"address:{self._addresses.of(request)}", self._per_address)

    async def _count(self, key: str, per_minute: int) -> None:
        if per_minute and (wait := await self._limiter.wait(key, per_minute)):
            raise TooMany(whole_seconds(wait))


def refusal(answer: dict[str, object], error: BadRequest) -> HTTPResponse:
    """Return the answer to a request that is refused."""
    headers = {"Retry-After": str(error.seconds)} if isinstance(error, TooMany) else {}
    return respond.json(answer, status=error.status, headers=headers)
