"""A conversation without a server: the same model, rules and actions, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rasa.core.agent import Agent, load_agent
from rasa.core.channels.channel import UserMessage
from rasa.core.utils import AvailableEndpoints
from rasa.utils.log_utils import configure_structlog

from backchat.assistant import training
from backchat.assistant.local_actions import LocalActionEndpoint
from backchat.assistant.web.output import WebOutput
from backchat.assistant.web.rendering import message as rendered
from backchat.settings import Settings


class Terminal:
    """One speaker. A number chooses the button of that number in the last answer."""

    def __init__(self, agent: Agent, sender_id: str) -> None:
        self._agent = agent
        self._sender_id = sender_id
        self._buttons: list[dict[str, str]] = []
        self._settings = Settings.from_environment()

    @classmethod
    async def open(cls, sender_id: str) -> Terminal:
        """Load the model; conversations stay in memory."""
        configure_structlog()
        endpoints = AvailableEndpoints(action=LocalActionEndpoint())
        agent = await load_agent(model_path=str(training.model_path()), endpoints=endpoints)
        return cls(agent, sender_id)

    async def say(self, text: str) -> list[str]:
        """Send one message and return the answer's lines."""
        output = WebOutput()
        metadata = {"region": self._settings.region, "timezone": self._settings.timezone.key}
        await self._agent.handle_message(
            UserMessage(self._chosen(text), output, self._sender_id, metadata=metadata)
        )
        messages = [rendered(response) for response in output.responses]
        self._buttons = [button for message in messages for button in message["buttons"]]
        return [line for message in messages for line in self._lines(message)]

    def _chosen(self, text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(self._buttons) and len(self._buttons) < 10:
            return self._buttons[int(text) - 1]["payload"]
        return text

    def _lines(self, message: dict[str, Any]) -> Iterator[str]:
        yield ""
        yield message["text"]
        for button in message["buttons"]:
            yield f"  [{self._buttons.index(button) + 1}] {button['title']}"
