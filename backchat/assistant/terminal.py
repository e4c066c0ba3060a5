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
from backchat.assistant.turns import CollectedOutput
from backchat.assistant.web import CHANNEL
from backchat.assistant.web.rendering import message as rendered
from backchat.settings import Settings


class Terminal:
    """One speaker. A number chooses the button of that number under the last message."""

    def __init__(self, agent: Agent, sender_id: str, settings: Settings) -> None:
        self._agent = agent
        self._sender_id = sender_id
        self._settings = settings
        self._buttons: list[dict[str, str]] = []

    @classmethod
    async def open(cls, sender_id: str, settings: Settings) -> Terminal:
        """Load the model; conversations stay in memory."""
        configure_structlog()
        endpoints = AvailableEndpoints(action=LocalActionEndpoint())
        agent = await load_agent(model_path=str(training.model_path()), endpoints=endpoints)
        return cls(agent, sender_id, settings)

    async def say(self, text: str) -> list[str]:
        """Send one message and return the answer's lines."""
        output = CollectedOutput(CHANNEL)
        metadata = {"region": self._settings.region, "timezone": self._settings.timezone.key}
        await self._agent.handle_message(
            UserMessage(self._chosen(text), output, self._sender_id, metadata=metadata)
        )
        messages = [rendered(response) for response in output.responses]
        self._buttons = messages[-1]["buttons"] if messages else []
        return list(self._lines(messages))

    def _chosen(self, text: str) -> str:
        numbered = {str(number): each for number, each in enumerate(self._buttons, start=1)}
        if text in numbered and len(numbered) < 10:
            return numbered[text]["payload"]
        return text

    def _lines(self, messages: list[dict[str, Any]]) -> Iterator[str]:
        for message in messages:
            yield ""
            yield message["text"].replace("**", "")
        for number, button in enumerate(self._buttons, start=1):
            yield f"  [{number}] {button['title']}"
