from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backchat.cli import app
from backchat.clinical.episode import Episode
from backchat.consultation import shared
from backchat.records import ConversationLog, migrate, open_engine

MOMENT = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationLog:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    engine = open_engine(url)
    migrate.upgrade(engine)
    return ConversationLog(engine)


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def record(log: ConversationLog, text: str, level: str | None) -> None:
    log.inbound("web-a", "web", "m1", text, MOMENT)
    heard = shared().hear(Episode(), text, now=MOMENT, asked=())
    assessment = {
        "id": "a1", "level": level, "timeframe": None, "borderline": False,
        "rules": [rule.rule_id for rule in heard.assessment.fired], "rule_levels": {},
        "ask": [], "reasons": [], "report": heard.episode.to_dict(),
        "knowledge_version": "before", "pain": None,
    }  # fmt: skip
    event = {
        "event": "slot", "name": "assessment", "value": assessment, "sender_id": "web-a",
        "timestamp": MOMENT.timestamp(),
    }  # fmt: skip
    log.handle(event)


def test_an_empty_log_says_so(log):
    assert "No conversations" in run("conversations")


def test_a_conversation_is_listed_and_shown(log):
    record(log, "my crotch has gone numb", "EMERGENCY_NOW")
    assert "EMERGENCY_NOW" in run("conversations")
    assert "RF01_SADDLE" in run("conversations")
    assert "my crotch has gone numb" in run("conversations", "1")
    assert "No conversations" in run("conversations", "--level", "SELF_CARE")
    assert json.loads(run("conversations", "--json"))[0]["level"] == "EMERGENCY_NOW"


def test_an_unknown_conversation_is_one_sentence(log):
    result = CliRunner().invoke(app, ["conversations", "99"])
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1


def test_replay_lists_the_levels_that_todays_knowledge_changes(log):
    record(log, "my crotch has gone numb", "SEE_PROVIDER")
    assert "SEE_PROVIDER → EMERGENCY_NOW" in run("replay")


def test_replay_is_silent_about_what_stays(log):
    record(log, "my crotch has gone numb", "EMERGENCY_NOW")
    assert run("replay") == ""


@pytest.mark.parametrize("only", [[], ["1"]])
def test_following_prints_what_is_said_from_then_on(log, monkeypatch, only):
    record(log, "said before", None)
    log.inbound("web-b", "web", "m1", "from another", MOMENT)
    more = iter([("web-a", "said later"), ("web-b", "said by another")])

    def wait(_seconds):
        for sender, text in more:
            log.inbound(sender, "web", text, text, MOMENT)
            return
        raise KeyboardInterrupt

    monkeypatch.setattr("backchat.cli.conversations.time.sleep", wait)
    followed = run("conversations", *only, "--follow").partition("conversation 1, ")[2]

    assert "said later" in followed
    assert "said before" not in followed
    assert ("said by another" in followed) is not bool(only)
