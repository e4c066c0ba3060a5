"""The image: clean by its linter, small in rights, and complete."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from manifests import DEPLOY, ROOT, tool

from backchat.assistant import training

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
IGNORED = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split("\n")


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is sent to the engine to build the image from."""
    folder = tmp_path_factory.mktemp("context")
    for name in (line[1:] for line in IGNORED if line.startswith("!")):
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    return folder


def instructions() -> list[list[str]]:
    """The instructions of the last stage, each split at white space."""
    joined = DOCKERFILE.replace("\\\n", " ")
    last = joined[joined.rindex("\nFROM") :]
    return [line.split() for line in last.splitlines() if line and not line.startswith("#")]


def of(name: str) -> list[list[str]]:
    return [words for first, *words in instructions() if first == name]


def test_the_linter_finds_nothing() -> None:
    done = tool("hadolint", "--failure-threshold", "style", DEPLOY / "Dockerfile")

    assert (done.returncode, done.stdout) == (0, "")


def test_it_runs_as_a_user_without_rights_by_number() -> None:
    [[user]] = of("USER")

    assert user.split(":")[0].isdigit()
    assert user.split(":")[0] != "0"
    assert all(words[0].startswith("--from=") for words in of("COPY"))
    assert not of("ADD")


def test_only_the_folder_of_the_data_can_be_written_to() -> None:
    assert of("VOLUME") == [["/var/lib/backchat"]]
    assert "ln -s /var/lib/backchat var" in DOCKERFILE
    assert "chown" not in DOCKERFILE


def test_it_is_healthy_when_the_bot_says_so() -> None:
    [check] = of("HEALTHCHECK")

    assert any("http://127.0.0.1:5005/chat/health'" in word for word in check)
    assert of("EXPOSE") == [["5005"]]


def test_it_serves_unless_told_otherwise_and_without_telemetry() -> None:
    assert of("ENTRYPOINT") == [['["backchat"]']]
    assert of("CMD") == [['["serve"]']]
    assert "RASA_TELEMETRY_ENABLED=false" in DOCKERFILE


def test_its_python_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["requires-python"] == ">=3.11,<3.12"
    assert DOCKERFILE.count("FROM python:3.11-") == 2


def test_everything_is_installed_by_its_hash() -> None:
    installs = [line for line in DOCKERFILE.replace("\\\n", " ").splitlines() if " sync " in line]

    assert len(installs) == 1
    assert installs[0].count("--require-hashes") == 2
    assert "npm ci" in DOCKERFILE


def test_nothing_but_the_listed_goes_into_it(context: Path) -> None:
    assert next(line for line in IGNORED if line and not line.startswith("#")) == "*"
    for secret in ("var", ".env", ".git", "deploy", "tests", ".venv", "models"):
        assert f"!{secret}" not in IGNORED
        assert not (context / secret).exists()


def test_all_that_the_bot_is_made_of_goes_into_it(context: Path) -> None:
    """The model's name is a digest of what it is made of."""
    program = (
        "from backchat.assistant import training; from backchat.knowledge import load;"
        "load(); print(training.model_path())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=context, capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == str(training.model_path())
    for needed in ("endpoints.yml", "credentials.yml", "backchat/web/index.html"):
        assert (context / needed).exists()
