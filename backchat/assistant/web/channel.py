"""The web channel: ``/chat`` on the Rasa server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.tracker_store import BackchatTrackerStore
from backchat.assistant.web import cookies, errors, memory, pages, rendering
from backchat.assistant.web.data_rights import DataRights
from backchat.assistant.web.events import Events
from backchat.assistant.web.headers import SECURITY_HEADERS
from backchat.assistant.web.output import CHANNEL, WebOutput
from backchat.assistant.web.replies import Replies, Reply
from backchat.assistant.web.requests import BadRequest, MessageRequest, parse, readable
from backchat.assistant.web.safety_gate import SafetyGate
from backchat.assistant.web.sessions import Sessions
from backchat.assistant.web.words import as_words
from backchat.consultation import shared
from backchat.records import queries
from backchat.records.engine import check, open_engine
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog
from backchat.settings import Settings

logger = logging.getLogger(__name__)

TURN_SECONDS = 30
ALWAYS_OFFERED = {"/greet": "", "/start_over": "Start over"}
"""Payloads that the page itself sends, with what a person sees of them."""
LATEST_MESSAGES = 30
"""Buttons older than these can no longer be pressed."""
Turn = Callable[[UserMessage], Awaitable[Any]]


class WebInput(InputChannel):
    """Takes messages from the page and answers them in the same request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._sessions = Sessions(settings.secret())
        self._engine = open_engine(settings.database_url)
        self._log = ConversationLog(self._engine, session_minutes=settings.session_minutes)
        self._gate = SafetyGate(shared(), _domain_responses())
        self._replies = Replies()

    @classmethod
    def name(cls) -> str:
        """Return the channel's name."""
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        """Create the channel; everything it needs is in the settings."""
        return cls(Settings.from_environment())

    def url_prefix(self) -> str:
        """Mount outside ``/webhooks``."""
        return "/chat"

    def blueprint(self, on_new_message: Turn) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("backchat_web")
        routes.middleware("response")(_add_headers)
        pages.add_to(routes)
        routes.listener("before_server_start")(errors.add_to)
        routes.listener("before_server_start")(pages.open_at_root)
        DataRights(self._engine, self._sender, self._replies.forget).add_to(routes)
        Events(self._engine, self._sender).add_to(routes)

        @routes.route("/", methods=["GET", "HEAD"])
        async def page(request: Request) -> HTTPResponse:
            token, _ = self._speaker(request)
            return _remember(await pages.page(), token, request)

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            return await self._message(request, on_new_message)

        @routes.post("/session")
        async def session(request: Request) -> HTTPResponse:
            token, _ = self._sessions.issue()
            return respond.json({"token": token})

        @routes.get("/history")
        async def history(request: Request) -> HTTPResponse:
            return self._history(self._sender(request))

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            return self._health(request.app)

        return routes

    async def _message(self, request: Request, turn: Turn) -> HTTPResponse:
        moment = datetime.now(UTC)
        token, sender = self._speaker(request)
        try:
            if not _same_origin(request):
                raise BadRequest(403, "This origin may not send messages.")
            message = parse(request.headers.get("content-type", ""), request.body)
            shown = message.text or self._title(sender, message.payload or "")
        except BadRequest as error:
            return await self._refuse(error, request.body, moment)
        except RecordsError as error:
            logger.error("A button could not be looked up: %s", type(error).__name__)
            return respond.json({"messages": self._failure()})

        async def answer() -> Reply:
            known = await memory.of(request, sender)
            return await self._answer(message, shown, sender, known, turn, moment)

        reply = await self._replies.once((sender, message.id), answer)
        return _remember(respond.json({"messages": reply.messages}), token, request)

    async def _answer(
        self,
        message: MessageRequest,
        shown: str,
        sender: str,
        known: memory.Memory,
        turn: Turn,
        moment: datetime,
    ) -> Reply:
        timezone = message.timezone or self._settings.timezone.key
        region = message.region or self._settings.region
        alarm = await self._gate.alarm_in(
            message.text or "", now=moment, timezone=timezone, memory=known
        )
        output = WebOutput()
        failed = False
        try:
            self._log.inbound(
                sender, CHANNEL, message.id, shown, moment, region=region, timezone=timezone
            )
            rasa_message = UserMessage(
                message.payload or as_words(message.text or "") or "?",
                output,
                sender,
                input_channel=CHANNEL,
                message_id=message.id,
                metadata={"timezone": timezone, "region": region},
            )
            await asyncio.wait_for(turn(rasa_message), TURN_SECONDS)
        except Exception as error:
            logger.error("A turn failed: %s", type(error).__name__)
            failed = True
        responses = list(output.responses)
        if failed or not responses:
            logger.error("A turn gave no whole answer; the safety gate completed it.")
            failed = True
            responses = self._gate.complete(responses, alarm, region)
        return Reply([rendering.message(response) for response in responses], failed)

    async def _refuse(self, error: BadRequest, body: bytes, moment: datetime) -> HTTPResponse:
        answer: dict[str, Any] = {"error": str(error)}
        heard = readable(body)
        alarm = await self._gate.alarm_in(
            heard.text, now=moment, timezone=heard.timezone or self._settings.timezone.key
        )
        if alarm:
            emergency = self._gate.answer(alarm, heard.region or self._settings.region)
            answer["messages"] = [rendering.message(emergency)]
        return respond.json(answer, status=error.status)

    def _failure(self) -> list[dict[str, Any]]:
        responses = self._gate.complete([], None, self._settings.region)
        return [rendering.message(response) for response in responses]

    def _title(self, sender: str, payload: str) -> str:
        """Return what the person saw on the button that they pressed.

        Raises:
            BadRequest: nobody offered it to them.
        """
        if payload in ALWAYS_OFFERED:
            return ALWAYS_OFFERED[payload]
        for message in reversed(queries.history(self._engine, sender, LATEST_MESSAGES)):
            for button in (message.payload or {}).get("buttons", []):
                if button["payload"] == payload:
                    return str(button["title"])
        raise BadRequest(400, "`payload` must be one that a button offered.")

    def _history(self, sender: str | None) -> HTTPResponse:
        records = queries.history(self._engine, sender) if sender else []
        return respond.json({"messages": rendering.history(records)})

    def _health(self, app: Sanic) -> HTTPResponse:
        agent = getattr(app.ctx, "agent", None)
        ready = agent is not None and agent.is_ready()
        try:
            check(self._engine)
            if agent is not None and isinstance(agent.tracker_store, BackchatTrackerStore):
                agent.tracker_store.check()
        except RecordsError:
            ready = False
        return respond.json({"status": "ready" if ready else "not ready"}, 200 if ready else 503)

    def _sender(self, request: Request) -> str | None:
        return self._sessions.sender_id(request.cookies.get(cookies.NAME) or _bearer(request))

    def _speaker(self, request: Request) -> tuple[str, str]:
        """Return the token and the sender id of a request, new ones where it has none of ours."""
        token = request.cookies.get(cookies.NAME) or _bearer(request) or ""
        sender = self._sessions.sender_id(token)
        return (token, sender) if sender else self._sessions.issue()


def _add_headers(_: Request, answer: HTTPResponse) -> None:
    answer.headers.update(SECURITY_HEADERS)


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else None


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _remember(answer: HTTPResponse, token: str, request: Request) -> HTTPResponse:
    return cookies.remember(answer, token, secure=request.scheme == "https")


def _domain_responses() -> dict[str, list[dict[str, Any]]]:
    domain = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
    responses: dict[str, list[dict[str, Any]]] = domain["responses"]
    return responses
