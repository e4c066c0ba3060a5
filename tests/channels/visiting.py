"""A visitor of the web page, what they are answered, and what is logged of it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any

from sqlalchemy.future import Engine

from backchat.records import queries
from backchat.records.views import AssessmentRecord, MessageRecord

ANSWERS = {
    "/deny": "no",
    "it is getting better": "it is the same",
    "more than 48 hours": "less than 48 hours",
    "yesterday": "yesterday",
    "I take blood thinners": "I'm 35 and take no blood thinners",
}
"""What an untroubled person says, by a payload that the question offers."""

MOST_QUESTIONS_EVER = 20


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
    def question(self) -> dict[str, Any] | None:
        """The message with the open question, if the answer ends with one."""
        last = self.messages[-1]
        offers = {button["payload"] for button in last["buttons"]}
        is_open = (last["card"] or {}).get("type") == "pain_scale" or not offers.isdisjoint(ANSWERS)
        return last if is_open or last["text"].rstrip().endswith("?") else None

    @property
    def payloads(self) -> list[str]:
        return [button["payload"] for m in self.messages for button in m["buttons"]]


def _untroubled(question: dict[str, Any]) -> str:
    offers = [button["payload"] for button in question["buttons"]]
    known = (said for payload, said in ANSWERS.items() if payload in offers)
    if (question["card"] or {}).get("type") == "pain_scale":
        return "3"
    return next(known, "35" if "old" in question["text"] else "deadlifts")


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
    cookies: CookieJar = field(default_factory=CookieJar)
    _opener: urllib.request.OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        processor = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(processor)

    @property
    def token(self) -> str:
        """The signed token of the cookie: ``v1.<speaker>.<signature>``."""
        return next(cookie.value or "" for cookie in self.cookies)

    @property
    def sender_id(self) -> str:
        return f"web-{self.token.split('.')[1]}"

    def finish(self, answer: Answer) -> list[Answer]:
        """Answer what is asked like somebody who has nothing else; return the further answers."""
        answers: list[Answer] = []
        while (question := answer.question) and len(answers) < MOST_QUESTIONS_EVER:
            answer = self.say(_untroubled(question))
            answers.append(answer)
        return answers

    def say(self, text: str, **fields: Any) -> Answer:
        return self.send({"text": text, **fields})

    def press(self, payload: str) -> Answer:
        return self.send({"payload": payload})

    def send(self, message: dict[str, Any]) -> Answer:
        body = {"id": uuid.uuid4().hex, "region": self.region, "timezone": self.timezone}
        return self.post(json.dumps({**body, **message}).encode())

    def post(self, body: bytes, content_type: str = "application/json", **headers: str) -> Answer:
        return self.request(
            "POST", "/chat/message", body, {"Content-Type": content_type, **headers}
        )

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


@dataclass(frozen=True)
class Records:
    """What the running bot has logged."""

    engine: Engine

    def messages(self, visitor: Visitor) -> list[MessageRecord]:
        return queries.history(self.engine, visitor.sender_id)

    def assessments(self, visitor: Visitor) -> list[AssessmentRecord]:
        """Every assessment of a visitor, over all conversations, oldest first."""
        conversations = {message.conversation_id for message in self.messages(visitor)}
        found = [
            assessment
            for each in sorted(conversations)
            for assessment in queries.show_conversation(self.engine, each).assessments
        ]
        return sorted(found, key=lambda assessment: assessment.id)

    def judgement(self, visitor: Visitor) -> AssessmentRecord:
        """The latest assessment."""
        return self.assessments(visitor)[-1]
