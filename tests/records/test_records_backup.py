"""Backups taken while the bot writes, and what is restored from them."""

from __future__ import annotations

import os
import sqlite3
import stat
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from databases import on_postgresql, on_sqlite
from record_events import after, assessment, slot_event
from sqlalchemy.future import Engine
from typer.testing import CliRunner

from backchat.cli import app
from backchat.cluster.postgresql import PostgreSQL, name_of
from backchat.records import ConversationLog, history, migrate, open_engine, queries
from backchat.records.backup import copy
from backchat.records.errors import DatabaseUnavailable, UnsupportedDatabase

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
MESSAGES = 200


def say(log: ConversationLog, number: int) -> None:
    log.inbound("web-1", "web", f"m{number}", f"said {number}", NOON + timedelta(seconds=number))


@on_sqlite
class TestSQLite:
    def test_a_copy_has_all_that_was_acknowledged_before_it_and_is_whole(
        self, database_url: str, log: ConversationLog, tmp_path: Path
    ) -> None:
        """Another thread goes on writing, as servers do."""
        acknowledged: list[int] = []

        def write() -> None:
            for number in range(MESSAGES):
                say(log, number)
                acknowledged.append(number)

        writer = threading.Thread(target=write)
        say(log, -1)
        writer.start()
        copies = 0
        while writer.is_alive():
            file = tmp_path / f"copy-{copies}"
            before = len(acknowledged)
            copy(database_url, file)
            with closing(sqlite3.connect(file)) as copied:
                [(found,)] = copied.execute("SELECT count(*) FROM messages WHERE text != 'said -1'")
            assert before <= found <= len(acknowledged) + 1
            copies += 1
        writer.join()

        assert copies >= 2

    def restored(self, file: Path) -> list[queries.MessageRecord]:
        engine = open_engine(f"sqlite:///{file}")
        try:
            migrate.upgrade(engine)
            return history(engine, "web-1")
        finally:
            engine.dispose()

    def test_only_its_owner_can_read_it(
        self, database_url: str, log: ConversationLog, tmp_path: Path
    ) -> None:
        before = os.umask(0)
        try:
            copy(database_url, tmp_path / "copy")
        finally:
            os.umask(before)

        assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
        assert [each.name for each in tmp_path.glob("copy*")] == ["copy"]

    def test_an_older_copy_is_not_overwritten(
        self, database_url: str, log: ConversationLog, tmp_path: Path
    ) -> None:
        (tmp_path / "copy").write_bytes(b"precious")
        with pytest.raises(FileExistsError):
            copy(database_url, tmp_path / "copy")

        assert (tmp_path / "copy").read_bytes() == b"precious"

    @pytest.mark.parametrize("content", [None, b"not a database " * 100])
    def test_what_is_no_database_leaves_no_copy(
        self, content: bytes | None, tmp_path: Path, kind: str
    ) -> None:
        if content is not None:
            (tmp_path / "broken").write_bytes(content)
        with pytest.raises(DatabaseUnavailable, match="broken could not be copied"):
            copy(f"sqlite:///{tmp_path}/broken", tmp_path / "copy")

        assert not (tmp_path / "copy").exists()
        assert (content is not None) == (tmp_path / "broken").exists()

    def test_the_command_copies_both_databases(
        self,
        database_url: str,
        log: ConversationLog,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        say(log, 1)
        with closing(sqlite3.connect(tmp_path / "tracker.sqlite3")) as tracker:
            tracker.execute("CREATE TABLE events (data TEXT)")
        monkeypatch.setenv("BACKCHAT_DATABASE_URL", database_url)
        monkeypatch.setenv("BACKCHAT_TRACKER_URL", f"sqlite:///{tmp_path}/tracker.sqlite3")
        done = CliRunner().invoke(app, ["backup", str(tmp_path / "today")])

        assert done.exit_code == 0, done.output
        assert [m.text for m in self.restored(tmp_path / "today/records.sqlite3")] == ["said 1"]
        with closing(sqlite3.connect(tmp_path / "today/tracker.sqlite3")) as tracker:
            assert tracker.execute("SELECT name FROM sqlite_master").fetchall() == [("events",)]


@on_postgresql
class TestPostgreSQL:
    def test_what_pg_dump_wrote_is_restored_and_can_be_gone_on_with(
        self,
        database_url: str,
        engine: Engine,
        log: ConversationLog,
        postgres: PostgreSQL,
        tmp_path: Path,
    ) -> None:
        say(log, 1)
        log.handle(slot_event(after(1), assessment("a1", "EMERGENCY_NOW"), sender_id="web-1"))
        file = tmp_path / "backchat.dump"
        file.write_text(
            postgres.run("pg_dump", "--no-owner", name_of(database_url)), encoding="utf-8"
        )
        restored_url = postgres.new_database()
        postgres.run(
            "psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--single-transaction",
            "--dbname", name_of(restored_url), "--file", str(file),
        )  # fmt: skip
        restored = open_engine(restored_url)
        migrate.upgrade(restored)
        say(ConversationLog(restored), 2)
        restored.dispose()

        assert [m.text for m in history(restored, "web-1")] == ["said 1", "said 2"]
        assert queries.latest_report(restored, "web-1") == queries.latest_report(engine, "web-1")
        restored.dispose()

    def test_the_command_for_sqlite_says_what_to_use_instead(
        self, database_url: str, engine: Engine, tmp_path: Path
    ) -> None:
        with pytest.raises(UnsupportedDatabase, match="pg_dump"):
            copy(database_url, tmp_path / "copy")

        assert not (tmp_path / "copy").exists()
