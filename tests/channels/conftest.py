from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

import pytest


@dataclass
class Answer:
    status: int
    body: dict[str, Any]
    headers: dict[str, str]

    @property
    def messages(self) -> list[dict[str, Any]]:
        return self.body["messages"]

    @property
    def text(self) -> str:
        """Everything the person reads: texts and the fields of the cards."""
        return "\n".join(_words(message) for message in self.messages)

    @property
    def levels(self) -> list[str]:
        return [m["card"]["level"] for m in self.messages if (m["card"] or {}).get("level")]

    @property
    def is_emergency(self) -> bool:
        return any((m["card"] or {}).get("type") == "emergency" for m in self.messages)

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for m in self.messages for button in m["buttons"]]


def _words(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return "\n".join(_words(each) for each in value.values())
    if isinstance(value, list):
        return "\n".join(_words(each) for each in value)
    return ""


@dataclass
class Visitor:
    """One person with one browser, talking over the real web channel."""

    server: str
    region: str = "US"
    timezone: str = "UTC"
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def say(self, text: str, **fields: Any) -> Answer:
        return self.send({"text": text, **fields})

    def press(self, payload: str) -> Answer:
        return self.send({"payload": payload})

    def send(self, message: dict[str, Any]) -> Answer:
        body = {"id": uuid.uuid4().hex, "region": self.region, "timezone": self.timezone}
        return self.post(json.dumps({**body, **message}).encode())

    def post(self, body: bytes, content_type: str = "application/json", **headers: str) -> Answer:
        return self.request("POST", "/chat/message", body, {"Content-Type": content_type, **headers})

    def get(self, path: str) -> Answer:
        return self.request("GET", path, None, {})

    def request(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> Answer:
        request = urllib.request.Request(
            self.server + path, data=body, headers=headers, method=method
        )
        try:
            with self._opener.open(request, timeout=60) as answer:
                return Answer(answer.status, json.loads(answer.read()), dict(answer.headers))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, json.loads(error.read()), dict(error.headers))


@pytest.fixture
def visitor(server: str) -> Visitor:
    """A new visitor from the US."""
    return Visitor(server)
