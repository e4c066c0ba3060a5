from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backchat.cli import app
from backchat.records import migrate, open_engine, places
from backchat.records.deliveries import Outbox

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def outbox(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Outbox:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    engine = open_engine(url)
    migrate.upgrade(engine)
    places.note(engine, "telegram-7", "telegram", {"chat_id": 7}, MOMENT)
    return Outbox(engine, "telegram")


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["deliveries", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def failed_and_sent(outbox: Outbox) -> None:
    for number, text in enumerate(["zebrafinch", "wagtail"]):
        outbox.add("telegram-7", [{"text": text}], batch=str(number), at=MOMENT)
        delivery = outbox.claim("telegram-7", MOMENT)
        assert delivery
        if number:
            outbox.try_again(delivery.id, 1, MOMENT, "sendMessage: 500 Internal Server Error")
        else:
            outbox.sent(delivery.id, None, MOMENT)


def test_without_deliveries_it_says_so(outbox: Outbox) -> None:
    assert "No deliveries" in run()


def test_what_did_not_go_through_is_seen_with_its_reason_and_without_its_words(
    outbox: Outbox,
) -> None:
    failed_and_sent(outbox)
    assert len(run().splitlines()) == 2
    [line] = run("--failed").splitlines()
    assert "telegram-7" in line
    assert "500 Internal Server Error, again at 12:00:00" in line
    assert "wagtail" not in run("--json")


def test_programs_read_it_as_json(outbox: Outbox) -> None:
    failed_and_sent(outbox)
    assert [each["status"] for each in json.loads(run("--json"))] == ["pending", "sent"]
