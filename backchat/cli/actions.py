"""``backchat actions``."""

from __future__ import annotations

from backchat.cli.environment import check_port, prepare_rasa, say
from backchat.settings import Settings


def command() -> None:
    """Serve the actions alone, for servers that name this one in BACKCHAT_ACTION_URL."""
    prepare_rasa()
    settings = Settings.from_environment()
    check_port(settings.host, settings.port)
    from backchat.assistant import action_server

    say(f"serving the actions on {settings.host}:{settings.port}.")
    action_server.run(settings)
