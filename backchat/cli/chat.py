"""``backchat chat``."""

from __future__ import annotations

import asyncio
import uuid

import typer

from backchat.cli import train
from backchat.cli.environment import prepare_rasa, say


def command() -> None:
    """Talk with the bot in the terminal; nothing is kept. An empty line ends the conversation."""
    prepare_rasa()
    train.command()
    say("starting …")
    asyncio.run(_converse())


async def _converse() -> None:
    from backchat.assistant.terminal import Terminal

    terminal = await Terminal.open(f"terminal-{uuid.uuid4().hex}")
    for line in await terminal.say("/greet"):
        typer.echo(line)
    while text := await asyncio.to_thread(_prompt):
        for line in await terminal.say(text):
            typer.echo(line)


def _prompt() -> str:
    try:
        return input("\n> ").strip()
    except EOFError:
        return ""
