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

from backchat.assistant.web import pages, rendering
from backchat.assistant.web.data_rights import DataRights
from backchat.assistant.web.headers import SECURITY_HEADERS
from backchat.assistant.web.output import CHANNEL, WebOutput
from backchat.assistant.web.replies import Replies
from backchat.assistant.web.requests import BadRequest, MessageRequest, parse
from backchat.assistant.web.safety_gate import SafetyGate
from backchat.assistant.web.sessions import Sessions
from backchat.consultation import shared
from backchat.records import queries
from backchat.records.engine import check, open_engine
from backchat.records.errors import RecordsError
from backchat.records.log import ConversationLog
from backchat.settings import Settings

logger = logging.getLogger(__name__)

COOKIE = "backchat_session"
COOKIE_SECONDS = 400 * 24 * 3600
TURN_SECONDS = 30
ALWAYS_OFFERED = frozenset({"/greet", "/start_over"})
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
        DataRights(self._engine, self._sender).add_to(routes)

        @routes.get("/")
        async def page(request: Request) -> HTTPResponse:
            token, _ = self._speaker(request)
            return self._remember(await pages.page(), token, request)

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
        if not _same_origin(request):
            return respond.json({"error": "This origin may not send messages."}, status=403)
        token, sender = self._speaker(request)
        try:
            message = parse(request.headers.get("content-type", ""), request.body)
            if message.payload and not self._was_offered(sender, message.payload):
                raise BadRequest(400, "`payload` must be one that a button offered.")
        except BadRequest as error:
            return self._refuse(error, moment)
        messages = await self._replies.once(
            (sender, message.id), lambda: self._answer(message, sender, turn, moment)
        )
        return self._remember(respond.json({"messages": messages}), token, request)

    async def _answer(
        self, message: MessageRequest, sender: str, turn: Turn, moment: datetime
    ) -> list[dict[str, Any]]:
        timezone = message.timezone or self._settings.timezone.key
        region = message.region or self._settings.region
        words = message.text or ""
        alarm = self._gate.alarm_in(words, now=moment, timezone=timezone) if words else None
        output = WebOutput()
        try:
            self._log.inbound(
                sender, CHANNEL, message.id, message.text or message.payload or "", moment,
                region=region, timezone=timezone,
            )  # fmt: skip
            rasa_message = UserMessage(
                message.payload or _as_words(words),
                output,
                sender,
                input_channel=CHANNEL,
                message_id=message.id,
                metadata={"timezone": timezone, "region": region},
            )
            await asyncio.wait_for(turn(rasa_message), TURN_SECONDS)
        except Exception as error:
            logger.error("A turn failed: %s", type(error).__name__)
            output.responses.clear()
        if not output.responses:
            logger.error("A turn gave no answer; the safety gate answered.")
        responses = output.responses or [self._gate.answer(alarm, region)]
        return [rendering.message(response) for response in responses]

    def _refuse(self, error: BadRequest, moment: datetime) -> HTTPResponse:
        body: dict[str, Any] = {"error": str(error)}
        if error.text:
            alarm = self._gate.alarm_in(
                error.text, now=moment, timezone=self._settings.timezone.key
            )
            if alarm:
                emergency = self._gate.answer(alarm, self._settings.region)
                body["messages"] = [rendering.message(emergency)]
        return respond.json(body, status=error.status)

    def _was_offered(self, sender: str, payload: str) -> bool:
        return payload in ALWAYS_OFFERED or any(
            button["payload"] == payload
            for message in queries.history(self._engine, sender)
            for button in (message.payload or {}).get("buttons", [])
        )

    def _history(self, sender: str | None) -> HTTPResponse:
        records = queries.history(self._engine, sender) if sender else []
        return respond.json({"messages": rendering.history(records)})

    def _health(self, app: Sanic) -> HTTPResponse:
        agent = getattr(app.ctx, "agent", None)
        ready = agent is not None and agent.is_ready()
        try:
            check(self._engine)
        except RecordsError:
            ready = False
        return respond.json({"status": "ready" if ready else "not ready"}, 200 if ready else 503)

    def _sender(self, request: Request) -> str | None:
        return self._sessions.sender_id(request.cookies.get(COOKIE) or _bearer(request))

    def _speaker(self, request: Request) -> tuple[str, str]:
        """Return the token and the sender id of a request, new ones where it has none of ours."""
        token = request.cookies.get(COOKIE) or _bearer(request) or ""
        sender = self._sessions.sender_id(token)
        return (token, sender) if sender else self._sessions.issue()

    def _remember(self, answer: HTTPResponse, token: str, request: Request) -> HTTPResponse:
        answer.cookies[COOKIE] = token
        cookie = answer.cookies[COOKIE]
        cookie["httponly"] = True
        cookie["samesite"] = "Lax"
        cookie["path"] = "/chat"
        cookie["max-age"] = COOKIE_SECONDS
        cookie["secure"] = request.scheme == "https"
        return answer


def _add_headers(_: Request, answer: HTTPResponse) -> None:
    answer.headers.update(SECURITY_HEADERS)


def _bearer(request: Request) -> str | None:
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token if kind.lower() == "bearer" else None


def _same_origin(request: Request) -> bool:
    origin = request.headers.get("origin")
    return origin is None or origin.partition("://")[2] == request.headers.get("host")


def _as_words(text: str) -> str:
    """Typed text is never a command: Rasa takes a leading slash for an intent."""
    return text.lstrip().lstrip("/") or "?"


def _domain_responses() -> dict[str, list[dict[str, Any]]]:
    domain = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
    responses: dict[str, list[dict[str, Any]]] = domain["responses"]
    return responses
