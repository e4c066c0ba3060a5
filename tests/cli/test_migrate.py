from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from backchat.cli import app
from backchat.records import check, open_engine


def test_it_makes_the_tables_and_may_be_called_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    for _ in range(2):
        done = CliRunner().invoke(app, ["migrate"])
        assert done.exit_code == 0, done.output
        assert "tables" in done.output

    check(open_engine(url))


def test_without_a_database_it_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", "postgresql://nobody@/nothing?host=/nowhere")
    done = CliRunner().invoke(app, ["migrate"])

    assert done.exit_code == 1
    assert done.output.startswith("backchat: The records database did not answer")
