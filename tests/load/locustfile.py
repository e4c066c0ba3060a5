"""People who talk with a bot at the same time: ``locust -f tests/load/locustfile.py --host URL``.

Each says something that nobody else says, and looks whether the answers and the history are theirs.
"""

from __future__ import annotations

import itertools
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from locust import HttpUser, between, task

EMERGENCY = "emergency"
_persons = itertools.count()


@dataclass(frozen=True)
class Conversation:
    """What somebody says, and whether it is an emergency from the first words on."""

    lines: tuple[str, ...]
    is_emergency: bool = False


CONVERSATIONS = (
    Conversation(
        (
            "my lower back is a bit stiff since deadlifts yesterday",
            "no",
            "no",
            "no",
            "3 out of 10",
            "it is the same",
        )
    ),
    Conversation(("I cannot feel my crotch since this morning", "thanks"), is_emergency=True),
    Conversation(("hi", "which stretches help?", "show me the cat-cow", "next", "stop", "bye")),
    Conversation(
        ("can I take ibuprofen for my back?", "I am 35", "and how do I warm up?", "thanks")
    ),
    Conversation(("my lower back has been hurting for a week", "no", "no", "it is getting better")),
)


class Person(HttpUser):
    """One person after another at the same page."""

    wait_time = between(3, 9)

    def on_start(self) -> None:
        self._conversations: Iterator[Conversation] = itertools.cycle(CONVERSATIONS)
        for _ in range(next(_persons) % len(CONVERSATIONS)):
            next(self._conversations)

    @task
    def talk(self) -> None:
        conversation = next(self._conversations)
        self.client.cookies.clear()
        token = self.client.post("/chat/session").json()["token"]
        headers = {"Authorization": f"Bearer {token}"}
        mark = uuid.uuid4().hex[:8]
        said = [
            f"{line} ({mark})" if not place else line
            for place, line in enumerate(conversation.lines)
        ]
        for line in said:
            self._say(line, headers, conversation, is_first=line is said[0])
            self.wait()
        self._look_back(said, headers)

    def _say(
        self, line: str, headers: dict[str, str], conversation: Conversation, *, is_first: bool
    ) -> None:
        body = {"text": line, "region": "US", "timezone": "UTC", "id": uuid.uuid4().hex}
        with self.client.post(
            "/chat/message", json=body, headers=headers, catch_response=True
        ) as answer:
            messages = answer.json().get("messages", []) if answer.ok else []
            alarms = [each for each in messages if (each["card"] or {}).get("type") == EMERGENCY]
            if not answer.ok:
                answer.failure(f"status {answer.status_code}")
            elif not any(_words(each) for each in messages):
                answer.failure("an empty answer")
            elif is_first and bool(alarms) != conversation.is_emergency:
                answer.failure("the answer to somebody else")
            elif alarms and not conversation.is_emergency:
                answer.failure("the emergency of somebody else")

    def _look_back(self, said: list[str], headers: dict[str, str]) -> None:
        with self.client.get("/chat/history", headers=headers, catch_response=True) as answer:
            shown = [each["text"] for each in answer.json()["messages"] if each["role"] == "person"]
            if shown != said:
                answer.failure("the history is not what this person said")


def _words(message: dict[str, Any]) -> bool:
    return bool(message["text"].strip() or message["card"])
