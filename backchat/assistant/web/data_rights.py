"""What is held about a person: shown to them, and erased when they ask."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.future import Engine

from backchat.assistant.web import cookies
from backchat.records.privacy import delete_person, export_person


class DataRights:
    """``GET`` and ``DELETE /chat/data``.

    Args:
        engine: The conversation log's database.
        sender_of: Who is speaking in a request, or None.
        forget: Drops what the channel itself remembers of a sender.
    """

    def __init__(
        self,
        engine: Engine,
        sender_of: Callable[[Request], str | None],
        forget: Callable[[str], None],
    ) -> None:
        self._engine = engine
        self._sender_of = sender_of
        self._forget = forget

    def add_to(self, routes: Blueprint) -> None:
        """Add the two routes."""

        @routes.get("/data")
        async def export(request: Request) -> HTTPResponse:
            sender = self._sender_of(request)
            return respond.json(export_person(self._engine, sender) if sender else {})

        @routes.delete("/data")
        async def erase(request: Request) -> HTTPResponse:
            return await self._erase(request)

    async def _erase(self, request: Request) -> HTTPResponse:
        sender = self._sender_of(request)
        if sender is None:
            return respond.json({"deleted": {}})
        await _forget_conversation(request.app, sender)
        self._forget(sender)
        answer = respond.json({"deleted": asdict(delete_person(self._engine, sender))})
        return cookies.expire(answer, secure=request.scheme == "https")


async def _forget_conversation(app: Sanic, sender: str) -> None:
    await app.ctx.agent.tracker_store.delete(sender)
