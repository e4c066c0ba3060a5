"""What is held about a person: shown to them, and erased when they ask."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict

from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant import erasure
from backchat.assistant.web import cookies
from backchat.records.personal_data import PersonalData


class DataRights:
    """``GET`` and ``DELETE /chat/data``.

    Args:
        personal_data: What is held about people.
        sender_of: Who is speaking in a request, or None.
        forget: Drops what the channel itself remembers of a sender.
    """

    def __init__(
        self,
        personal_data: PersonalData,
        sender_of: Callable[[Request], str | None],
        forget: Callable[[str], None],
    ) -> None:
        self._personal_data = personal_data
        self._sender_of = sender_of
        self._forget = forget

    def add_to(self, routes: Blueprint) -> None:
        """Add the two routes."""

        @routes.get("/data")
        async def export(request: Request) -> HTTPResponse:
            sender = self._sender_of(request)
            if sender is None:
                return respond.json({})
            return respond.json(await asyncio.to_thread(self._personal_data.export, sender))

        @routes.delete("/data")
        async def erase(request: Request) -> HTTPResponse:
            return await self._erase(request)

    async def _erase(self, request: Request) -> HTTPResponse:
        sender = self._sender_of(request)
        if sender is None:
            return respond.json({"deleted": {}})
        deleted = await erasure.erase(request.app.ctx.agent, self._personal_data, sender)
        self._forget(sender)
        answer = respond.json({"deleted": asdict(deleted)})
        return cookies.expire(answer, secure=request.scheme == "https")
