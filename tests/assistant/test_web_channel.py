"""The channel's answers: titles of buttons, refusals, errors, cookies and the history."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic.exceptions import MethodNotSupported, NotFound
from sanic.response import HTTPResponse

from backchat.assistant.server import local_address
from backchat.assistant.web import cookies, errors, rendering
from backchat.assistant.web.channel import WebInput
from backchat.assistant.web.headers import SECURITY_HEADERS
from backchat.assistant.web.sessions import Sessions
from backchat.records import migrate, queries
from backchat.records.engine import open_engine
from backchat.records.log import ConversationLog
from backchat.settings import Settings

RED_FLAG = "my crotch is numb"
JSON = {"content-type": "application/json"}
Turn = Callable[[UserMessage], Awaitable[Any]]


class NothingSaved:
    """A tracker store in which no turn has been saved."""

    async def retrieve(self, sender_id: str) -> None:
        return None

    async def republish(self, sender_id: str, message_id: str) -> bool:
        return False


class Visit:
    """One speaker at a channel without a server."""

    def __init__(self, settings: Settings) -> None:
        self.engine = open_engine(settings.database_url)
        migrate.upgrade(self.engine)
        self.channel = WebInput(settings)
        self.token, self.sender = Sessions(settings.secret()).issue()
        self.heard: list[str | None] = []
        self.turn: Turn = self.answers
        agent = SimpleNamespace(tracker_store=NothingSaved())
        app: Any = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
        self.channel.connect(app, lambda message: self.turn(message))

    async def answers(self, message: UserMessage) -> None:
        self.heard.append(message.text)
        await message.output_channel.send_response(message.sender_id, {"text": "I see."})

    async def post(
        self,
        body: dict[str, Any] | bytes,
        turn: Turn | None = None,
        headers: dict[str, str] | None = None,
    ) -> tuple[int, dict[str, Any]]:
        request: Any = SimpleNamespace(
            ip="192.0.2.1",
            headers={
                "cookie": f"{cookies.NAME}={self.token}",
                **(JSON if headers is None else headers),
            },
            body=body if isinstance(body, bytes) else json.dumps(body).encode(),
            scheme="http",
        )
        self.turn = turn or self.answers
        answer = await self.channel._message(request)
        assert answer.body is not None
        return answer.status, json.loads(answer.body)

    def offer(self, title: str, payload: str) -> None:
        log = ConversationLog(self.engine)
        buttons = {"buttons": [{"title": title, "payload": payload}]}
        moment = datetime.now(UTC)
        log.outbound(self.sender, "Well?", buttons, moment, event_key=title)

    def shown(self) -> list[str]:
        history = rendering.history(queries.history(self.engine, self.sender))
        return [message["text"] for message in history if message["role"] == "person"]


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    return Visit(
        Settings.from_environment(
            {
                "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
                "BACKCHAT_SECRET": "known-to-the-tests-and-nobody-else",
                "BACKCHAT_REGION": "GB",
            }
        )
    )


async def test_a_pressed_button_is_kept_as_what_the_person_saw(visit: Visit) -> None:
    visit.offer("No, none of these", "/deny")
    await visit.post({"payload": "/deny"})
    assert visit.heard == ["/deny"]
    assert visit.shown() == ["No, none of these"]


async def test_typed_text_that_looks_like_a_payload_is_shown_as_typed(visit: Visit) -> None:
    visit.offer("No, none of these", "/deny")
    await visit.post({"text": "/deny"})
    assert visit.heard == ["deny"]
    assert visit.shown() == ["/deny"]


async def test_the_opening_of_the_page_is_nothing_that_the_person_said(visit: Visit) -> None:
    await visit.post({"payload": "/greet"})
    assert visit.heard == ["/greet"]
    assert visit.shown() == []


async def test_a_payload_that_nobody_offered_is_refused(visit: Visit) -> None:
    status, _ = await visit.post({"payload": "/deny"})
    assert (status, visit.heard) == (400, [])


async def test_a_retry_after_a_failure_gets_an_answer(visit: Visit) -> None:
    async def breaks(message: UserMessage) -> None:
        raise RuntimeError("the model broke")

    body = {"text": "my back is stiff", "id": "one"}
    _, failed = await visit.post(body, breaks)
    _, answered = await visit.post(body)
    _, again = await visit.post(body)
    assert failed["messages"][0]["text"].startswith("Sorry")
    assert [each["text"] for each in answered["messages"]] == ["I see."]
    assert again == answered
    assert len(visit.heard) == 1


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ({"text": RED_FLAG, "region": "US"}, {}, 415),
        ({"text": RED_FLAG, "region": "US", "colour": "red"}, JSON, 400),
        ({"text": RED_FLAG + "." * 60_000, "region": "US"}, JSON, 413),
        ({"region": "US", "text": RED_FLAG + "." * 70_000}, JSON, 413),
        ({"text": RED_FLAG, "region": "US"}, {**JSON, "origin": "http://elsewhere"}, 403),
    ],
)
async def test_an_emergency_in_a_refused_message_is_answered_for_its_region(
    visit: Visit, body: dict[str, Any], headers: dict[str, str], status: int
) -> None:
    answered, content = await visit.post(body, headers=headers)
    assert answered == status
    [message] = content["messages"]
    assert message["card"]["tel"] == "911"


async def test_a_long_text_leaves_time_for_others(visit: Visit) -> None:
    refused = asyncio.ensure_future(visit.post({"text": "my back is stiff. " * 3_000}))
    turns = 0
    while not refused.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns > 10


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotFound("no such route"), 404),
        (MethodNotSupported("no", "PUT", ["GET"]), 405),
        (RuntimeError(RED_FLAG), 500),
    ],
)
def test_errors_are_json_with_the_security_headers(
    error: Exception, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    request: Any = SimpleNamespace(path="/chat/nothing", method="PUT")
    answer = errors.answer(request, error)
    assert isinstance(answer, HTTPResponse)
    assert answer.status == status
    assert answer.body is not None
    assert json.loads(answer.body)["error"]
    assert SECURITY_HEADERS.items() <= dict(answer.headers).items()
    assert RED_FLAG not in caplog.text + str(answer.body)


def test_errors_elsewhere_repeat_nothing_of_the_address() -> None:
    request: Any = SimpleNamespace(path="/<script>", method="GET")
    answer = errors.answer(request, NotFound("Requested URL /<script> not found"))
    assert answer.body is not None
    assert "script" not in answer.body.decode()


def test_a_request_that_cannot_be_read_is_the_senders_mistake() -> None:
    request: Any = SimpleNamespace(path="/chat/message", method="NONE")
    assert errors.answer(request, ValueError("invalid literal for int()")).status == 400


def test_an_expired_cookie_replaces_the_one_that_was_set() -> None:
    cookie = cookies.expire(HTTPResponse(), secure=False).cookies[cookies.NAME]
    assert (cookie.value, cookie["path"], cookie["max-age"]) == ("", "/chat", 0)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:5005"),
        ("0.0.0.0", "http://127.0.0.1:5005"),
        ("::", "http://[::1]:5005"),
        ("fe80::1", "http://[fe80::1]:5005"),
        ("example.org", "http://example.org:5005"),
    ],
)
def test_the_ready_line_names_an_address_that_can_be_opened(host: str, address: str) -> None:
    assert local_address(host, 5005) == address
