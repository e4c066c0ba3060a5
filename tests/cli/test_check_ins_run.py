"""Check-ins that an operator has said without a server, by the whole bot."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from serving import ROOT, SECRET
from sqlalchemy.future import Engine

from backchat.clinical.episode import Episode
from backchat.consultation import shared
from backchat.records import (
    ConversationLog,
    check_ins,
    deliveries,
    history,
    migrate,
    open_engine,
    places,
)

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
DUE = NOON + timedelta(days=2)
SAID = "my lower back is sore since yesterday, 4/10"
PATIENCE_SECONDS = 300


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("due")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    """A person of the page and one of Telegram with check-ins that are due, one who is early."""
    engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
    migrate.upgrade(engine)
    for sender, due in (("web-1", DUE), ("telegram-2", DUE), ("web-3", DUE + timedelta(days=1))):
        tell(engine, sender)
        check_ins.schedule(engine, sender, due)
    places.note(engine, "telegram-2", "telegram", {"chat_id": 2}, NOON)
    yield engine
    engine.dispose()


def tell(engine: Engine, sender: str) -> None:
    """Log what somebody said of their back, with how it was judged."""
    log = ConversationLog(engine)
    log.inbound(sender, sender.partition("-")[0], "1", SAID, NOON)
    heard = shared().hear(Episode(), SAID, now=NOON, asked=())
    assessment = {"id": sender, "level": "SELF_CARE", "report": heard.episode.to_dict()}
    log.handle(
        {
            "event": "slot",
            "name": "assessment",
            "value": assessment,
            "sender_id": sender,
            "timestamp": NOON.timestamp(),
        }
    )


@pytest.fixture(scope="module")
def counted(engine: Engine, folder: Path) -> dict[str, int]:
    """What the command printed."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("BACKCHAT_")}
    settings = {
        "BACKCHAT_DATABASE_URL": f"sqlite:///{folder}/records.sqlite3",
        "BACKCHAT_TRACKER_URL": f"sqlite:///{folder}/tracker.sqlite3",
        "BACKCHAT_SECRET": SECRET,
        "BACKCHAT_ENV": "test",
        "BACKCHAT_TEST_NOW": (DUE + timedelta(minutes=5)).isoformat(),
    }
    done = subprocess.run(
        [sys.executable, "-m", "backchat", "check-ins", "run-due", "--json"],
        cwd=ROOT,
        env={**own, **settings},
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    printed: dict[str, int] = json.loads(done.stdout)
    return printed


def test_what_is_due_is_said_and_counted(counted: dict[str, int], engine: Engine) -> None:
    assert counted == {"said": 2}
    statuses = {each.sender_id: each.status for each in check_ins.listing(engine)}
    assert statuses == {"web-1": "done", "telegram-2": "done", "web-3": "pending"}


@pytest.mark.usefixtures("counted")
def test_it_is_in_the_log_of_the_person_as_the_bots(engine: Engine) -> None:
    said = history(engine, "web-1")[-1]
    assert said.author == "bot"
    assert "this is the check-in you asked for" in (said.text or "")
    assert "4/10" in (said.text or "")


@pytest.mark.usefixtures("counted")
def test_to_a_messenger_it_waits_for_a_server_to_send_it(engine: Engine) -> None:
    [waiting] = deliveries.listing(engine)
    assert (waiting.sender_id, waiting.status) == ("telegram-2", "pending")
