"""TensorFlow is left out where nothing needs it, and nobody can tell by the answers."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from backchat.assistant import without_tensorflow

MODULE = without_tensorflow.__name__
ROOT = Path(__file__).resolve().parents[2]
CONVERSATION = """
import asyncio, json, sys, warnings
warnings.simplefilter("ignore")
if sys.argv[1] == "with":
    import tensorflow
from backchat.cli.environment import prepare_rasa
prepare_rasa()
from backchat.assistant.terminal import Terminal
from backchat.settings import Settings

SAID = (
    "hi", "my lower back is stiff since deadlifts yesterday", "no", "what does ice do?", "no",
    "no, I'm 34", "the same", "4", "why do you say that?", "show me the stretches",
    "my crotch has gone numb",
)

async def talk():
    terminal = await Terminal.open("somebody", Settings.from_environment())
    return [await terminal.say(text) for text in SAID]

answers = asyncio.run(talk())
print(json.dumps({"answers": answers, "has it": "tensorflow.python" in sys.modules}))
"""


def conversation(how: str) -> dict[str, Any]:
    run = subprocess.run(
        [sys.executable, "-c", CONVERSATION, how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return found


def test_the_answers_are_the_same_with_and_without() -> None:
    with_it, without = conversation("with"), conversation("without")
    assert (with_it["has it"], without["has it"]) == (True, False)
    assert without["answers"] == with_it["answers"]
    assert all(without["answers"])
    assert "Go to an emergency department now" in " ".join(without["answers"][-1])


@pytest.fixture
def with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if it could still be imported."""
    finders = [each for each in sys.meta_path if type(each).__module__ != MODULE]
    monkeypatch.setattr(sys, "meta_path", finders)
    monkeypatch.delitem(sys.modules, "tensorflow", raising=False)


def is_left_out() -> bool:
    return any(type(each).__module__ == MODULE for each in sys.meta_path)


def configured(folder: Path, **parts: list[str]) -> Path:
    config = folder / "config.yml"
    names = {part: [{"name": name} for name in components] for part, components in parts.items()}
    config.write_text(yaml.safe_dump(names), "utf-8")
    return config


def test_our_own_configuration_does_not_need_it() -> None:
    assert without_tensorflow.needed_by(ROOT / "config.yml") == ()


@pytest.mark.parametrize("component", ["DIETClassifier", "some.others.Component"])
@pytest.mark.usefixtures("with_it")
def test_what_may_need_it_gets_it(component: str, tmp_path: Path) -> None:
    config = configured(tmp_path, pipeline=[component], policies=["RulePolicy"])
    assert without_tensorflow.needed_by(config) == (component,)
    assert not without_tensorflow.leave_out(config)
    assert not is_left_out()


@pytest.mark.usefixtures("with_it")
def test_another_rasa_gets_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = configured(tmp_path, policies=["RulePolicy"])
    monkeypatch.setattr(without_tensorflow, "version", lambda _: "3.7.0")
    assert not without_tensorflow.leave_out(config)
    monkeypatch.setattr(without_tensorflow, "version", lambda _: without_tensorflow.TRIED_WITH)
    assert without_tensorflow.leave_out(config)
    assert is_left_out()


def test_to_compute_with_it_is_an_error_in_one_sentence() -> None:
    code = (
        "from pathlib import Path\n"
        "from backchat.assistant import without_tensorflow\n"
        "assert without_tensorflow.leave_out(Path('config.yml'))\n"
        "import tensorflow as tf\n"
        "from tensorflow.keras import layers\n"
        "class Layer(layers.Layer): pass\n"
        "@tf.function\n"
        "def same(x): return x\n"
        "assert same(2) == 2\n"
        "tf.constant([1.0])\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].startswith("RuntimeError: TensorFlow is left out")
