"""The whole server is killed under load: what was answered is stored, and nothing twice."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from serving import address_of, free_port, start_server
from sqlalchemy.future import Engine
from talking import Talker

from backchat.records import dialogues, open_engine, queries
from backchat.records.tables import messages

KILLS = 3
VISITORS = 6


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def talkers(folder: Path) -> Iterator[list[Talker]]:
    """What they said to a server that was killed again and again."""
    moments = random.Random(20261123)
    port = free_port()
    server = start_server(folder, port, BACKCHAT_REGION="US")
    talkers = [Talker(address_of(port), f"v{number}") for number in range(VISITORS)]
    try:
        for talker in talkers:
            talker.open()
            talker.start()
        for _ in range(KILLS):
            time.sleep(moments.uniform(0.5, 3))
            server.kill()
            assert server.wait(30) == -signal.SIGKILL
            server = start_server(folder, port, BACKCHAT_REGION="US")
        time.sleep(1)
    finally:
        for talker in talkers:
            talker.end()
        server.terminate()
        server.wait(30)
    yield talkers


@pytest.fixture(scope="module")
def records(folder: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
    yield engine
    engine.dispose()


def said_by(records: Engine, talker: Talker) -> list[str | None]:
    logged = queries.history(records, talker.visitor.sender_id, limit=10_000)
    return [message.text for message in logged if message.direction == "in"]


def test_everybody_got_answers_all_along(talkers: list[Talker]) -> None:
    assert all(len(talker.answered) > KILLS for talker in talkers)


def test_what_was_answered_is_stored_once_and_nothing_else(
    talkers: list[Talker], records: Engine
) -> None:
    for talker in talkers:
        assert said_by(records, talker) == talker.said


def test_every_turn_was_run_once(talkers: list[Talker], folder: Path) -> None:
    tracker = open_engine(f"sqlite:///{folder}/tracker.sqlite3")
    for talker in talkers:
        events = dialogues.export(tracker, talker.visitor.sender_id)
        turns = [event["message_id"] for event in events if event["event"] == "user"]
        assert turns == talker.answered
    tracker.dispose()


def test_no_answer_was_logged_twice(talkers: list[Talker], records: Engine) -> None:
    with records.connect() as connection:
        keys = Counter(connection.execute(messages.select()).scalars(messages.c.event_key))
    assert set(keys.values()) == {1}
    for talker in talkers:
        logged = queries.history(records, talker.visitor.sender_id, limit=10_000)
        assert _answers(logged) == len(talker.answers)


def _answers(logged: list[queries.MessageRecord]) -> int:
    """Return how many messages of the person were followed by an answer."""
    return sum(
        earlier.direction == "in" and later.direction == "out"
        for earlier, later in pairwise(logged)
    )
