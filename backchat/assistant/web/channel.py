"""The web channel: ``/chat`` on the Rasa server."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat import clock
from backchat.assistant import erasure
from backchat.assistant.database_calls import ask
from backchat.assistant.shared_state import shared_state
from backchat.assistant.turns import Handle
from backchat.assistant.web import CHANNEL, errors, intake, pages, rendering
from backchat.assistant.web.addresses import Addresses
from backchat.assistant.web.conversation import Conversation
from backchat.assistant.web.data_rights import DataRights
from backchat.assistant.web.drawings import Drawings
from backchat.assistant.web.events import Events
from backchat.assistant.web.headers import headers_of
from backchat.assistant.web.health import Health
from backchat.assistant.web.origins import REFUSAL, Origins, Standing
from backchat.assistant.web.requests import BadRequest, parse, readable
from backchat.assistant.web.sessions import Sessions
from backchat.assistant.web.speakers import Speakers
from backchat.assistant.web.throttle import Throttle, refusal
from backchat.consultation import shared
from backchat.records import queries
from backchat.records.engine import open_engine
from backchat.settings import Settings

COUNTED = frozenset({"/chat/session", "/chat/history", "/chat/events", "/chat/data"})
"""Paths whose requests are limited by address, besides messages."""
HISTORY_MESSAGES = 200
"""How much of the conversation a page gets when it opens."""


class WebInput(InputChannel):
    """Takes messages from the page and answers them in the same request."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._origins = Origins(settings.allowed_origins)
        addresses = Addresses(settings.trusted_proxies)
        self._speakers = Speakers(Sessions(settings.secret()), self._origins, addresses)
        self._engine = open_engine(settings.database_url)
        self._pages = pages.Pages(shared().knowledge, settings.region)
        state = shared_state(settings.redis_url)
        self._doorbell = state.doorbell
        self._throttle = Throttle(
            state.limiter, addresses, settings.limit_per_person, settings.limit_per_address
        )
        self._events = Events(
            self._engine,
            self._speakers.sender,
            self._doorbell,
            addresses.of,
            settings.limit_per_address,
        )

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

    def connect(self, app: Sanic, handle: Handle) -> None:
        """Begin to answer through a server."""
        self._conversation = Conversation(app, handle, self._engine, self._doorbell, self._settings)

    def blueprint(self, on_new_message: Handle) -> Blueprint:
        """Return the routes."""
        routes = Blueprint("backchat_web")
        routes.middleware("response")(_add_headers)
        self._origins.add_to(routes, except_for=["/chat/message"])
        self._throttle.add_to(routes, paths=COUNTED)
        self._pages.add_to(routes)
        Drawings(shared().knowledge).add_to(routes)
        routes.listener("before_server_start")(intake.narrow)
        routes.listener("before_server_start")(errors.add_to)
        routes.listener("before_server_start")(pages.open_at_root)
        held = erasure.personal_data(self._engine, open_engine(self._settings.tracker_url))
        DataRights(
            held, self._speakers.sender, lambda sender: self._conversation.forget(sender)
        ).add_to(routes)
        self._events.add_to(routes)
        Health(self._engine, shared_state(self._settings.redis_url)).add_to(routes)

        @routes.listener("before_server_start")
        async def start(app: Sanic, _: Any) -> None:
            self.connect(app, on_new_message)

        @routes.route("/", methods=["GET", "HEAD"])
        async def page(request: Request) -> HTTPResponse:
            token, _ = self._speakers.welcome(request)
            return self._speakers.remember(self._pages.page(request), token, request)

        @routes.post("/message")
        async def message(request: Request) -> HTTPResponse:
            return await self._message(request)

        @routes.post("/session")
        async def session(_: Request) -> HTTPResponse:
            return respond.json({"token": self._speakers.new_token()})

        @routes.get("/history")
        async def history(request: Request) -> HTTPResponse:
            return await self._history(self._speakers.sender(request))

        return routes

    async def _message(self, request: Request) -> HTTPResponse:
        moment = clock.now()
        try:
            self._check_origin(request)
            token, sender = self._speakers.welcome(request)
            await self._throttle.check_message(request, sender)
            message = parse(request.headers.get("content-type", ""), request.body)
            reply = await self._conversation.answer(sender, message, moment)
        except BadRequest as error:
            return await self._refuse(error, request, moment)
        answered = respond.json({"messages": reply.messages, "said": reply.said})
        return self._speakers.remember(answered, token, request)

    async def _refuse(self, error: BadRequest, request: Request, moment: datetime) -> HTTPResponse:
        """Answer a message that is not taken; a danger sign in it is answered all the same."""
        answer: dict[str, Any] = {"error": str(error)}
        emergency = await self._conversation.alarm_in(
            readable(request.body), self._speakers.sender(request), moment
        )
        if emergency is not None:
            answer["messages"] = [emergency]
        return refusal(answer, error)

    def _check_origin(self, request: Request) -> None:
        """Refuse pages that may not speak here, and speakers without the token they need.

        Raises:
            BadRequest: 403 or 401.
        """
        standing = self._origins.standing(request)
        if standing is Standing.REFUSED:
            raise BadRequest(403, REFUSAL)
        if standing is Standing.ALLOWED and self._speakers.sender(request) is None:
            raise BadRequest(401, "Send a bearer token from `POST /chat/session`.")

    async def _history(self, sender: str | None) -> HTTPResponse:
        records = (
            await ask(queries.history, self._engine, sender, HISTORY_MESSAGES) if sender else []
        )
        return respond.json({"messages": rendering.history(records)})


def _add_headers(request: Request, answer: HTTPResponse) -> None:
    for name, value in headers_of(request.path).items():
        answer.headers.setdefault(name, value)
