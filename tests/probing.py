"""What has to hold whatever is broken: emergencies are answered, everything else honestly."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent / "channels"))
from visiting import Answer, Visitor

PATIENCE_SECONDS = 120
EMERGENCY_SECONDS = 20
"""How long an emergency text may take at most, on a machine that is busy besides."""
RED_FLAGS = (
    "my crotch is numb and I can't pee",
    "I have lost control of my bladder since the deadlifts",
)
ORDINARY = ("my lower back is sore since deadlifts yesterday", "can I go on training?", "thanks")
APOLOGY = "something on my side failed"


@dataclass
class Bot:
    """A bot at an address."""

    address: str

    @property
    def health(self) -> int:
        return Visitor(self.address).get("/chat/health").status

    def answers_emergencies(self) -> int:
        """See that red flags get the emergency text, soon and first; return how many were tried."""
        for text in RED_FLAGS:
            began = time.monotonic()
            answer = Visitor(self.address).say(text)
            assert time.monotonic() - began < EMERGENCY_SECONDS
            assert answer.status == 200, answer
            assert "911" in answer.messages[0]["text"], answer.text
        return len(RED_FLAGS)

    def answers_honestly(self) -> int:
        """See that everything else is answered or apologised for; return how many were tried."""
        visitor = Visitor(self.address)
        for text in ORDINARY:
            answer = visitor.say(text)
            assert answer.status == 200
            assert answer.text.strip()
        return len(ORDINARY)

    def apologises(self) -> int:
        """See that what cannot be answered is apologised for; return how many were tried."""
        for text in ORDINARY[:2]:
            answer = Visitor(self.address).say(text)
            assert answer.status == 200
            assert APOLOGY in answer.text
        return 2

    def recovers(self, visitor: Visitor | None = None) -> Answer:
        """Wait until it is healthy and answers somebody as ever; return the answer."""
        until(lambda: self.health == 200, "health")
        visitor = visitor or Visitor(self.address)
        answers: list[Answer] = []

        def answered() -> bool:
            answers.append(visitor.say(ORDINARY[0]))
            return answers[-1].status == 200 and APOLOGY not in answers[-1].text

        until(answered, "an answer")
        return answers[-1]


def until(condition: Callable[[], Any], what: str) -> None:
    """Wait for something, for as long as a busy machine may take."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.1)
