"""Opening a database: what is refused, how SQLite is set up, and what happens when it is down."""

from __future__ import annotations

import logging
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Event
from traceback import format_exception

import pytest
from databases import on_sqlite
from record_events import NOON, WORDS, assessment, slot_event, user_event
from sqlalchemy import event
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    DatabaseUnavailable,
    RecordsError,
    Refused,
    UnsupportedDatabase,
    check,
    delete_person,
    errors,
    export_person,
    history,
    list_conversations,
    migrate,
    open_engine,
    show_conversation,
)

pytestmark = pytest.mark.filterwarnings("error")


class TestOpening:
    @pytest.mark.parametrize(
        "url",
        ["", "records.sqlite3", "mysql://host/records", "sqlite://", "sqlite:///:memory:"],
    )
    def test_what_is_neither_a_file_nor_postgresql_is_refused(self, url: str) -> None:
        with pytest.raises(UnsupportedDatabase):
            open_engine(url)

    def test_a_refused_url_is_not_repeated(self) -> None:
        with pytest.raises(UnsupportedDatabase) as refusal:
            open_engine("mysql://someone:password@host/records")

        assert "password" not in str(refusal.value)

    def test_the_folder_is_made_and_the_file_is_its_owners_alone(self, tmp_path: Path) -> None:
        path = tmp_path / "deep" / "var" / "records.sqlite3"

        engine = open_engine(f"sqlite:///{path}")
        migrate.upgrade(engine)
        check(engine)

        for file in path.parent.iterdir():
            assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
        engine.dispose()

    def test_postgresql_is_not_contacted_before_it_is_needed(self) -> None:
        engine = open_engine("postgresql://nobody@127.0.0.1:1/records")

        assert engine.dialect.name == "postgresql"

    @on_sqlite
    @pytest.mark.parametrize(
        ("pragma", "value"),
        [
            ("journal_mode", "wal"),
            ("synchronous", 1),
            ("busy_timeout", 5000),
            ("foreign_keys", 1),
            ("secure_delete", 1),
        ],
    )
    def test_every_sqlite_connection_is_set_up(
        self, pragma: str, value: object, engine: Engine
    ) -> None:
        with engine.connect() as first, engine.connect() as second:
            for connection in (first, second):
                assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar_one() == value


class TestWhenTheDatabaseIsDown:
    def test_a_healthy_database_passes_the_check(self, engine: Engine) -> None:
        check(engine)

    def test_a_database_without_tables_does_not(self, database_url: str) -> None:
        engine = open_engine(database_url)
        with pytest.raises(DatabaseUnavailable):
            check(engine)
        engine.dispose()

    def test_a_file_that_is_no_database_does_not(self, tmp_path: Path) -> None:
        path = tmp_path / "records.sqlite3"
        path.write_text("this is not a database, however long it may be" * 100)
        engine = open_engine(f"sqlite:///{path}")
        with pytest.raises(DatabaseUnavailable):
            check(engine)
        engine.dispose()

    def test_a_server_that_is_not_there_does_not(self) -> None:
        engine = open_engine("postgresql://nobody@127.0.0.1:1/records")
        with pytest.raises(DatabaseUnavailable):
            check(engine)

    def test_every_operation_raises_the_same_error(self, database_url: str) -> None:
        engine = open_engine(database_url)
        log = ConversationLog(engine)
        for operation in (
            lambda: log.inbound("web-1", "web", "1", "a", NOON),
            lambda: log.handle(user_event(NOON, "1", "a")),
            lambda: log.start_over("web-1", NOON),
            lambda: list_conversations(engine),
            lambda: show_conversation(engine, 1),
            lambda: history(engine, "web-1"),
            lambda: export_person(engine, "web-1"),
            lambda: delete_person(engine, "web-1"),
        ):
            with pytest.raises(DatabaseUnavailable):
                operation()
        engine.dispose()

    @on_sqlite
    def test_nobody_who_reads_waits_for_a_writer(
        self, engine: Engine, database_url: str, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)
        other = sqlite3.connect(database_url.removeprefix("sqlite:///"), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        try:
            assert len(history(engine, "web-1")) == 1
        finally:
            other.close()

    def test_a_failed_unit_of_work_leaves_nothing_behind(
        self, engine: Engine, log: ConversationLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(*args: object) -> None:
            raise RuntimeError

        monkeypatch.setattr("backchat.records.judgements.insert_if_new", fail)
        with pytest.raises(RuntimeError):
            log.handle(slot_event(NOON, assessment("a", "EMERGENCY_NOW")))

        assert list_conversations(engine) == []
        assert not any(export_person(engine, "web-1").values())


class TestEmptyingTheJournal:
    @on_sqlite
    def test_it_waits_for_the_checkpoints_of_another_process(
        self, engine: Engine, database_url: str, log: ConversationLog
    ) -> None:
        file = database_url.removeprefix("sqlite:///")
        is_over = Event()

        def go_on_checkpointing() -> None:
            with closing(sqlite3.connect(file)) as other:
                while not is_over.is_set():
                    other.execute("PRAGMA wal_checkpoint(TRUNCATE)")

        with ThreadPoolExecutor(2) as pool:
            others = [pool.submit(go_on_checkpointing) for _ in range(2)]
            try:
                for number in range(40):
                    log.inbound(f"web-{number}", "web", "1", WORDS, NOON)
                    delete_person(engine, f"web-{number}")
            finally:
                is_over.set()
        for each in others:
            each.result()

        assert WORDS.encode() not in Path(f"{file}-wal").read_bytes()

    @on_sqlite
    def test_it_says_so_when_somebody_reads_on_and_on(
        self,
        engine: Engine,
        database_url: str,
        log: ConversationLog,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr("backchat.records.engine.PATIENCE_SECONDS", 0.1)
        event.listen(engine, "begin", lambda each: each.exec_driver_sql("PRAGMA busy_timeout = 50"))
        log.inbound("web-1", "web", "1", WORDS, NOON)
        with closing(sqlite3.connect(database_url.removeprefix("sqlite:///"))) as other:
            other.execute("BEGIN")
            other.execute("SELECT * FROM people").fetchall()

            with pytest.raises(DatabaseUnavailable, match="try again"):
                delete_person(engine, "web-1")

        assert delete_person(engine, "web-1").total == 0


class TestConfidentiality:
    WORDS = "words-nobody-else-reads"

    def test_words_are_neither_in_errors_nor_in_logs(
        self, engine: Engine, log: ConversationLog, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE messages RENAME COLUMN intent TO purpose")

        with pytest.raises(DatabaseUnavailable) as failure:
            log.handle(user_event(NOON, "1", self.WORDS))
        with pytest.raises(Refused) as violation:
            log.outbound(
                "web-1",
                self.WORDS,
                None,
                NOON,
                author=self.WORDS,  # type: ignore[arg-type]
                event_key="1",
            )

        for error in (failure.value, violation.value):
            assert self.WORDS not in "".join(format_exception(error))
        assert self.WORDS not in caplog.text


def test_every_error_belongs_to_one_tree_and_is_documented() -> None:
    tree = errors.__doc__ or ""
    for name, error in vars(errors).items():
        if isinstance(error, type):
            assert issubclass(error, RecordsError), name
            assert name in tree
