"""Pages of other origins: those that were allowed by name, and all others."""

from __future__ import annotations

import http.client
import json
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlsplit

import pytest
from visiting import Answer, Records, Visitor

STRANGER = "http://evil.example"
RED_FLAG = "my crotch is numb and I cannot pee"


def preflight(server: str, path: str, origin: str) -> dict[str, str]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request(
        "OPTIONS", path, headers={"Origin": origin, "Access-Control-Request-Method": "POST"}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return {name.lower(): value for name, value in answer.getheaders()}


def token_for(server: str, origin: str) -> str:
    answer = Visitor(server).request("POST", "/chat/session", None, {"Origin": origin})
    return str(answer.body["token"])


def say_from(server: str, origin: str, text: str, **headers: str) -> Answer:
    body = json.dumps({"text": text, "region": "US"}).encode()
    return Visitor(server, cookies=CookieJar()).post(body, Origin=origin, **headers)


def lower(headers: dict[str, str]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def test_an_allowed_origin_speaks_with_a_token_and_gets_no_cookie(
    server: str, allowed_origin: str
) -> None:
    token = token_for(server, allowed_origin)
    answer = say_from(server, allowed_origin, "hi", Authorization=f"Bearer {token}")
    headers = lower(answer.headers)

    assert answer.status == 200
    assert headers["access-control-allow-origin"] == allowed_origin
    assert "Origin" in headers["vary"]
    assert "access-control-allow-credentials" not in headers
    assert "set-cookie" not in headers


def test_an_allowed_origin_without_a_token_is_told_to_get_one(
    server: str, allowed_origin: str
) -> None:
    answer = say_from(server, allowed_origin, RED_FLAG)
    assert answer.status == 401
    assert "/chat/session" in answer.body["error"]
    assert answer.is_emergency


def test_a_cookie_says_nothing_on_another_origin(server: str, allowed_origin: str) -> None:
    own = Visitor(server)
    own.say("hi")
    answer = own.post(b'{"text": "planted"}', Origin=allowed_origin)
    assert answer.status == 401
    history = own.request("GET", "/chat/history", None, {"Origin": allowed_origin})
    assert history.body == {"messages": []}


@pytest.mark.parametrize("path", ["/chat/message", "/chat/history", "/chat/events", "/chat/data"])
def test_only_allowed_origins_pass_the_preflight(
    server: str, allowed_origin: str, path: str
) -> None:
    allowed = preflight(server, path, allowed_origin)
    assert allowed["access-control-allow-origin"] == allowed_origin
    assert "Authorization" in allowed["access-control-allow-headers"]
    assert "DELETE" in allowed["access-control-allow-methods"]
    assert not [name for name in preflight(server, path, STRANGER) if "access-control" in name]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/chat/"),
        ("GET", "/chat/static/app.js"),
        ("GET", "/chat/history"),
        ("GET", "/chat/events"),
        ("GET", "/chat/data"),
        ("DELETE", "/chat/data"),
        ("POST", "/chat/session"),
    ],
)
def test_any_other_origin_is_refused_with_the_reason(server: str, method: str, path: str) -> None:
    answer = Visitor(server).request(method, path, None, {"Origin": STRANGER})
    assert answer.status == 403
    assert "BACKCHAT_ALLOWED_ORIGINS" in answer.body["error"]
    assert not [name for name in lower(answer.headers) if "access-control" in name]


def test_a_red_flag_from_a_refused_page_still_gets_the_emergency_text(server: str) -> None:
    answer = say_from(server, STRANGER, RED_FLAG)
    assert answer.status == 403
    assert answer.is_emergency
    assert "911" in answer.text


def test_a_refused_page_cannot_erase_what_a_cookie_stands_for(
    server: str, records: Records
) -> None:
    victim = Visitor(server)
    victim.say("hi")
    assert victim.request("DELETE", "/chat/data", None, {"Origin": STRANGER}).status == 403
    assert records.messages(victim)


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/chat/widget.js", "cross-origin"),
        ("/chat/static/app.js", "cross-origin"),
        ("/chat/", "same-origin"),
        ("/chat/history", "same-origin"),
    ],
)
def test_scripts_may_be_embedded_and_words_may_not(server: str, path: str, policy: str) -> None:
    assert _headers(server, path)["cross-origin-resource-policy"] == policy


def _headers(server: str, path: str) -> dict[str, Any]:
    connection = http.client.HTTPConnection(urlsplit(server).netloc, timeout=20)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return {name.lower(): value for name, value in answer.getheaders()}
