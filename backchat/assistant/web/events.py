"""Pushes to an open page: what is said in the conversation, as server-sent events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import ResponseStream
from sqlalchemy.future import Engine

from backchat.assistant.web import rendering
from backchat.records import queries

POLL_SECONDS = 2.0
PING_EVERY = 8
LATEST = 30
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Events:
    """``GET /chat/events``: each message of the log that is newer than the opening of the stream.

    The log is the mailbox, so that a push reaches the page whichever part of Backchat wrote it.

    Args:
        engine: The conversation log's database.
        sender_of: Who is speaking in a request, or None.
    """

    def __init__(self, engine: Engine, sender_of: Callable[[Request], str | None]) -> None:
        self._engine = engine
        self._sender_of = sender_of

    def add_to(self, routes: Blueprint) -> None:
        """Add the route."""

        @routes.get("/events")
        async def events(request: Request) -> Any:
            sender = self._sender_of(request)
            if sender is None:
                return respond.json({"error": "Nobody is speaking yet: send a message first."}, 401)

            async def push(stream: Any) -> None:
                await self._push(sender, stream)

            return respond.stream(push, content_type="text/event-stream", headers=_HEADERS)

    async def _push(self, sender: str, stream: ResponseStream) -> None:
        newest = self._newest(sender)
        await stream.write(": open\n\n")
        rounds = 0
        while True:
            await asyncio.sleep(POLL_SECONDS)
            rounds += 1
            records = queries.history(self._engine, sender, limit=LATEST)
            fresh = [record for record in records if record.id > newest]
            for message in rendering.history(fresh):
                await stream.write(f"event: message\ndata: {json.dumps(message)}\n\n")
            newest = max((record.id for record in fresh), default=newest)
            if rounds % PING_EVERY == 0:
                await stream.write(": ping\n\n")

    def _newest(self, sender: str) -> int:
        return max((each.id for each in queries.history(self._engine, sender, limit=1)), default=0)
