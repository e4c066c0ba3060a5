"""What is counted of turns, dialogues and queues."""

from __future__ import annotations

import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry
from serving import free_port
from sqlalchemy.future import Engine

from backchat.assistant import check_ins as loop
from backchat.assistant.observability import databases, dialogue, exposition
from backchat.assistant.observability.databases import DatabaseCollector
from backchat.assistant.observability.metrics import REGISTRY
from backchat.assistant.observability.turns import watching
from backchat.records import ConversationLog, check_ins, migrate, open_engine
from backchat.records.check_ins import DueCheckIn
from backchat.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
NOWHERE = "postgresql://nobody@/nothing?host=/nowhere"
PROMETHEUS_GIVES_UP_SECONDS = 10

Counted = Callable[..., float]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/records.sqlite3"


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


class TestTurns:
    def test_a_turn_is_counted_with_its_time(self, counted: Counted) -> None:
        with watching("web") as turn:
            turn.ended(alarmed=False, failed=False)

        assert counted("backchat_turns_total", channel="web", outcome="answered") == 1
        assert counted("backchat_turn_seconds_count", channel="web") == 1
        assert counted("backchat_alarms_total", channel="web") == 0

    def test_a_turn_that_broke_counts_as_failed_and_its_alarm_all_the_same(
        self, counted: Counted
    ) -> None:
        with watching("slack") as turn:
            turn.ended(alarmed=True, failed=True)

        assert counted("backchat_turns_total", channel="slack", outcome="failed") == 1
        assert counted("backchat_turns_total", channel="slack", outcome="answered") == 0
        assert counted("backchat_alarms_total", channel="slack") == 1

    def test_a_turn_that_never_ended_by_itself_was_cancelled(self, counted: Counted) -> None:
        with pytest.raises(TimeoutError), watching("web"):
            raise TimeoutError

        assert counted("backchat_turns_total", channel="web", outcome="cancelled") == 1

    def test_turns_are_in_progress_for_as_long_as_they_run(self, counted: Counted) -> None:
        with watching("web"), watching("web"):
            assert counted("backchat_turns_in_progress") == 2

        assert counted("backchat_turns_in_progress") == 0


class TestDialogue:
    def test_an_assessment_is_counted_by_its_level_and_its_rules(self, counted: Counted) -> None:
        value = {"level": "EMERGENCY_NOW", "rules": ["RF01_SADDLE", "RF02_BLADDER"]}
        dialogue.count({"event": "slot", "name": "assessment", "value": value})

        assert counted("backchat_assessments_total", level="EMERGENCY_NOW") == 1
        assert counted("backchat_rules_total", rule="RF01_SADDLE") == 1
        assert counted("backchat_rules_total", rule="RF02_BLADDER") == 1

    def test_no_level_yet_is_counted_as_none(self, counted: Counted) -> None:
        dialogue.count({"event": "slot", "name": "assessment", "value": {"level": None}})

        assert counted("backchat_assessments_total", level="none") == 1

    def test_what_was_not_understood_is_counted(self, counted: Counted) -> None:
        dialogue.count({"event": "bot", "metadata": {"utter_action": "utter_not_understood"}})

        assert counted("backchat_fallbacks_total") == 1

    @pytest.mark.parametrize(
        "event",
        [
            {"event": "user", "text": "my back"},
            {"event": "bot", "text": "Hello.", "metadata": {"utter_action": "utter_hello"}},
            {"event": "bot", "text": "Hello.", "metadata": None},
            {"event": "slot", "name": "assessment", "value": None},
            {"event": "slot", "name": "told", "value": {"level": "EMERGENCY_NOW"}},
            {},
        ],
    )
    def test_nothing_else_is(self, event: dict[str, object], counted: Counted) -> None:
        dialogue.count(event)

        assert counted("backchat_fallbacks_total") == 0
        for level in ("none", "EMERGENCY_NOW"):
            assert counted("backchat_assessments_total", level=level) == 0


class TestDatabases:
    @pytest.fixture(autouse=True)
    def at_noon(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(databases.clock, "now", lambda: NOON)

    def seen(self, records: str, tracker: str) -> CollectorRegistry:
        registry = CollectorRegistry()
        registry.register(DatabaseCollector(records, tracker))
        return registry

    def test_check_ins_that_are_due_wait_since_they_came_due(
        self, engine: Engine, url: str
    ) -> None:
        log = ConversationLog(engine)
        for sender, due_at in (
            ("web-1", NOON - timedelta(minutes=5)),
            ("web-2", NOON),
            ("web-3", NOON + timedelta(days=2)),
        ):
            log.inbound(sender, "web", "1", "my back", NOON)
            check_ins.schedule(engine, sender, due_at)
        seen = self.seen(url, url)

        assert seen.get_sample_value("backchat_due", {"queue": "check_ins"}) == 2
        assert seen.get_sample_value("backchat_oldest_due_seconds", {"queue": "check_ins"}) == 300
        assert seen.get_sample_value("backchat_due", {"queue": "deliveries"}) == 0
        assert seen.get_sample_value("backchat_oldest_due_seconds", {"queue": "deliveries"}) == 0

    def test_a_database_that_answers_is_up(self, engine: Engine, url: str) -> None:
        seen = self.seen(url, url)

        assert seen.get_sample_value("backchat_database_up", {"database": "records"}) == 1
        assert seen.get_sample_value("backchat_database_up", {"database": "tracker"}) == 1

    def test_one_that_does_not_is_down_and_nothing_is_made_up_about_its_queues(
        self, engine: Engine, url: str
    ) -> None:
        down = self.seen(NOWHERE, url)

        assert down.get_sample_value("backchat_database_up", {"database": "records"}) == 0
        assert down.get_sample_value("backchat_database_up", {"database": "tracker"}) == 1
        assert down.get_sample_value("backchat_due", {"queue": "check_ins"}) is None

    def test_one_that_hangs_is_down_before_the_scrape_is_given_up(
        self, engine: Engine, url: str
    ) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            hanging = f"postgresql://nobody@127.0.0.1:{silent.getsockname()[1]}/nothing"
            began = time.monotonic()
            answering, *_ = DatabaseCollector(hanging, url).collect()
            took = time.monotonic() - began

        assert [sample.value for sample in answering.samples] == [0, 1]
        assert 2 * took < PROMETHEUS_GIVES_UP_SECONDS


class TestCheckIns:
    async def test_what_became_of_those_that_were_due_is_counted(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch, counted: Counted
    ) -> None:
        async def begin(due: DueCheckIn, now: datetime) -> None:
            if due.sender_id == "web-broken":
                raise OSError

        for sender, zone in (("web-1", "UTC"), ("web-2", "Asia/Tokyo"), ("web-broken", "UTC")):
            ConversationLog(engine).inbound(sender, "web", "1", "hi", NOON, timezone=zone)
            check_ins.schedule(engine, sender, NOON)
        monkeypatch.setattr(loop.clock, "now", lambda: NOON + timedelta(hours=2))
        settings = Settings.from_environment({"BACKCHAT_QUIET_HOURS": "22:00-08:00"})
        await loop.CheckIns(engine, begin, settings).run_due()

        for outcome in ("said", "postponed", "failed"):
            assert counted("backchat_check_ins_total", outcome=outcome) == 1
        assert counted("backchat_check_ins_total", outcome="dropped") == 0


class TestServing:
    def settings(self, **variables: object) -> Settings:
        return Settings.from_environment(
            {f"BACKCHAT_{name}": str(value) for name, value in variables.items()}
        )

    def test_without_a_port_nothing_is_served(self) -> None:
        before = len(list(REGISTRY.collect()))
        exposition.serve(self.settings())

        assert len(list(REGISTRY.collect())) == before

    def test_the_port_serves_text_that_prometheus_reads(self, engine: Engine, url: str) -> None:
        port = free_port()
        stop = exposition.serve(self.settings(METRICS_PORT=port, DATABASE_URL=url))
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
                text = answer.read().decode()
        finally:
            stop()

        assert 'backchat_database_up{database="records"} 1.0' in text
        assert "process_resident_memory_bytes" in text

    def test_a_port_that_is_taken_is_said_in_a_sentence(self) -> None:
        with closing(socket.create_server(("127.0.0.1", 0))) as taken:
            port = taken.getsockname()[1]
            with pytest.raises(OSError, match=f"metrics cannot be served on 127.0.0.1:{port}: "):
                exposition.serve(self.settings(METRICS_PORT=port))
