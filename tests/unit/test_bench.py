"""`make bench`: what it calls met, and that it never passes over what it could not measure."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from benchmarks import bench, processes
from benchmarks.bench import Target, Verdict
from benchmarks.processes import BenchmarkFailed

MET = Verdict(("answers", "1.0"), is_met=True)
MISSED = Verdict(("memory", "9.9"), is_met=False)


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The bodies of what was published."""
    bodies: list[str] = []
    monkeypatch.setattr(bench, "publish", lambda *given: bodies.append(given[-1]))
    return bodies


def run_bench(
    monkeypatch: pytest.MonkeyPatch, measured: Verdict | Exception, *options: str
) -> None:
    def measure(folder: Path, rounds: int) -> tuple[list[Verdict], list[Verdict]]:
        if isinstance(measured, Exception):
            raise measured
        return [measured], []

    monkeypatch.setattr(bench, "_measure", measure)
    monkeypatch.setattr(sys, "argv", ["bench", *options])
    bench.main()


def test_a_bound_from_above_and_one_from_below() -> None:
    assert Target(0.5).is_met_by(0.5)
    assert not Target(0.5).is_met_by(0.51)
    assert Target(3, at_least=True).is_met_by(3)
    assert not Target(3, at_least=True).is_met_by(2.9)


def test_a_missed_target_is_in_the_table_and_fails_only_where_that_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, published: list[str]
) -> None:
    run_bench(monkeypatch, MISSED)
    with pytest.raises(SystemExit, match="memory"):
        run_bench(monkeypatch, MISSED, "--strict")
    run_bench(monkeypatch, MET, "--strict")
    assert [" memory " in body for body in published] == [True, True, False]


def test_what_could_not_be_measured_fails_and_publishes_nothing(
    monkeypatch: pytest.MonkeyPatch, published: list[str]
) -> None:
    with pytest.raises(SystemExit, match="it did not answer"):
        run_bench(monkeypatch, BenchmarkFailed("it did not answer"))
    assert published == []


def test_a_command_that_fails_says_what_it_wrote(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such pipeline')")
    with pytest.raises(BenchmarkFailed, match="no such pipeline"):
        processes.run(command, tmp_path, {}, tmp_path / "log")


def test_a_server_that_ends_is_not_waited_for(tmp_path: Path) -> None:
    command = (sys.executable, "-c", "raise SystemExit('no such model')")
    address = processes.free_address()
    with (
        pytest.raises(BenchmarkFailed, match="no such model"),
        processes.serving(command, tmp_path, {}, address, "/"),
    ):
        pytest.fail("it is not ready")


def test_a_server_is_ready_once_it_answers_and_gone_at_the_end(tmp_path: Path) -> None:
    address = processes.free_address()
    port = address.rpartition(":")[2]
    command = (sys.executable, "-m", "http.server", port, "--bind", "127.0.0.1")
    with processes.serving(command, tmp_path, {}, address, "/") as server:
        assert server.ready_seconds > 0
        assert 1 < server.memory.proportional <= server.memory.resident
    assert not server.process.is_running()


def test_settings_of_whoever_measures_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKCHAT_REGION", "GB")
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    environment = processes.environment({"BACKCHAT_PORT": "1"})
    assert "BACKCHAT_REGION" not in environment
    assert environment["BACKCHAT_PORT"] == "1"
    assert environment["RASA_TELEMETRY_ENABLED"] == "false"
