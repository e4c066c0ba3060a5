"""What was offered to press, so that nobody can press anything else."""

from __future__ import annotations

import hashlib
from functools import cached_property

from sqlalchemy.future import Engine

from backchat.assistant.portable import Button, buttons
from backchat.assistant.wording import Responses
from backchat.consultation import AFTER_STRETCHING, ANSWER_BUTTONS
from backchat.records import queries

LATEST_MESSAGES = 30
"""How far back buttons are looked for that only one person was offered."""
REFERENCE_MARK = "~"
OWN = "#"
"""How payloads begin that a messenger takes itself, without a turn."""
_REFERENCE_DIGITS = 24


def reference(payload: str) -> str:
    """Return a short stand-in for a payload that is too long for a platform."""
    digest = hashlib.sha256(payload.encode()).hexdigest()
    return REFERENCE_MARK + digest[:_REFERENCE_DIGITS]


def is_answer(payload: str) -> bool:
    """Say whether a payload answers the question above it, and nothing once that is past."""
    intent = payload[1:].partition("{")[0]
    if not payload.startswith(("/", OWN)):
        return True
    return intent in ANSWER_BUTTONS or intent == AFTER_STRETCHING


class Offers:
    """Finds the button that somebody pressed.

    Buttons that the domain offers everybody can be found for ever; those made for one person, as
    long as their message is among the latest of the log.
    """

    def __init__(self, engine: Engine, responses: Responses) -> None:
        self._engine = engine
        self._responses = responses

    def find(self, sender_id: str, token: str) -> Button | None:
        """Return the button that sends a payload, given it or its reference, or None.

        Raises:
            DatabaseUnavailable: the database did not answer.
        """
        for message in reversed(queries.history(self._engine, sender_id, LATEST_MESSAGES)):
            for button in buttons(message.payload or {}):
                if token in (button.payload, reference(button.payload)):
                    return button
        return self._of_domain.get(token)

    @cached_property
    def _of_domain(self) -> dict[str, Button]:
        """Buttons without anything to fill in, by payload and by reference."""
        found: dict[str, Button] = {}
        for variations in self._responses.values():
            for button in (each for variation in variations for each in buttons(variation)):
                payload = button.payload.replace("{{", "{").replace("}}", "}")
                if payload.count("{") == button.payload.count("{{"):
                    offered = found.setdefault(payload, Button(button.title, payload))
                    found[reference(payload)] = offered
        return found
