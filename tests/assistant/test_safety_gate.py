"""When something behind the channel fails, the person still gets an answer, an emergency first."""

from __future__ import annotations

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from rasa.core.channels.channel import UserMessage
from sanic import Sanic
from sqlalchemy.future import Engine

from backchat.assistant.conversation_broker import ConversationBroker
from backchat.assistant.web import channel
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


@pytest.fixture
async def post(
    tmp_path: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Post]:
    """Send a text to the web channel, with a stand-in for everything behind it."""
    for name in [name for name in os.environ if name.startswith("BACKCHAT_")]:
        monkeypatch.delenv(name)
    settings = Settings.from_environment(
        {
            "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
            "BACKCHAT_SECRET": "known-to-the-tests-and-nobody-else",
            "BACKCHAT_REGION": "GB",
        }
    )
    web = WebInput(settings)
    turns: list[Turn] = []

    async def on_new_message(message: UserMessage) -> None:
        await turns[-1](message)

    app = Sanic(f"backchat_test_{tmp_path.name}", register=False)
    app.blueprint(web.blueprint(on_new_message), url_prefix=web.url_prefix())
    door = socket.socket()
    door.bind(("127.0.0.1", 0))
    server = await app.create_server(sock=door, return_asyncio_server=True, access_log=False)
    await server.startup()
    port = door.getsockname()[1]

    async with aiohttp.ClientSession() as session:

        async def send(turn: Turn, text: str) -> list[dict[str, Any]]:
            turns.append(turn)
            url = f"http://127.0.0.1:{port}/chat/message"
            async with session.post(url, json={"text": text}) as answer:
                assert answer.status == 200
                messages: list[dict[str, Any]] = (await answer.json())["messages"]
                return messages

        yield send
    await server.close()


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
    monkeypatch.setattr(channel, "TURN_SECONDS", 0.2)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_turn_that_fails_is_apologised_for_with_the_emergency_advice(
    post: Post, failure: Turn, caplog: pytest.LogCaptureFixture
) -> None:
    [message] = await post(failure, "my back is a bit stiff")
    assert message["text"].startswith("Sorry")
    assert "genitals" in message["text"]
    assert "999" in message["text"]
    assert "{" not in message["text"]
    assert any(record.levelno == logging.ERROR for record in caplog.records)
    assert "stiff" not in caplog.text


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("failure", FAILURES)
async def test_an_emergency_is_answered_even_if_the_turn_fails(post: Post, failure: Turn) -> None:
    [message] = await post(failure, RED_FLAG)
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
