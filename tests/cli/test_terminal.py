from __future__ import annotations

import asyncio

from backchat.assistant.terminal import Terminal
from backchat.settings import Settings


class Agent:
    """Answers everything with the same messages, and keeps what it was told."""

    def __init__(self, *answers: dict) -> None:
        self.answers = answers
        self.heard: list[str] = []

    async def handle_message(self, message) -> None:
        self.heard.append(message.text)
        for answer in self.answers:
            await message.output_channel.send_response(message.sender_id, answer)


def buttons(*titles: str) -> list[dict[str, str]]:
    return [{"title": title, "payload": f"/{title.lower()}"} for title in titles]


def talk(agent: Agent, *texts: str) -> list[list[str]]:
    terminal = Terminal(agent, "someone", Settings.from_environment({}))

    async def converse() -> list[list[str]]:
        return [await terminal.say(text) for text in texts]

    return asyncio.run(converse())


def test_a_number_chooses_among_the_buttons_of_the_last_message():
    agent = Agent(
        {"text": "First.", "buttons": buttons("Old", "Older")},
        {"text": "Second?", "buttons": buttons("Yes", "No")},
    )
    lines, _ = talk(agent, "hi", "2")
    assert agent.heard == ["hi", "/no"]
    assert [line for line in lines if "[" in line] == ["  [1] Yes", "  [2] No"]


def test_what_is_no_number_of_a_button_is_said():
    agent = Agent({"text": "Second?", "buttons": buttons("Yes", "No")})
    talk(agent, "hi", "3", "9" * 10_000)
    assert agent.heard == ["hi", "3", "9" * 10_000]


def test_emphasis_is_not_shown_as_asterisks():
    lines, *_ = talk(Agent({"text": "Call **112** now."}), "hi")
    assert "Call 112 now." in lines
