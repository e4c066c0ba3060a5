"""What an operator sees of a running bot: metrics, the process log, health."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from visiting import Records, Visitor

Metric = Callable[..., float]


@pytest.fixture
def metric(server: str, metrics_port: int) -> Metric:
    """Asks the running bot for one of its metrics."""

    def value(name: str, **labels: str) -> float:
        with urllib.request.urlopen(f"http://127.0.0.1:{metrics_port}/metrics") as answer:
            families = text_string_to_metric_families(answer.read().decode())
        return sum(
            sample.value
            for family in families
            for sample in family.samples
            if sample.name == name and labels.items() <= sample.labels.items()
        )

    return value


def test_a_turn_is_counted_once_with_its_time(visitor: Visitor, metric: Metric) -> None:
    before = metric("backchat_turns_total", channel="web", outcome="answered")
    seconds = metric("backchat_turn_seconds_count", channel="web")
    visitor.say("hi")
    visitor.say("my lower back is sore since yesterday's deadlifts")

    assert metric("backchat_turns_total", channel="web", outcome="answered") == before + 2
    assert metric("backchat_turn_seconds_count", channel="web") == seconds + 2
    assert metric("backchat_turns_in_progress") == 0


def test_an_emergency_is_counted_by_level_rule_and_alarm(visitor: Visitor, metric: Metric) -> None:
    names = (
        ("backchat_assessments_total", {"level": "EMERGENCY_NOW"}),
        ("backchat_rules_total", {"rule": "RF01_SADDLE"}),
        ("backchat_alarms_total", {"channel": "web"}),
    )
    before = [metric(name, **labels) for name, labels in names]
    visitor.say("my crotch is numb")

    assert [metric(name, **labels) for name, labels in names] == [each + 1 for each in before]


def test_what_was_not_understood_is_counted(visitor: Visitor, metric: Metric) -> None:
    before = metric("backchat_fallbacks_total")
    visitor.say("asdf")

    assert metric("backchat_fallbacks_total") == before + 1


def test_both_databases_are_up_and_nothing_waits(server: str, metric: Metric) -> None:
    assert metric("backchat_database_up") == 2
    assert metric("backchat_due", queue="check_ins") == 0


@pytest.mark.parametrize("path", ["/metrics", "/chat/metrics"])
def test_metrics_are_not_on_the_port_that_people_use(server: str, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(server + path)


def test_each_turn_has_a_line_in_the_process_log_that_leads_to_the_conversation_log(
    visitor: Visitor, records: Records, server_folder: Path
) -> None:
    visitor.say("my lower back is stiff since the quokka workout")
    said = records.messages(visitor)[0]

    [line] = [line for line in turns(server_folder) if line["said"] == said.id]
    assert (line["channel"], line["outcome"], line["alarmed"]) == ("web", "answered", False)
    assert 0 < line["seconds"] < 30
    assert visitor.sender_id not in json.dumps(line)


def turns(folder: Path) -> list[dict[str, Any]]:
    log = (folder / "server.log").read_text(encoding="utf-8").splitlines()
    lines = [json.loads(line) for line in log if line.startswith("{")]
    return [line for line in lines if line["logger"] == "backchat.turn"]


def test_a_server_that_serves_is_ready_and_alive(visitor: Visitor) -> None:
    assert visitor.get("/chat/health").body == {"status": "ready"}
    assert visitor.get("/chat/health/live").body == {"status": "alive"}
