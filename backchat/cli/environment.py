"""What every command does before it starts."""

from __future__ import annotations

import errno
import logging
import os
import socket
import sys
import warnings
from pathlib import Path
from typing import NoReturn, TextIO

import typer

from backchat.assistant import without_tensorflow

ROOT = Path(__file__).resolve().parents[2]
_FOR_AUTHORS = (DeprecationWarning, PendingDeprecationWarning, FutureWarning)


def prepare_rasa() -> None:
    """Set the scene: quiet, no telemetry, no TensorFlow; call it before Rasa is imported."""
    os.chdir(ROOT)
    without_tensorflow.leave_out()
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    os.environ.setdefault("LOG_LEVEL_LIBRARIES", "ERROR")
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    warnings.showwarning = _show_warning
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


def _show_warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """Leave out what the libraries' authors have to change; neither filters nor imports undo it."""
    if not issubclass(category, _FOR_AUTHORS) and "site-packages" not in filename:
        sys.stderr.write(warnings.formatwarning(message, category, filename, lineno))


def fail(message: str) -> NoReturn:
    """Say in one sentence what is wrong and end with exit status 1."""
    typer.echo(f"backchat: {message}", err=True)
    raise typer.Exit(1)


def say(message: str) -> None:
    """Show progress on the error stream, so that results can be piped."""
    typer.echo(f"backchat: {message}", err=True)


def check_port(host: str, port: int) -> None:
    """Fail with a sentence if the address cannot be listened on."""
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
