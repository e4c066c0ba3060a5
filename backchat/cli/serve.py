"""``backchat serve``."""

from __future__ import annotations

from backchat.cli import train
from backchat.cli.environment import check_port, prepare_rasa, say
from backchat.settings import Settings


def command() -> None:
    """Serve the page and its API on BACKCHAT_HOST and BACKCHAT_PORT."""
    prepare_rasa()
    settings = Settings.from_environment()
    check_port(settings.host, settings.port)
    train.command()
    say("starting (about a quarter of a minute) …")
    from backchat.assistant import warm_up

    warm_up.begin()
    from backchat.assistant import server

    server.run(settings)
