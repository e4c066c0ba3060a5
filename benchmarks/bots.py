"""The bots that are compared: made anew in a folder, trained, and served from there."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks import talk
from benchmarks.load import NewPerson, RestPerson, WebPerson
from benchmarks.processes import run
from benchmarks.report import ROOT

RASA = (sys.executable, "-m", "rasa")
FLOOR_FILES = Path(__file__).parent / "floor"
CONFIGURATION = ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml")
PARTS = ("backchat", "actions", "data", *CONFIGURATION)
"""What Backchat is made of; a folder that holds nothing else has no trained model."""

Make = Callable[[Path], None]
Serve = Callable[[str], Sequence[str]]
"""The command that serves at an address."""


@dataclass(frozen=True)
class Bot:
    """One of the bots.

    Attributes:
        name: How tables call it.
        folder: Where it is made, trained and served.
        make: Puts its files there.
        training: The command that trains it.
        serve: The command that serves it.
        settings: Its environment, with its address.
        ready: The path that answers 200 once it can serve.
        person: Somebody who speaks with it.
        conversations: What is said to it.
    """

    name: str
    folder: Path
    make: Make
    training: Sequence[str]
    serve: Serve
    ready: str
    person: NewPerson
    conversations: Sequence[talk.Conversation]
    settings: Callable[[str], Mapping[str, str]] = field(default=lambda address: {})

    def train(self) -> float:
        """Make and train it; return the seconds that the training command took.

        Raises:
            BenchmarkFailed: it cannot be trained.
        """
        self.folder.mkdir()
        self.make(self.folder)
        return run(self.training, self.folder, self.settings(""), self.folder / "training.log")


def starter(folder: Path) -> Bot:
    """Return what ``rasa init`` makes, with its default pipeline and its memory-only tracker."""
    return Bot(
        name="starter",
        folder=folder / "starter",
        make=lambda _: None,
        training=(*RASA, "init", "--no-prompt", "--init-dir", "."),
        serve=_serve_rasa,
        ready="/",
        person=RestPerson,
        conversations=talk.STARTER,
    )


def floor(folder: Path) -> Bot:
    """Return the least that Rasa can be: the starter's bot with keywords and rules alone."""
    return Bot(
        name="floor",
        folder=folder / "floor",
        make=_make_floor,
        training=(*RASA, "train"),
        serve=_serve_rasa,
        ready="/",
        person=RestPerson,
        conversations=talk.STARTER,
    )


def backchat(folder: Path) -> Bot:
    """Return Backchat with everything on but the limits on how much one address may ask."""
    return Bot(
        name="Backchat",
        folder=folder / "backchat",
        make=_make_backchat,
        training=(sys.executable, "-m", "backchat", "train"),
        serve=lambda _: (sys.executable, "-m", "backchat", "serve"),
        ready="/chat/health",
        person=WebPerson,
        conversations=talk.BACKCHAT,
        settings=_backchat_settings,
    )


def _serve_rasa(address: str) -> Sequence[str]:
    parts = urlsplit(address)
    return (*RASA, "run", "-i", str(parts.hostname), "-p", str(parts.port))


def _make_floor(folder: Path) -> None:
    spec = find_spec("rasa")
    assert spec is not None and spec.origin is not None
    scaffold = Path(spec.origin).parent / "cli" / "initial_project"
    shutil.copytree(scaffold, folder, dirs_exist_ok=True)
    (folder / "data" / "stories.yml").unlink()
    shutil.copytree(FLOOR_FILES, folder, dirs_exist_ok=True)


def _make_backchat(folder: Path) -> None:
    without = shutil.ignore_patterns("__pycache__")
    for part in PARTS:
        source, target = ROOT / part, folder / part
        if source.is_dir():
            shutil.copytree(source, target, ignore=without)
        else:
            shutil.copy(source, target)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")


def _backchat_settings(address: str) -> Mapping[str, str]:
    settings = {"BACKCHAT_LIMIT_PER_PERSON": "0", "BACKCHAT_LIMIT_PER_ADDRESS": "0"}
    return {**settings, "BACKCHAT_PORT": str(urlsplit(address).port)} if address else settings
