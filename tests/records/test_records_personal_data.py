"""What is held about people in both databases: kept for as long as agreed, and not longer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from databases import on_sqlite
from record_events import NOON, WORDS, after, tell_everything
from sqlalchemy import insert
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, dialogues, open_engine, set_consent
from backchat.records.engine import writing
from backchat.records.personal_data import DIALOGUE, PersonalData

LONG_AFTER = after(5000)


@pytest.fixture
def rasa(kind: str, engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Where Rasa keeps its dialogues: a file of its own; on PostgreSQL it may be our database."""
    rasa = engine if kind == "postgresql" else open_engine(f"sqlite:///{tmp_path}/tracker.sqlite3")
    yield rasa
    rasa.dispose()


@pytest.fixture
def held(engine: Engine, rasa: Engine) -> PersonalData:
    """Both databases; Rasa has made its table."""
    with rasa.begin() as connection:
        dialogues.events.create(connection)
    return PersonalData(engine, rasa)


def remember(rasa: Engine, sender_id: str, at: datetime = NOON) -> None:
    """Have Rasa's dialogue keep something."""
    data = json.dumps({"event": "user", "text": WORDS})
    row = {"sender_id": sender_id, "timestamp": at.timestamp(), "data": data}
    with writing(rasa) as connection:
        connection.execute(insert(dialogues.events).values(row))


@pytest.mark.parametrize(
    "erase",
    [
        lambda held: held.erase("web-1"),
        lambda held: held.end_sessions(after(60), after(120)),
    ],
    ids=["at their word", "when the session is over"],
)
def test_what_a_process_remembers_goes_too(
    erase: Callable[[PersonalData], object], engine: Engine, rasa: Engine, log: ConversationLog
) -> None:
    with rasa.begin() as connection:
        dialogues.events.create(connection)
    remembered = [WORDS]
    held = PersonalData(engine, rasa, remembered.clear)
    log.inbound("web-1", "web", "1", WORDS, NOON)

    erase(held)

    assert not remembered


def test_the_export_and_the_erasure_cover_both(
    engine: Engine,
    rasa: Engine,
    held: PersonalData,
    log: ConversationLog,
    kept: Callable[[], bytes],
    tmp_path: Path,
) -> None:
    tell_everything(engine, log, "web-1")
    remember(rasa, "web-1")
    assert held.export("web-1")[DIALOGUE] == [{"event": "user", "text": WORDS}]

    assert held.erase("web-1").deleted[DIALOGUE] == 1

    assert not any(held.export("web-1").values())
    assert WORDS.encode() not in kept()
    assert not any(WORDS.encode() in path.read_bytes() for path in tmp_path.glob("tracker*"))


def test_retention_takes_what_is_old_from_both_and_nothing_else(
    engine: Engine, rasa: Engine, held: PersonalData, log: ConversationLog
) -> None:
    tell_everything(engine, log, "web-1")
    remember(rasa, "web-1")
    log.inbound("web-2", "web", "1", "my back", LONG_AFTER)
    remember(rasa, "web-2", LONG_AFTER)

    assert held.expire(after(4000)) == 1

    assert not any(held.export("web-1").values())
    assert len(held.export("web-2")[DIALOGUE]) == 1


def test_old_events_go_while_the_conversation_goes_on(
    rasa: Engine, held: PersonalData, log: ConversationLog
) -> None:
    log.inbound("web-1", "web", "1", "my back", LONG_AFTER)
    remember(rasa, "web-1")
    remember(rasa, "web-1", LONG_AFTER)

    held.expire(after(4000))

    assert len(held.export("web-1")[DIALOGUE]) == 1
    assert len(held.export("web-1")["messages"]) == 1


def test_the_end_of_a_session_takes_the_dialogue_of_those_who_did_not_consent(
    engine: Engine, rasa: Engine, held: PersonalData, log: ConversationLog
) -> None:
    for sender in ("web-1", "web-2"):
        tell_everything(engine, log, sender)
        remember(rasa, sender)
    set_consent(engine, "web-2", granted=True)

    assert held.end_sessions(after(60), after(120)) == 1

    assert held.export("web-1")[DIALOGUE] == []
    assert len(held.export("web-2")[DIALOGUE]) == 1


def test_before_rasa_has_made_its_table_there_is_nothing_in_it(
    engine: Engine, rasa: Engine, log: ConversationLog
) -> None:
    held = PersonalData(engine, rasa)
    tell_everything(engine, log, "web-1")

    assert held.export("web-1")[DIALOGUE] == []
    assert held.expire(after(-1)) == 0
    assert held.erase("web-1").deleted[DIALOGUE] == 0


@on_sqlite
def test_while_nothing_is_due_nobody_is_kept_waiting(
    engine: Engine, database_url: str, held: PersonalData, log: ConversationLog
) -> None:
    tell_everything(engine, log, "web-1")
    other = open_engine(database_url)

    with writing(other):
        assert held.end_sessions(after(-60), NOON) == 0
        assert held.expire(after(-60)) == 0
    other.dispose()
