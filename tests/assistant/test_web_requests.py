"""What is refused is still read, as far as it can be."""

from __future__ import annotations

import json

import pytest

from backchat.assistant.web.requests import MAX_BODY_BYTES, Readable, readable

RED_FLAG = "my crotch is numb"


def test_a_whole_message_is_read_with_its_place_and_time() -> None:
    body = {"text": RED_FLAG, "region": "us", "timezone": "America/New_York", "other": 1}
    assert readable(json.dumps(body).encode()) == Readable(RED_FLAG, "America/New_York", "US")


def test_a_wrong_place_or_time_does_not_hide_the_words() -> None:
    body = {"text": RED_FLAG, "region": "nowhere", "timezone": 7}
    assert readable(json.dumps(body).encode()) == Readable(RED_FLAG)


@pytest.mark.parametrize(
    "body",
    [
        f'{{"text": "{RED_FLAG}'.encode(),
        f'{{"text": "{RED_FLAG}",}}'.encode(),
        f'["{RED_FLAG}"]'.encode(),
        f'{{"text": ["{RED_FLAG}"]}}'.encode(),
        RED_FLAG.encode(),
        b"\xff\xfe" + RED_FLAG.encode(),
        f'{{"region": "GB", {RED_FLAG}}}'.encode(),
    ],
)
def test_words_are_found_in_a_body_that_is_broken(body: bytes) -> None:
    assert RED_FLAG in readable(body).text


def test_the_beginning_of_a_body_that_is_too_large_is_read() -> None:
    body = json.dumps({"region": "GB", "text": "é\n" + RED_FLAG + " x" * MAX_BODY_BYTES})
    heard = readable(body.encode())
    assert heard.text.startswith(f"é\n{RED_FLAG} x")
    assert len(heard.text) <= MAX_BODY_BYTES
    assert heard.region == "GB"


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b'{"payload": "/deny"}', b'"\\ud800"'])
def test_a_body_without_words_breaks_nothing(body: bytes) -> None:
    readable(body).text.encode()
