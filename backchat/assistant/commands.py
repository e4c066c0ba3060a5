"""The commands that every messenger has, however it begins them."""

from __future__ import annotations

from dataclasses import replace

from backchat.assistant.portable import Button
from backchat.assistant.said import CLOCK, STOP, Said

TURNS = {"start": "/greet", "stop": STOP}
"""Commands that run a turn, and what they send."""
REPLIES = {
    "help": "utter_commands",
    "delete": "utter_ask_erase",
    "timezone": "utter_ask_clock",
}
"""Commands that are answered without a turn."""


def commanded(said: Said, name: str, rest: str) -> Said:
    """Return what a command says.

    One that we do not know is words, and so is one that words follow: "stop, it hurts".

    Args:
        said: The command as it was typed.
        name: Its first word, in small letters.
        rest: What follows it.
    """
    if name == "timezone" and rest:
        return replace(said, button=Button(said.text, f"{CLOCK}{rest}"))
    if rest:
        return said
    if name in TURNS:
        return replace(said, button=Button(said.text, TURNS[name]))
    return replace(said, reply=REPLIES.get(name))
