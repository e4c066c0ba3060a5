"""Collects what the bot says during one turn."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel

CHANNEL = "web"


class WebOutput(OutputChannel):
    """Keeps each response whole, in the order in which it was said."""

    def __init__(self) -> None:
        self.responses: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Return the name that responses of the domain may be addressed to."""
        return CHANNEL

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one response."""
        self.responses.append(message)
