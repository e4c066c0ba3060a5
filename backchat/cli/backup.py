"""``backchat backup``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from backchat.cli.environment import say
from backchat.records import backup
from backchat.settings import Settings


def command(
    folder: Annotated[Path, typer.Argument(help="A folder for the copies; made if missing.")],
) -> None:
    """Copy the SQLite databases, also while servers are running; see docs/operations.md.

    The dialogues are copied last: they may be ahead of the log, which is completed from them, but
    never forget what was logged.
    """
    settings = Settings.from_environment()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for url, name in (
        (settings.database_url, "records.sqlite3"),
        (settings.tracker_url, "tracker.sqlite3"),
    ):
        backup.copy(url, folder / name)
        say(f"{folder / name} is written.")
