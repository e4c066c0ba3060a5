"""``backchat migrate``."""

from __future__ import annotations

from backchat.cli.databases import records
from backchat.cli.environment import say


def command() -> None:
    """Bring the tables of the records to this version; servers do so by themselves, too."""
    records().dispose()
    say("the tables of the records are those of this version.")
