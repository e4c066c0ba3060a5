"""When something behind the channel fails, the person still gets an answer, an emergency first."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sqlalchemy.future import Engine

from backchat.assistant import turns
from backchat.assistant.conversation_broker import ConversationBroker
from backchat.assistant.web.channel import WebInput
from backchat.records import migrate, queries
from backchat.records.engine import open_engine
from backchat.records.errors import DatabaseUnavailable
from backchat.records.log import ConversationLog
from backchat.settings import Settings

RED_FLAG = "my crotch is numb"
Turn = Callable[[UserMessage], Awaitable[Any]]
Post = Callable[[Turn, str], Awaitable[list[dict[str, Any]]]]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    engine = open_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    migrate.upgrade(engine)
    return engine


@dataclass(frozen=True)
class PostedText:
    """What the route reads of a request."""

    app: Sanic
    body: bytes
    ip: str = "192.0.2.1"
    scheme: str = "http"
    headers: Mapping[str, str] = field(default_factory=lambda: {"content-type": "application/json"})
    cookies: Mapping[str, str] = field(default_factory=dict)


@pytest.fixture
def post(tmp_path: Path, engine: Engine) -> Post:
    """Send a text to the web channel's route, with a stand-in for everything behind it."""
    settings = Settings.from_environment(
        {
            "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
            "BACKCHAT_SECRET": "known-to-the-tests-and-nobody-else",
            "BACKCHAT_REGION": "GB",
        }
    )
    web = WebInput(settings)

    async def send(turn: Turn, text: str) -> list[dict[str, Any]]:
        app = Sanic("backchat_test", register=False)
        app.blueprint(web.blueprint(turn), url_prefix=web.url_prefix())
        web.connect(app, turn)
        route = next(
            each
            for each in app.router.routes
            if each.path == "chat/message" and "POST" in each.methods
        )
        answer = await route.handler(PostedText(app, json.dumps({"text": text}).encode()))
        assert answer.status == 200
        messages: list[dict[str, Any]] = json.loads(answer.body)["messages"]
        return messages

    return send


async def raises(message: UserMessage) -> None:
    raise RuntimeError("the model broke")


async def says_nothing(message: UserMessage) -> None:
    return None


async def never_ends(message: UserMessage) -> None:
    await asyncio.Event().wait()


async def breaks_off(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": "Half an answ"})
    raise RuntimeError("the action broke")


async def answers(message: UserMessage) -> None:
    await message.output_channel.send_response(message.sender_id, {"text": "All is well."})


FAILURES = [raises, says_nothing, never_ends, breaks_off]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "TURN_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_turn_that_fails_is_apologised_for_with_the_emergency_advice(
    post: Post, failure: Turn, caplog: pytest.LogCaptureFixture
) -> None:
    *_, message = await post(failure, "my back is a bit stiff")
    assert message["text"].startswith("Sorry")
    assert "genitals" in message["text"]
    assert "999" in message["text"]
    assert "{" not in message["text"]
    errors = [each.message for each in caplog.records if each.levelno == logging.ERROR]
    assert any("turn" in message for message in errors)
    assert "stiff" not in caplog.text


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", FAILURES)
async def test_an_emergency_is_answered_even_if_the_turn_fails(post: Post, failure: Turn) -> None:
    message, *_ = await post(failure, RED_FLAG)
    assert message["text"].startswith("**Go to an emergency department now, or call 999")
    assert message["card"]["type"] == "emergency"
    assert message["card"]["tel"] == "999"


async def test_a_turn_that_works_is_left_alone(post: Post) -> None:
    [message] = await post(answers, RED_FLAG)
    assert message["text"] == "All is well."


@pytest.mark.parametrize("text", [RED_FLAG, "my back is a bit stiff"])
async def test_an_emergency_is_answered_without_a_database(
    post: Post, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    def is_down(*_: Any, **__: Any) -> None:
        raise DatabaseUnavailable("The database does not answer.")

    monkeypatch.setattr(ConversationLog, "inbound", is_down)
    [message] = await post(answers, text)
    assert ("emergency department now" in message["text"]) == (text == RED_FLAG)
    assert "999" in message["text"]


async def test_the_words_are_stored_before_the_turn_runs(post: Post, engine: Engine) -> None:
    stored: list[str | None] = []

    async def looks_into_the_log(message: UserMessage) -> None:
        stored.extend(each.text for each in queries.history(engine, message.sender_id))
        raise RuntimeError("the power went off")

    await post(looks_into_the_log, "my back is a bit stiff")
    assert stored == ["my back is a bit stiff"]


@pytest.mark.parametrize(
    "event",
    [
        {},
        {"event": "user"},
        {"event": "user", "sender_id": "web-1", "timestamp": "yesterday", "text": "secret words"},
        {"event": "slot", "name": "assessment", "value": 3, "sender_id": "web-1", "timestamp": 1.0},
        {"event": None, "metadata": 3},
    ],
)
def test_the_broker_never_raises_and_never_logs_the_words(
    engine: Engine, caplog: pytest.LogCaptureFixture, event: dict[str, Any]
) -> None:
    ConversationBroker(ConversationLog(engine)).publish(event)
    assert "secret words" not in caplog.text


def test_the_broker_survives_a_database_that_is_down(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    without_tables = open_engine(f"sqlite:///{tmp_path}/empty.sqlite3")
    event = {"event": "user", "sender_id": "web-1", "timestamp": 1.0, "text": "secret words"}
    ConversationBroker(ConversationLog(without_tables)).publish(event)
    assert "not logged" in caplog.text
    assert "secret words" not in caplog.text
