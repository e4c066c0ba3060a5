"""What operators may ask about people, and what they may do for them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy.future import Engine
from typer.testing import CliRunner, Result

from backchat.cli import app
from backchat.records import ConversationLog, check_ins, flag_conversation, migrate, open_engine
from backchat.records import history as history_of

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
WORDS = "words-of-mine"


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    monkeypatch.setenv("BACKCHAT_TRACKER_URL", f"sqlite:///{tmp_path}/tracker.sqlite3")
    engine = open_engine(url)
    migrate.upgrade(engine)
    return engine


@pytest.fixture
def log(engine: Engine) -> ConversationLog:
    log = ConversationLog(engine)
    log.inbound("web-a", "web", "1", f"my back hurts, {WORDS}", NOON)
    log.inbound("web-b", "web", "1", "mine too", NOON + timedelta(minutes=1))
    return log


def backchat(*arguments: str, answer: str = "") -> Result:
    return CliRunner().invoke(app, arguments, input=answer)


def said(*arguments: str) -> str:
    result = backchat(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.usefixtures("log")
class TestPeople:
    def test_those_who_were_here_last_come_first(self) -> None:
        lines = said("people", "list").splitlines()

        assert [line.split()[0] for line in lines] == ["web-b", "web-a"]
        assert "not asked" in lines[0]
        assert json.loads(said("people", "list", "--json"))[1]["sender_id"] == "web-a"

    def test_one_is_shown_with_the_conversations(self) -> None:
        assert "1 messages" in said("people", "show", "web-a")
        assert len(json.loads(said("people", "show", "web-a", "--json"))["conversations"]) == 1

    def test_the_export_is_everything_and_only_the_owner_can_read_its_file(
        self, tmp_path: Path
    ) -> None:
        file = tmp_path / "export.json"
        said("people", "export", "web-a", "--out", str(file))

        assert json.loads(file.read_text()) == json.loads(said("people", "export", "web-a"))
        assert WORDS in file.read_text()
        assert file.stat().st_mode & 0o077 == 0

    def test_delete_erases_every_byte_and_says_what_is_left(self, tmp_path: Path) -> None:
        assert "0 left" in said("people", "delete", "web-a", "--yes")

        for file in tmp_path.iterdir():
            assert WORDS.encode() not in file.read_bytes(), file
        assert [line.split()[0] for line in said("people", "list").splitlines()] == ["web-b"]

    def test_programs_read_what_was_deleted_as_json(self) -> None:
        receipt = json.loads(said("people", "delete", "web-a", "--yes", "--json"))

        assert (receipt["sender_id"], receipt["deleted"]["messages"]) == ("web-a", 1)
        assert receipt["left"] == 0

    def test_delete_asks_first(self) -> None:
        assert backchat("people", "delete", "web-a", answer="n\n").exit_code == 1
        assert WORDS in said("people", "export", "web-a")

    def test_a_reply_is_logged_as_the_clinicians(self, engine: Engine) -> None:
        said("people", "reply", "web-a", "Please see somebody today.")

        message = history_of(engine, "web-a")[-1]
        assert (message.author, message.direction) == ("clinician", "out")
        assert message.text == "Please see somebody today."
        assert message.payload == {"custom": {"author": "A clinician"}}

    def test_a_reply_says_who_writes(self, engine: Engine) -> None:
        said("people", "reply", "web-a", "Please call.", "--name", "Dana Lee, physiotherapist")

        payload = history_of(engine, "web-a")[-1].payload
        assert payload == {"custom": {"author": "Dana Lee, physiotherapist"}}

    @pytest.mark.parametrize("command", [["show"], ["export"], ["reply", "hello"]])
    def test_an_unknown_person_is_one_sentence(self, command: list[str]) -> None:
        result = backchat("people", command[0], "web-nobody", *command[1:])

        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1].startswith("backchat: Nothing is held about")


@pytest.mark.usefixtures("log")
class TestCheckIns:
    def test_they_are_listed_and_cancelled(self, engine: Engine) -> None:
        assert "No check-ins" in said("check-ins", "list")
        check_ins.schedule(engine, "web-a", NOON + timedelta(days=2))

        assert "pending" in said("check-ins", "list")
        assert "2026-01-07 12:00" in said("check-ins", "list")
        assert "1 cancelled" in said("check-ins", "cancel", "web-a")
        assert json.loads(said("check-ins", "cancel", "web-a", "--json")) == {"cancelled": 0}
        assert json.loads(said("check-ins", "list", "--json"))[0]["status"] == "cancelled"


@pytest.mark.usefixtures("log")
class TestFlags:
    def test_flagged_conversations_can_be_listed_and_settled(self, engine: Engine) -> None:
        assert "No conversations" in said("conversations", "--flagged")
        flag_conversation(engine, 2)

        assert said("conversations", "--flagged").split()[0] == "2"
        said("conversations", "2", "--settled")
        assert "No conversations" in said("conversations", "--flagged")

    def test_a_person_and_a_span_of_time_narrow_the_list(self) -> None:
        assert said("conversations", "--person", "web-a").split()[0] == "1"
        assert "No conversations" in said("conversations", "--since", "2026-01-06")
        assert "No conversations" in said("conversations", "--until", "2026-01-05")
        assert len(said("conversations", "--since", "2026-01-05").splitlines()) == 2
