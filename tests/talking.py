"""Somebody who goes on talking whatever happens to the bot."""

from __future__ import annotations

import itertools
import json
import threading
import time
import urllib.error
from http.client import HTTPException

from probing import APOLOGY
from visiting import Answer, Visitor

PATIENCE_SECONDS = 300
OPENING = "hi"
SAID = ("my lower back is stiff since yesterday", "no", "it is the same", "4", "thanks", "I'm 35")
UNREACHABLE = (urllib.error.URLError, HTTPException, OSError, json.JSONDecodeError)


class Talker(threading.Thread):
    """Sends one message after the other, and what was not answered again with the same id."""

    def __init__(self, address: str, name: str, pause_seconds: float = 0) -> None:
        super().__init__(name=name)
        self.visitor = Visitor(address)
        self.answers: dict[str, Answer] = {}
        self._pause = pause_seconds
        self._ended = threading.Event()

    @property
    def answered(self) -> list[str]:
        """The ids of the messages whose turns did not fail, in their order."""
        return [key for key, answer in self.answers.items() if APOLOGY not in answer.text]

    @property
    def said(self) -> list[str]:
        """Everything that was answered, if only with an apology."""
        return [OPENING, *(SAID[number % len(SAID)] for number in range(len(self.answers) - 1))]

    def open(self) -> None:
        """Become somebody, with a cookie."""
        self._send(OPENING, f"{self.name}-hi")
        assert self.answered

    def run(self) -> None:
        for number in itertools.count():
            if self._ended.wait(self._pause):
                return
            if not self._send(SAID[number % len(SAID)], f"{self.name}-{number}"):
                return

    def end(self) -> None:
        """Say nothing more, and wait for the last answer."""
        self._ended.set()
        if self.ident is not None:
            self.join(PATIENCE_SECONDS)

    def _send(self, text: str, key: str) -> bool:
        """Send a message until it is answered; return whether it was in time."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                answer = self.visitor.say(text, id=key)
            except UNREACHABLE:
                time.sleep(0.2)
                continue
            if answer.status == 200 and answer.messages:
                self.answers[key] = answer
                return True
            time.sleep(0.2)
        return False
