from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from backchat.assistant import training
from backchat.cli import app

ROOT = Path(__file__).resolve().parents[2]


def failure(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1, result.output
    (sentence,) = result.stderr.splitlines()
    return sentence


@pytest.mark.parametrize("command", ["chat", "serve", "conversations", "replay"])
def test_a_wrong_setting_is_one_sentence_in_every_command(command, monkeypatch):
    monkeypatch.setenv("BACKCHAT_PORT", "abc")
    assert "BACKCHAT_PORT is 'abc'" in failure(command)


@pytest.mark.parametrize("command", ["conversations", "replay"])
def test_a_database_that_cannot_be_made_is_one_sentence(command, monkeypatch):
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", "sqlite:////proc/nowhere/records.sqlite3")
    assert "/proc/nowhere/records.sqlite3 cannot be made" in failure(command)


def test_an_error_of_the_system_is_one_sentence(monkeypatch):
    def full() -> None:
        raise OSError(28, "No space left on device", "a.tmp")

    monkeypatch.setattr("backchat.settings.Settings.from_environment", full)
    assert failure("conversations") == "backchat: No space left on device: a.tmp."


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(training, "MODELS", tmp_path)
    return tmp_path


def rasa_writes(models: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> None:
    """Put in the place of Rasa's training something that begins a model and may then fail."""
    from rasa.model_training import TrainingResult

    def train(*, fixed_model_name: str, **_: object) -> TrainingResult:
        file = models / f"{fixed_model_name}.tar.gz"
        file.write_bytes(b"a model")
        if error:
            raise error
        return TrainingResult(model=str(file))

    monkeypatch.setattr("rasa.api.train", train)


def test_a_trained_model_takes_the_place_of_the_old_ones(models, monkeypatch):
    (models / "backchat-old.tar.gz").touch()
    rasa_writes(models, monkeypatch, None)
    trained = training.train()
    assert trained == training.model_path()
    assert list(models.iterdir()) == [trained]


def test_an_interrupted_training_leaves_no_model(models, monkeypatch):
    rasa_writes(models, monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        training.train()
    assert list(models.iterdir()) == []


def test_a_full_disk_inside_rasa_is_one_sentence(models, monkeypatch):
    from rasa.engine.exceptions import GraphComponentException

    wrapped = GraphComponentException("Error running graph component for node train_Core.")
    wrapped.__cause__ = OSError(27, "File too large")
    rasa_writes(models, monkeypatch, wrapped)
    with pytest.raises(training.TrainingFailed, match=r"^the model .*: File too large\.$"):
        training.train()
    assert list(models.iterdir()) == []


@pytest.mark.parametrize("python", ["/nonexistent", "/etc", ""])
def test_make_names_the_python_it_needs(python):
    command = ["make", "--no-print-directory", f"PYTHON={python}", "run"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert result.stderr.startswith("backchat: Python 3.11 is needed")
