"""The loop that says check-ins: when, to whom, how often, and what it does when it cannot."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.future import Engine

from backchat.assistant import check_ins as loop
from backchat.assistant.check_ins import CheckIns, next_waking_moment
from backchat.records import ConversationLog, check_ins, migrate, open_engine
from backchat.records.check_ins import DueCheckIn
from backchat.settings import Settings

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


class Clock:
    def __init__(self) -> None:
        self.moment = MONDAY_NOON

    def now(self) -> datetime:
        return self.moment


class Begun:
    """Has nothing said, remembers to whom; fails as long as it is told to."""

    def __init__(self) -> None:
        self.senders: list[str] = []
        self.failures = 0

    async def __call__(self, due: DueCheckIn, now: datetime) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError
        self.senders.append(due.sender_id)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = open_engine(f"sqlite:///{tmp_path}/records.sqlite3")
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(loop, "clock", clock)
    return clock


@pytest.fixture
def begun() -> Begun:
    return Begun()


@pytest.fixture
def due(engine: Engine, begun: Begun, clock: Clock) -> CheckIns:
    settings = Settings.from_environment({"BACKCHAT_QUIET_HOURS": "22:00-08:00"})
    return CheckIns(engine, begun, settings)


def plan(engine: Engine, at: datetime, sender: str = "web-1", zone: str = "UTC") -> None:
    ConversationLog(engine).inbound(sender, "web", "1", "my back", MONDAY_NOON, timezone=zone)
    check_ins.schedule(engine, sender, at)


async def test_a_due_one_is_said_once(
    engine: Engine, due: CheckIns, begun: Begun, clock: Clock
) -> None:
    plan(engine, MONDAY_NOON + timedelta(days=2))
    assert await due.run_due() == 0

    clock.moment += timedelta(days=2, minutes=1)

    assert [await due.run_due(), await due.run_due()] == [1, 0]
    assert begun.senders == ["web-1"]


async def test_at_night_it_waits_for_the_persons_morning(
    engine: Engine, due: CheckIns, begun: Begun, clock: Clock
) -> None:
    plan(engine, MONDAY_NOON + timedelta(hours=10), zone="Europe/Berlin")

    clock.moment = datetime(2026, 11, 23, 22, 30, tzinfo=UTC)
    assert await due.run_due() == 0
    assert check_ins.planned(engine, "web-1") == datetime(2026, 11, 24, 7, tzinfo=UTC)

    clock.moment = datetime(2026, 11, 24, 7, tzinfo=UTC)
    assert await due.run_due() == 1
    assert begun.senders == ["web-1"]


async def test_after_two_without_an_answer_there_is_no_third(
    engine: Engine, due: CheckIns, begun: Begun, clock: Clock
) -> None:
    plan(engine, MONDAY_NOON)
    for day in range(3):
        clock.moment = MONDAY_NOON + timedelta(days=day, minutes=1)
        await due.run_due()
        ConversationLog(engine).outbound("web-1", "?", None, clock.moment, event_key=str(day))
        check_ins.schedule(engine, "web-1", MONDAY_NOON + timedelta(days=day + 1))

    assert begun.senders == ["web-1", "web-1"]


async def test_a_failure_is_tried_again_later_and_keeps_nobody_waiting(
    engine: Engine, due: CheckIns, begun: Begun, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    plan(engine, MONDAY_NOON, "web-1")
    plan(engine, MONDAY_NOON + timedelta(seconds=1), "web-2")
    begun.failures = 1
    clock.moment += timedelta(minutes=1)

    assert await due.run_due() == 1
    assert begun.senders == ["web-2"]
    assert "OSError" in caplog.text

    clock.moment += loop.RETRY_AFTER
    assert await due.run_due() == 1
    assert begun.senders == ["web-2", "web-1"]


async def test_after_many_failures_it_is_given_up_and_listed(
    engine: Engine, due: CheckIns, begun: Begun, clock: Clock
) -> None:
    plan(engine, MONDAY_NOON)
    begun.failures = 100
    for _ in range(loop.MOST_ATTEMPTS):
        clock.moment += timedelta(minutes=60)
        await due.run_due()

    assert [record.error for record in check_ins.listing(engine, status="failed")] == ["OSError"]
    assert check_ins.planned(engine, "web-1") is None


@pytest.mark.parametrize(
    ("local", "awake"),
    [
        ("2026-11-23T21:59:00", "2026-11-23T21:59:00"),
        ("2026-11-23T22:00:00", "2026-11-24T08:00:00"),
        ("2026-11-24T03:30:10", "2026-11-24T08:00:00"),
        ("2026-11-24T08:00:00", "2026-11-24T08:00:00"),
        ("2027-03-27T23:00:00", "2027-03-28T08:00:00"),
    ],
)
def test_quiet_hours_end_in_the_morning(local: str, awake: str) -> None:
    quiet = Settings.from_environment({"BACKCHAT_QUIET_HOURS": "22:00-08:00"}).quiet_hours
    moment = datetime.fromisoformat(local).replace(tzinfo=BERLIN)

    found = next_waking_moment(moment.astimezone(UTC), BERLIN, quiet)

    assert found == datetime.fromisoformat(awake).replace(tzinfo=BERLIN)
