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
from sanic.response import BaseHTTPResponse
from sqlalchemy.future import Engine

from backchat.assistant.database_calls import ask
from backchat.assistant.shared_state.doorbell import Doorbell
from backchat.assistant.web import rendering
from backchat.assistant.web.streams import OpenStreams, TooManyStreams
from backchat.records import queries
from backchat.records.views import MessageRecord

POLL_SECONDS = 15.0
"""How long a message that another process wrote may take to be pushed; also the time of a ping."""
STREAMS_PER_PERSON = 12
"""How many pages of one person a server pushes to; a browser opens six by itself."""
RETRY_SECONDS = "60"
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Events:
    """``GET /chat/events``: each message of the log that the page does not have yet.

    The log is the mailbox, so that a push reaches the page whichever part of Backchat wrote it; the
    doorbell only says when to look. ``Last-Event-ID`` names the last message that the page has;
    without it the stream begins with what comes next. An ``erased`` event ends a stream whose
    conversation is gone. A stream too many is refused with 429; messages are answered without it.

    Args:
        engine: The conversation log's database.
        sender_of: Who is speaking in a request, or None.
        doorbell: Rings when a message was logged or erased.
        address_of: Where a request comes from.
        per_address: How many streams may be open to one address; 0 for any number.
    """

    def __init__(
        self,
        engine: Engine,
        sender_of: Callable[[Request], str | None],
        doorbell: Doorbell,
        address_of: Callable[[Request], str],
        per_address: int,
    ) -> None:
        self._engine = engine
        self._sender_of = sender_of
        self._doorbell = doorbell
        self._address_of = address_of
        self._per_address = per_address
        self._streams = OpenStreams()
        self._closing = False

    def add_to(self, routes: Blueprint) -> None:
        """Add the route; open streams end when the server stops."""

        @routes.get("/events")
        async def events(request: Request) -> Any:
            sender = self._sender_of(request)
            if sender is None:
                return respond.json({"error": "Nobody is speaking yet: send a message first."}, 401)
            limits = {
                f"person:{sender}": STREAMS_PER_PERSON,
                f"address:{self._address_of(request)}": self._per_address,
            }
            try:
                with self._streams.one_more(limits):
                    await self._open(request, sender)
            except TooManyStreams:
                refusal = {"error": "Too many pages are open: close one of them."}
                return respond.json(refusal, 429, {"Retry-After": RETRY_SECONDS})
            return None

        @routes.listener("before_server_stop")
        async def end_streams(_app: Any, _loop: Any) -> None:
            self._closing = True
            self._doorbell.ring_all()

    async def _open(self, request: Request, sender: str) -> None:
        last = _number(request.headers.get("last-event-id", ""))
        if last is None:
            last = _newest(await ask(queries.history, self._engine, sender))
        stream = await request.respond(content_type="text/event-stream", headers=_HEADERS)
        with self._doorbell.listening(sender) as bell:
            await self._push(sender, last, stream, bell)
        await stream.eof()

    async def _push(
        self, sender: str, last: int, stream: BaseHTTPResponse, bell: asyncio.Event
    ) -> None:
        await stream.send(": open\n\n")
        while not self._closing:
            bell.clear()
            records = await ask(queries.history, self._engine, sender)
            if last and not records:
                await stream.send("event: erased\ndata: {}\n\n")
                return
            for message in rendering.history(each for each in records if each.id > last):
                data = json.dumps(message)
                await stream.send(f"id: {message['id']}\nevent: message\ndata: {data}\n\n")
            last = _newest(records)
            try:
                await asyncio.wait_for(bell.wait(), POLL_SECONDS)
            except TimeoutError:
                await stream.send(": ping\n\n")


def _newest(records: list[MessageRecord]) -> int:
    return max((record.id for record in records), default=0)


def _number(event_id: str) -> int | None:
    return int(event_id) if re.fullmatch(r"[0-9]{1,18}", event_id) else None
