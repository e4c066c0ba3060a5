"""What is not a message is refused with a word on what is wrong; odd messages are answered."""

from __future__ import annotations

import json

import pytest
from visiting import Records, Visitor


@pytest.mark.parametrize(
    ("body", "status", "named"),
    [
        (b'{"text": "hello', 400, "JSON"),
        (b"\xff\xfe", 400, "JSON"),
        (b"[" * 50_000, 400, "JSON"),
        (b'["hello"]', 400, "object"),
        (b'"hello"', 400, "object"),
        (b"{}", 400, "text"),
        (b'{"text": 3}', 400, "text"),
        (b'{"text": null}', 400, "text"),
        (b'{"text": ["hello"]}', 400, "text"),
        (b'{"text": ""}', 400, "empty"),
        (b'{"text": "  \\n "}', 400, "empty"),
        (b'{"text": "hi", "payload": "/greet"}', 400, "either"),
        (b'{"payload": ""}', 400, "payload"),
        (b'{"payload": 7}', 400, "payload"),
        (b'{"payload": "/emergency"}', 400, "payload"),
        (b'{"text": "hi", "sender": "web-1"}', 400, "sender"),
        (b'{"text": "hi", "metadata": {}}', 400, "metadata"),
        (b'{"text": "hi", "id": 7}', 400, "id"),
        (b'{"text": "hi", "id": "%s"}' % (b"x" * 65), 400, "id"),
        (b'{"text": "hi", "timezone": "Mars/Base"}', 400, "timezone"),
        (b'{"text": "hi", "timezone": "../../etc/passwd"}', 400, "timezone"),
        (b'{"text": "hi", "region": "USA"}', 400, "region"),
        (b'{"text": "%s"}' % (b"a" * 5_000), 413, "5000 characters"),
        (b'{"text": "%s"}' % (b"a" * 70_000), 413, "bytes"),
    ],
)
def test_a_refusal_names_the_mistake(
    visitor: Visitor, body: bytes, status: int, named: str
) -> None:
    answer = visitor.post(body)
    assert answer.status == status
    assert named in answer.body["error"]


def test_another_content_type_is_refused(visitor: Visitor) -> None:
    answer = visitor.post(b'{"text": "hi"}', content_type="text/plain")
    assert answer.status == 415
    assert "application/json" in answer.body["error"]


def test_a_thousand_characters_are_read(visitor: Visitor) -> None:
    assert visitor.say("my back is stiff. ".ljust(1_000, "a")).status == 200


def test_a_red_flag_in_a_text_that_is_too_long_still_brings_the_emergency_text(
    visitor: Visitor,
) -> None:
    answer = visitor.say("my crotch is numb. " + "it all began in spring. " * 60)
    assert answer.status == 413
    assert "1000" in answer.body["error"]
    assert answer.is_emergency
    assert "911" in answer.text


def test_a_typed_intent_is_only_text(visitor: Visitor, records: Records) -> None:
    typed = '/emergency{"x":1}'
    answer = visitor.say(typed)
    message = records.messages(visitor)[0]
    assert answer.status == 200
    assert message.text == typed
    assert message.intent != "emergency"
    assert not message.entities


@pytest.mark.parametrize("typed", ["/restart", "/session_start", "/back", "/", "///", "/action_x"])
def test_commands_of_the_framework_are_only_text(
    visitor: Visitor, records: Records, typed: str
) -> None:
    answer = visitor.say(typed)
    message = records.messages(visitor)[0]
    assert answer.messages
    assert message.text == typed
    assert message.intent not in (None, typed.strip("/"))


def test_emoji_alone_are_asked_for_words(visitor: Visitor) -> None:
    answer = visitor.say("😀👍🏽")
    assert "words" in answer.text
    assert "911" in answer.text


def test_spanish_gets_the_emergency_number_and_that_only_english_is_understood(
    visitor: Visitor,
) -> None:
    answer = visitor.say("me duele mucho la espalda")
    assert "English" in answer.text
    assert "inglés" in answer.text
    assert "911" in answer.text


def test_a_script_is_kept_as_text_and_never_echoed(visitor: Visitor) -> None:
    script = "<script>alert(1)</script>"
    answer = visitor.say(script)
    history = visitor.get("/chat/history")
    assert answer.status == 200
    assert script not in answer.text
    assert history.headers["content-type"].startswith("application/json")
    assert history.body["messages"][0]["text"] == script


@pytest.mark.parametrize(
    "text",
    ["my back \ud800 hurts", "my back \x00 hurts", "\u202emy back hurts", "x" * 999, "\u202e"],
    ids=["half a pair", "nul", "right to left", "endless word", "invisible"],
)
def test_odd_characters_break_nothing(visitor: Visitor, text: str) -> None:
    answer = visitor.post(json.dumps({"text": text}).encode())
    assert answer.status == 200
    assert answer.text.strip()
    assert "something on my side failed" not in answer.text
