"""The report in its four forms, and what was not understood as training data."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from backchat.cli import app
from backchat.records import ConversationLog, migrate, open_engine

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
SPAN = ("--since", "2026-11-23", "--until", "2026-11-24")


@pytest.fixture(autouse=True)
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ConversationLog:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    engine = open_engine(url)
    migrate.upgrade(engine)
    log = ConversationLog(engine)
    log.inbound("web-<b>", "web", "1", "blorp: # what", NOON)
    log.handle(
        {
            "event": "bot",
            "sender_id": "web-<b>",
            "timestamp": (NOON + timedelta(seconds=1)).timestamp(),
            "text": "Pardon?",
            "metadata": {"utter_action": "utter_not_understood"},
        }
    )
    return log


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_as_text() -> None:
    report = run("report", *SPAN)

    assert re.search(r"^ +1  messages not understood$", report, re.MULTILINE)
    assert re.search(r"^ +1  web +█+$", report, re.MULTILINE)


def test_as_json() -> None:
    report = json.loads(run("report", *SPAN, "--json"))

    assert report["channels"] == {"web": 1}
    assert report["time_to_answer"]["median"] == pytest.approx(1, abs=0.01)


def test_as_csv() -> None:
    rows = list(csv.DictReader(io.StringIO(run("report", *SPAN, "--csv"))))

    assert {"what": "channels", "which": "web", "value": "1"} in rows
    assert {"what": "said", "which": "", "value": "1"} in rows


def test_as_a_page_with_charts_and_nothing_from_elsewhere(tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    run("report", *SPAN, "--html", str(file))

    page = file.read_text()
    charts = re.findall(r"<svg.*?</svg>", page, re.DOTALL)
    assert len(charts) == 3
    heard = [ElementTree.fromstring(chart).get("aria-label") for chart in charts]
    assert "Conversations by channel: web 1" in heard
    assert all(heard)
    assert "<script" not in page
    assert "http" not in page


def test_the_last_thirty_days_are_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(run("report", "--until", "2027-02-01", "--json"))["conversations"] == 0
    assert json.loads(run("report", "--until", "2026-12-01", "--json"))["conversations"] == 1


def test_what_was_not_understood_is_listed() -> None:
    assert "blorp: # what" in run("unclear", *SPAN)
    assert json.loads(run("unclear", *SPAN, "--json"))[0]["count"] == 1
    assert "Nothing unclear" in run("unclear", "--since", "2026-11-24", "--until", "2026-11-25")


def test_what_was_not_understood_is_training_data() -> None:
    text = run("unclear", *SPAN, "--training")

    data = yaml.safe_load(text)
    assert data["nlu"] == [{"intent": "to_be_named", "examples": "- blorp: # what\n"}]
    assert "examples: |" in text
