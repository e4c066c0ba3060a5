"""``backchat chat``."""

from __future__ import annotations

import asyncio
import uuid

import typer

from backchat.cli import train
from backchat.cli.environment import prepare_rasa, say
from backchat.settings import Settings


def command() -> None:
    """Talk with the bot in the terminal; nothing is kept. An empty line ends the conversation."""
    prepare_rasa()
    settings = Settings.from_environment()
    train.command()
    say("starting …")
    asyncio.run(_converse(settings))


async def _converse(settings: Settings) -> None:
    from backchat.assistant.terminal import Terminal

    terminal = await Terminal.open(f"terminal-{uuid.uuid4().hex}", settings)
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
