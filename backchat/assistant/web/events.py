"""Pushes to an open page: what is said in the conversation, as server-sent events."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from sanic import Blueprint
from sanic import response as respond
from sanic.request import Request
from sanic.response import ResponseStream
from sqlalchemy.future import Engine

from backchat.assistant.database_calls import ask
from backchat.assistant.shared_state.doorbell import Doorbell
from backchat.assistant.web import rendering
from backchat.records import queries
from backchat.records.views import MessageRecord

POLL_SECONDS = 15.0
"""How long a message that another process wrote may take to be pushed; also the time of a ping."""
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Events:
    """``GET /chat/events``: each message of the log that the page does not have yet.

    The log is the mailbox, so that a push reaches the page whichever part of Backchat wrote it; the
    doorbell only says when to look. ``Last-Event-ID`` names the last message that the page has;
    without it the stream begins with what comes next. An ``erased`` event ends a stream whose
    conversation is gone.

    Args:
        engine: The conversation log's database.
        sender_of: Who is speaking in a request, or None.
        doorbell: Rings when a message was logged or erased.
    """

    def __init__(
        self, engine: Engine, sender_of: Callable[[Request], str | None], doorbell: Doorbell
    ) -> None:
        self._engine = engine
        self._sender_of = sender_of
        self._doorbell = doorbell
        self._closing = False

    def add_to(self, routes: Blueprint) -> None:
        """Add the route; open streams end when the server stops."""

        @routes.get("/events")
        async def events(request: Request) -> Any:
            sender = self._sender_of(request)
            if sender is None:
                return respond.json({"error": "Nobody is speaking yet: send a message first."}, 401)
            last = _number(request.headers.get("last-event-id", ""))
            if last is None:
                last = _newest(await ask(queries.history, self._engine, sender))

            async def push(stream: Any) -> None:
                with self._doorbell.listening(sender) as bell:
                    await self._push(sender, last, stream, bell)

            return respond.stream(push, content_type="text/event-stream", headers=_HEADERS)

        @routes.listener("before_server_stop")
        async def end_streams(_app: Any, _loop: Any) -> None:
            self._closing = True
            self._doorbell.ring_all()

    async def _push(
        self, sender: str, last: int, stream: ResponseStream, bell: asyncio.Event
    ) -> None:
        await stream.write(": open\n\n")
        while not self._closing:
            bell.clear()
            records = await ask(queries.history, self._engine, sender)
            if last and not records:
                await stream.write("event: erased\ndata: {}\n\n")
                return
            for message in rendering.history(each for each in records if each.id > last):
                data = json.dumps(message)
                await stream.write(f"id: {message['id']}\nevent: message\ndata: {data}\n\n")
            last = _newest(records)
            try:
                await asyncio.wait_for(bell.wait(), POLL_SECONDS)
            except TimeoutError:
                await stream.write(": ping\n\n")


def _newest(records: list[MessageRecord]) -> int:
    return max((record.id for record in records), default=0)


def _number(event_id: str) -> int | None:
    return int(event_id) if re.fullmatch(r"[0-9]{1,18}", event_id) else None
