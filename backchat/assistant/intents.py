"""The trained classifier by itself, without a conversation."""

from __future__ import annotations

import asyncio

from rasa.core.agent import Agent
from rasa.utils.log_utils import configure_structlog

from backchat.assistant import training


class Intents:
    """Names the intent of a text."""

    def __init__(self) -> None:
        configure_structlog()
        self._agent = Agent.load(model_path=str(training.model_path()))

    def name_of(self, text: str) -> str:
        """Return the most likely intent's name."""
        parsed = asyncio.run(self._agent.parse_message(text))
        return str(parsed["intent"]["name"])
