"""``backchat serve``."""

from __future__ import annotations

import errno
import socket

from backchat.cli import train
from backchat.cli.environment import fail, prepare_rasa, say
from backchat.settings import Settings


def command() -> None:
    """Serve the page, its API and the actions, with SQLite, on BACKCHAT_HOST and BACKCHAT_PORT."""
    prepare_rasa()
    settings = Settings.from_environment()
    _check_port(settings.host, settings.port)
    train.command()
    say("starting (about a quarter of a minute) …")
    from backchat.assistant import server

    server.run(settings)


def _check_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                fail(
                    f"port {port} on {host} is taken; stop what uses it, or choose another with "
                    f"BACKCHAT_PORT={port + 1}."
                )
            fail(f"{host}:{port} cannot be used: {error.strerror}.")
