"""A model that is missing, half-written or of an older domain is trained, not served."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest
from outcomes import Outcomes

from backchat.assistant import training
from backchat.cli import train


@pytest.fixture
def trained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """A project's files of its own; the list has each model that was asked to be trained."""
    for source in training.SOURCES:
        if Path(source).is_dir():
            shutil.copytree(source, tmp_path / source)
        else:
            shutil.copy(source, tmp_path / source)
    (tmp_path / training.MODELS).mkdir()
    asked: list[Path] = []

    def write_model() -> Path:
        asked.append(training.model_path())
        asked[-1].write_bytes(gzip.compress(b"a model" * 100_000, mtime=0))
        return asked[-1]

    monkeypatch.setattr(train, "prepare_rasa", lambda: None)
    monkeypatch.setattr("backchat.language.doubt.load_or_train", lambda *_, **__: None)
    monkeypatch.setattr(training, "train", write_model)
    monkeypatch.chdir(tmp_path)
    return asked


def test_a_model_that_is_missing_is_trained_once(trained: list[Path], outcomes: Outcomes) -> None:
    train.command()
    train.command()
    assert len(trained) == 1
    outcomes.add("model missing", "start", 2, "trained once")


@pytest.mark.parametrize("kept", [0.0, 0.3, 0.999])
def test_a_model_that_is_half_written_is_trained_again(
    kept: float, trained: list[Path], outcomes: Outcomes
) -> None:
    train.command()
    whole = trained[0].read_bytes()
    trained[0].write_bytes(whole[: int(len(whole) * kept)])
    train.command()
    assert len(trained) == 2
    assert trained[1].read_bytes() == whole
    outcomes.add("model half-written", "start", 1, "trained again")


def test_a_model_that_is_older_than_the_domain_is_not_used(
    trained: list[Path], outcomes: Outcomes
) -> None:
    train.command()
    with Path("domain.yml").open("a", encoding="utf-8") as domain:
        domain.write("\n# changed\n")
    train.command()
    assert len(set(trained)) == 2
    outcomes.add("model older than the domain", "start", 1, "trained again")


def test_a_model_that_cannot_be_loaded_is_thrown_away_for_the_next_start(
    trained: list[Path], outcomes: Outcomes
) -> None:
    train.command()
    training.discard()
    training.discard()
    assert not training.is_trained()
    train.command()
    assert len(trained) == 2
    outcomes.add("model that cannot be loaded", "start", 1, "trained again at the next")
