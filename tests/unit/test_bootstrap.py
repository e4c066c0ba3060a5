from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "bootstrap.py"


@pytest.fixture
def bootstrap(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "VENV", tmp_path / ".venv")
    return module


def outcome(bootstrap: ModuleType, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the script; check that it fails with one sentence, and return it."""
    sys.argv = ["bootstrap.py"]
    assert bootstrap.main() == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    return lines[0]


@pytest.fixture(autouse=True)
def own_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["bootstrap.py"])


def test_another_python_is_named(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.sys, "version_info", (3, 12, 1))
    assert "Python 3.11 is needed" in outcome(bootstrap, capsys)


def test_another_platform_is_named(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.platform, "machine", lambda: "aarch64")
    assert "aarch64 is not supported" in outcome(bootstrap, capsys)


def test_a_missing_venv_module_is_named(bootstrap, monkeypatch, capsys):
    monkeypatch.setattr(bootstrap.importlib.util, "find_spec", lambda name: None)
    assert "lacks the venv module" in outcome(bootstrap, capsys)


def test_a_small_disk_is_named(bootstrap, monkeypatch, capsys):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage(10, 9, 2**30))
    assert "1.0 GiB are free" in outcome(bootstrap, capsys)


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("Temporary failure in name resolution", "cannot be reached"),
        ("Failed to establish a new connection", "cannot be reached"),
        ("line one\nsomething else broke", "something else broke"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence(
    bootstrap, monkeypatch, capsys, said, understood
):
    failed = subprocess.CompletedProcess([], 1, "", said)
    monkeypatch.setattr(bootstrap, "check_machine", lambda: None)
    monkeypatch.setattr(bootstrap.subprocess, "run", lambda *args, **kwargs: failed)
    monkeypatch.setattr(bootstrap, "_is_done", lambda *args: False)
    (bootstrap.ROOT / "requirements.lock").touch()
    assert understood in outcome(bootstrap, capsys)


def test_what_is_done_is_not_done_again(bootstrap, tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1")
    bootstrap.STAMPS = tmp_path / "stamps"
    bootstrap._mark_done("python", lock)
    assert bootstrap._is_done("python", lock)
    lock.write_text("a==2")
    assert not bootstrap._is_done("python", lock)


def test_an_environment_that_lost_its_pip_is_brought_up_to_date(bootstrap, monkeypatch, tmp_path):
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / ".venv"], check=True)
    monkeypatch.setattr(bootstrap, "BIN", tmp_path / ".venv" / "bin")
    monkeypatch.setattr(bootstrap, "STAMPS", tmp_path / "stamps")
    for name in ("requirements.lock", "requirements-setup.lock", "pyproject.toml"):
        (tmp_path / name).touch()
    run = bootstrap._run
    monkeypatch.setattr(
        bootstrap,
        "_run",
        lambda command, why: run(command, why) if Path(command[0]).name != "uv" else None,
    )
    bootstrap.install_python_packages(dev=False)
    assert bootstrap._is_done("python", tmp_path / "requirements.lock", tmp_path / "pyproject.toml")
