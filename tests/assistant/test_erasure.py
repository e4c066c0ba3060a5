"""What a process remembers of messages is gone once somebody was erased."""

from __future__ import annotations

import gc
from datetime import UTC, datetime
from pathlib import Path

from backchat.assistant import erasure
from backchat.clinical.episode import Episode
from backchat.consultation import shared
from backchat.language.canonical import Canonical
from backchat.records import dialogues, migrate, open_engine

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SAID = "my wobbly trolley hurt my lower back at quarter past five"


def remembered() -> list[str]:
    """The messages of which some reading is still in memory."""
    gc.collect()
    return [each.source for each in gc.get_objects() if isinstance(each, Canonical)]


def test_the_messages_heard_last_are_forgotten(tmp_path: Path) -> None:
    records = open_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    migrate.upgrade(records)
    with records.begin() as connection:
        dialogues.events.create(connection)
    shared().hear(Episode(), SAID, now=NOON)
    assert SAID in remembered()

    erasure.personal_data(records, records).erase("web-1")

    assert SAID not in remembered()
    records.dispose()
