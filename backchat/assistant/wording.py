"""The domain's responses for what is said without Rasa."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from backchat.consultation import Consultation

Responses = Mapping[str, list[dict[str, Any]]]
"""Responses of the domain by name, each a list of variations."""


def domain_responses(path: Path = Path("domain.yml")) -> Responses:
    """Return the responses of the domain."""
    responses: Responses = yaml.safe_load(path.read_text(encoding="utf-8"))["responses"]
    return responses


def fill(value: Any, values: Mapping[str, str]) -> Any:
    """Return a response, or a part of one, with its fields in braces filled in."""
    if isinstance(value, str):
        for name, filling in values.items():
            value = value.replace(f"{{{name}}}", filling)
        return value
    if isinstance(value, dict):
        return {key: fill(each, values) for key, each in value.items()}
    if isinstance(value, list):
        return [fill(each, values) for each in value]
    return value


class Wording:
    """Says responses of the domain with a region's phone numbers.

    Args:
        consultation: Knows the numbers.
        responses: The domain's.
        command: How commands begin where they are said: ``{command}`` in a response.
    """

    def __init__(
        self, consultation: Consultation, responses: Responses, command: str = "/"
    ) -> None:
        self.responses = responses
        self._command = command
        self._consultation = consultation

    def say(self, name: str, region: str | None, **values: str) -> dict[str, Any]:
        """Return a response, filled in.

        Raises:
            KeyError: the domain has no response of this name.
        """
        numbers = self._consultation.numbers(region)
        said: dict[str, Any] = fill(
            self.responses[name][0], {**numbers, "command": self._command, **values}
        )
        return said
