"""A running bot with a clock to turn, and what it keeps."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from visiting import Visitor

from backchat.records import dialogues, list_conversations, open_engine
from backchat.records.queries import show_person

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)
CONTACT = "+1 555 0100"
JANITOR_SECONDS = 150
"""It comes four times a minute; a slow machine gets more chances."""


class ClockedBot:
    """A bot whose databases and process log are in a folder.

    Args:
        address: Where it answers.
        folder: Its files.
        clock: The file that it reads its clock from.
    """

    def __init__(self, address: str, folder: Path, clock: Path) -> None:
        self.address = address
        self.folder = folder
        self.records = open_engine(f"sqlite:///{folder}/records.sqlite3")
        self._dialogues = open_engine(f"sqlite:///{folder}/tracker.sqlite3")
        self._clock = clock

    def dispose(self) -> None:
        self.records.dispose()
        self._dialogues.dispose()

    def at(self, **after: float) -> None:
        """Turn the clock to some time after Monday noon."""
        draft = self._clock.with_suffix(".new")
        draft.write_text((MONDAY + timedelta(**after)).isoformat())
        draft.replace(self._clock)

    def consent_of(self, visitor: Visitor) -> bool | None:
        return show_person(self.records, visitor.sender_id).consent

    def is_flagged(self, visitor: Visitor) -> bool:
        return any(
            each.flagged for each in list_conversations(self.records, sender_id=visitor.sender_id)
        )

    def lose_dialogue(self, visitor: Visitor) -> None:
        """Have nothing left of what Rasa keeps of a visitor."""
        assert dialogues.erase(self._dialogues, [visitor.sender_id])

    def files_with(self, words: str) -> list[str]:
        """Return the names of the files that hold these words, as bytes anywhere in them."""
        files = sorted(path for path in self.folder.iterdir() if path.is_file())
        return [path.name for path in files if words.encode() in path.read_bytes()]

    def wait_until_gone(self, words: str) -> bool:
        deadline = time.monotonic() + JANITOR_SECONDS
        while self.files_with(words) and time.monotonic() < deadline:
            time.sleep(1)
        return not self.files_with(words)
