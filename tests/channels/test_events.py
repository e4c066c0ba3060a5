"""Pushes: what is said reaches every open page, once."""

from __future__ import annotations

import http.client
import json
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from visiting import Records, Visitor

from backchat.records import ConversationLog
from backchat.records.pushes import push

SOON_SECONDS = 8
PATIENCE_SECONDS = 60


@contextmanager
def stream(visitor: Visitor, last: str | None = None) -> Iterator[http.client.HTTPResponse]:
    connection = http.client.HTTPConnection(urlsplit(visitor.server).netloc, timeout=30)
    headers = {"Cookie": f"backchat_session={visitor.token}"}
    if last is not None:
        headers["Last-Event-ID"] = last
    connection.request("GET", "/chat/events", headers=headers)
    try:
        yield connection.getresponse()
    finally:
        connection.close()


def next_event(answer: http.client.HTTPResponse) -> tuple[str, dict[str, Any]]:
    """Return the name and data of the next event; comments are passed over."""
    name = ""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while line := answer.readline().decode():
        assert time.monotonic() < deadline, "nothing came but pings"
        if line.startswith("event: "):
            name = line.removeprefix("event: ").strip()
        if line.startswith("data: "):
            return name, json.loads(line.removeprefix("data: "))
    raise AssertionError("the stream ended")


def next_texts(answer: http.client.HTTPResponse, number: int) -> list[str]:
    return [next_event(answer)[1]["text"] for _ in range(number)]


def test_a_stranger_gets_no_events(server: str) -> None:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", "/chat/events", headers={"Cookie": "backchat_session=v1.made.up"})
    assert connection.getresponse().status == 401
    connection.close()


def test_what_is_said_in_another_tab_is_pushed_at_once(visitor: Visitor) -> None:
    visitor.say("hello")
    with stream(visitor) as events:
        assert events.headers["Content-Type"].startswith("text/event-stream")
        assert events.readline().startswith(b": open")
        begin = time.monotonic()
        answer = visitor.say("which stretches?")
        texts = next_texts(events, 1 + len(answer.messages))
    assert texts == ["which stretches?", *(message["text"] for message in answer.messages)]
    assert time.monotonic() - begin < SOON_SECONDS


def test_a_page_that_comes_back_gets_what_it_missed_and_no_more(visitor: Visitor) -> None:
    visitor.say("hello")
    last = visitor.get("/chat/history").body["messages"][-1]["id"]
    missed = visitor.say("which stretches?")
    with stream(visitor, last) as events:
        texts = next_texts(events, 1 + len(missed.messages))
    assert texts == ["which stretches?", *(message["text"] for message in missed.messages)]


def test_a_message_has_the_same_id_in_the_answer_in_the_history_and_in_the_push(
    visitor: Visitor,
) -> None:
    visitor.say("hello")
    with stream(visitor) as events:
        events.readline()
        answer = visitor.say("my lower back is stiff since yesterday")
        pushed = [next_event(events)[1]["id"] for _ in range(1 + len(answer.messages))]
    ids = [answer.body["said"], *(message["id"] for message in answer.messages)]
    history = visitor.get("/chat/history").body["messages"]
    assert pushed == ids
    assert [message["id"] for message in history][-len(ids) :] == ids


def test_a_clinicians_reply_is_shown_and_pushed_as_theirs(
    visitor: Visitor, records: Records
) -> None:
    visitor.say("can I talk to a human?")
    with stream(visitor) as events:
        events.readline()
        written = {
            "text": "Please call us today.",
            "custom": {"author": "Dana Lee, physiotherapist"},
        }
        push(
            records.engine,
            ConversationLog(records.engine),
            visitor.sender_id,
            [written],
            key="reply",
            at=datetime.now(UTC),
            author="clinician",
        )
        visitor.say("thanks")
        pushed = next_event(events)[1]
    [in_history] = [
        each
        for each in visitor.get("/chat/history").body["messages"]
        if each["role"] == "clinician"
    ]
    assert pushed == in_history
    assert (in_history["text"], in_history["author"]) == (
        "Please call us today.",
        "Dana Lee, physiotherapist",
    )


def test_an_erasure_ends_the_stream_and_says_why(visitor: Visitor) -> None:
    visitor.say("hello")
    with stream(visitor) as events:
        events.readline()
        token = visitor.token
        visitor.request("DELETE", "/chat/data", None, {"Cookie": f"backchat_session={token}"})
        assert next_event(events)[0] == "erased"
        assert events.read() == b"\n"


def test_nobody_gets_the_pushes_of_another(server: str) -> None:
    one, other = Visitor(server), Visitor(server)
    one.say("hello")
    other.say("hello")
    with stream(other) as events:
        events.readline()
        one.say("a secret of one")
        other.say("which stretches?")
        assert next_texts(events, 1) == ["which stretches?"]


def test_a_retry_after_a_restart_gets_the_logged_answer_and_is_no_second_turn(
    run_server: Callable[..., AbstractContextManager[str]], tmp_path: Path
) -> None:
    with run_server(tmp_path) as address:
        visitor = Visitor(address)
        first = visitor.say("my lower back is stiff since yesterday", id="before")
    with run_server(tmp_path, port=urlsplit(address).port):
        again = visitor.say("my lower back is stiff since yesterday", id="before")
    assert again.body == first.body
    with closing(sqlite3.connect(tmp_path / "records.sqlite3")) as log:
        said = "SELECT count(*) FROM messages WHERE direction = 'in'"
        assert log.execute(said).fetchone() == (1,)
