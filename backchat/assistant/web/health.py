"""Whether this server is alive, and whether it can serve."""

from __future__ import annotations

import asyncio

from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.future import Engine

from backchat.assistant.database_calls import ask
from backchat.assistant.remote_actions import NoAnswer, RemoteActionEndpoint
from backchat.assistant.shared_state import SharedState
from backchat.assistant.shared_state.connection import RedisDown
from backchat.assistant.tracker_store import BackchatTrackerStore
from backchat.records.engine import check
from backchat.records.errors import RecordsError

LONGEST_SECONDS = 3.0


class Health:
    """``/health``: 200 only when all that a turn needs answers. ``/health/live``: 200 at all.

    A server whose database is down still gives the emergency text, so that people are to be sent
    to it for as long as it is alive.

    Args:
        engine: The records.
        state: What is shared with other servers.
    """

    def __init__(self, engine: Engine, state: SharedState) -> None:
        self._engine = engine
        self._state = state

    def add_to(self, routes: Blueprint) -> None:
        """Add the routes."""

        @routes.get("/health")
        async def ready(request: Request) -> HTTPResponse:
            is_ready = await self._is_ready(request.app)
            status = "ready" if is_ready else "not ready"
            return respond.json({"status": status}, 200 if is_ready else 503)

        @routes.get("/health/live")
        async def live(_: Request) -> HTTPResponse:
            return respond.json({"status": "alive"})

    async def _is_ready(self, app: Sanic) -> bool:
        agent = getattr(app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            return False
        try:
            async with asyncio.timeout(LONGEST_SECONDS):
                await ask(check, self._engine)
                if isinstance(agent.tracker_store, BackchatTrackerStore):
                    await ask(agent.tracker_store.check)
                if isinstance(agent.action_endpoint, RemoteActionEndpoint):
                    await agent.action_endpoint.check()
                await self._state.check()
        except (RecordsError, RedisDown, NoAnswer, TimeoutError):
            return False
        return True
