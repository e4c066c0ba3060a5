"""The dashboard and the alerts ask for metrics that exist, by labels that they have."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml
from promql_parser import AggModifierType, AggregateExpr, MatrixSelector, VectorSelector

from backchat.assistant.observability import dialogue
from backchat.assistant.observability.databases import DatabaseCollector
from backchat.assistant.observability.metrics import CHECK_INS, LOG_RECORDS, REGISTRY
from backchat.assistant.observability.turns import watching
from backchat.records import migrate, open_engine

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
BY_PROMETHEUS = {"up": {"job", "instance"}}
ADDED_BY_PROMETHEUS = {"job", "instance"}


@dataclass(frozen=True)
class Query:
    """A query, and where it stands."""

    where: str
    text: str

    def __str__(self) -> str:
        return self.where


def queries() -> Iterator[Query]:
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            yield Query(panel["title"], target["expr"])
    for rule in alerts():
        yield Query(rule["alert"], rule["expr"])


def dashboard() -> dict[str, Any]:
    return json.loads((DEPLOY / "grafana/backchat.json").read_text(encoding="utf-8"))


def alerts() -> list[dict[str, Any]]:
    [group] = yaml.safe_load((DEPLOY / "prometheus/alerts.yml").read_text("utf-8"))["groups"]
    return group["rules"]


@pytest.fixture(scope="module")
def metrics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """What a server has after one of everything has happened: samples' names and their labels."""
    url = f"sqlite:///{tmp_path_factory.mktemp('metrics')}/records.sqlite3"
    migrate.upgrade(open_engine(url))
    with watching("web") as turn:
        turn.ended(alarmed=True, failed=False)
    value = {"level": "SELF_CARE", "rules": ["SS1_SHARP"]}
    dialogue.count({"event": "slot", "name": "assessment", "value": value})
    CHECK_INS.labels("said").inc(0)
    LOG_RECORDS.labels("error", "backchat").inc(0)
    families = [*REGISTRY.collect(), *DatabaseCollector(url, url).collect()]
    labels = {s.name: set(s.labels) | ADDED_BY_PROMETHEUS for f in families for s in f.samples}
    return labels | BY_PROMETHEUS


def selectors(query: Query) -> list[VectorSelector]:
    found = []

    def visit(node: Any) -> None:
        if isinstance(node, VectorSelector):
            found.append(node)
        elif isinstance(node, MatrixSelector):
            found.append(node.vector_selector)

    promql_parser.walk(promql_parser.parse(query.text), visit)
    return found


def grouped_by(query: Query) -> set[str]:
    found: set[str] = set()

    def visit(node: Any) -> None:
        if isinstance(node, AggregateExpr) and node.modifier:
            assert node.modifier.type == AggModifierType.By
            found.update(node.modifier.labels)

    promql_parser.walk(promql_parser.parse(query.text), visit)
    return found


@pytest.mark.parametrize("query", queries(), ids=str)
def test_every_query_names_metrics_that_exist(query: Query, metrics: dict[str, set[str]]) -> None:
    names = {selector.name for selector in selectors(query)}

    assert names
    assert names <= metrics.keys()


@pytest.mark.parametrize("query", queries(), ids=str)
def test_every_query_selects_and_groups_by_labels_that_they_have(
    query: Query, metrics: dict[str, set[str]]
) -> None:
    asked = selectors(query)
    for selector in asked:
        assert {matcher.name for matcher in selector.matchers.matchers} <= metrics[selector.name]
    assert grouped_by(query) <= set().union(*(metrics[selector.name] for selector in asked))


def test_every_metric_of_ours_is_on_the_dashboard(metrics: dict[str, set[str]]) -> None:
    asked = {selector.name for query in queries() for selector in selectors(query)}
    ours = {name for name in metrics if name.startswith("backchat_")}
    shown = {name.removesuffix("_bucket") for name in asked}

    assert {
        name for name in ours if not name.endswith(("_created", "_count", "_sum", "_bucket"))
    } <= asked
    assert "backchat_turn_seconds" in shown


def test_the_manual_explains_every_metric_with_its_labels(metrics: dict[str, set[str]]) -> None:
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    explained: dict[str, set[str]] = {}
    for name, labels in re.findall(r"`(backchat_\w+)(?:\{(.+?)\})?`", manual):
        explained.setdefault(name, set()).update(filter(None, labels.split(",")))
    suffixes = ("_created", "_count", "_sum", "_bucket")
    ours = {
        name: labels - ADDED_BY_PROMETHEUS
        for name, labels in metrics.items()
        if name.startswith("backchat_") and not name.endswith(suffixes)
    }

    assert explained.items() >= ours.items()
    assert explained.keys() - ours.keys() == {"backchat_turn_seconds"}


def test_no_two_panels_of_the_dashboard_overlap() -> None:
    taken: dict[tuple[int, int], str] = {}
    for panel in dashboard()["panels"]:
        place = panel["gridPos"]
        assert place["x"] + place["w"] <= 24, panel["title"]
        for x in range(place["x"], place["x"] + place["w"]):
            for y in range(place["y"], place["y"] + place["h"]):
                assert (x, y) not in taken, (panel["title"], taken[x, y])
                taken[x, y] = panel["title"]


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_every_alert_says_how_urgent_it_is_and_has_its_page_in_the_manual(
    alert: dict[str, Any],
) -> None:
    manual = (ROOT / "docs/operations.md").read_text(encoding="utf-8")

    assert alert["labels"]["severity"] in ("page", "ticket")
    assert alert["annotations"]["summary"].endswith(".")
    assert f"### {alert['alert']}\n" in manual


@pytest.mark.parametrize("alert", alerts(), ids=lambda alert: alert["alert"])
def test_an_alert_has_no_field_that_prometheus_does_not_know(alert: dict[str, Any]) -> None:
    assert alert.keys() <= {"alert", "expr", "for", "labels", "annotations"}
    assert promql_parser.parse_duration(alert.get("for", "1s"))


def test_the_configuration_of_prometheus_reads_the_alerts_and_every_server() -> None:
    configuration = yaml.safe_load((DEPLOY / "prometheus/prometheus.yml").read_text("utf-8"))
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
    servers = [name for name in compose["services"] if name.startswith("server-")]
    port = compose["services"]["server-1"]["environment"]["BACKCHAT_METRICS_PORT"]
    [job] = configuration["scrape_configs"]

    assert configuration["rule_files"] == ["alerts.yml"]
    assert job["job_name"] == "backchat"
    assert job["static_configs"] == [{"targets": [f"{name}:{port}" for name in servers]}]
