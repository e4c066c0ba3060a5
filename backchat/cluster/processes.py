"""One service of the cluster: a process that is started, watched and ended."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 240
STOP_SECONDS = 30
LOOK_EVERY_SECONDS = 0.1


class NotStarted(RuntimeError):
    """A service ended, or was not ready in time; the message ends with its last words."""


@dataclass
class Service:
    """A process with a log of its own.

    Attributes:
        name: What it is called.
        command: The program and its arguments.
        log: The file of what it prints.
        is_ready: Says whether it answers.
        environment: Its environment, the whole of it.
        folder: Where it runs.
    """

    name: str
    command: Sequence[str | Path]
    log: Path
    is_ready: Callable[[], bool]
    environment: Mapping[str, str]
    folder: Path
    _process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def start(self) -> None:
        """Start the process; it is not ready yet."""
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(part) for part in self.command],
                cwd=self.folder,
                env=dict(self.environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait until it answers.

        Raises:
            NotStarted: it ended, or does not answer in time.
        """
        deadline = time.monotonic() + seconds
        while not self.is_ready():
            if not self.is_running:
                raise NotStarted(f"{self.name} ended: {self._last_words()}")
            if time.monotonic() > deadline:
                raise NotStarted(f"{self.name} was not ready in {seconds} s: {self._last_words()}")
            time.sleep(LOOK_EVERY_SECONDS)

    @property
    def pid(self) -> int:
        """The number of the process.

        Raises:
            NotStarted: there is none.
        """
        if self._process is None:
            raise NotStarted(f"{self.name} has not been started")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Ask it to end, and see that it does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it at once, as a machine does that loses its power."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Have it hang: its connections stay open, and nothing is answered."""
        self._send(signal.SIGSTOP)

    def resume(self) -> None:
        """Have it go on."""
        self._send(signal.SIGCONT)

    def _end(self, number: signal.Signals) -> None:
        if self._process is None:
            return
        self._send(number)
        self._send(signal.SIGCONT)
        try:
            self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._send(signal.SIGKILL)
            self._process.wait()
        self._process = None

    def _send(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(number)

    def _last_words(self) -> str:
        return self.log.read_text("utf-8", errors="replace")[-3000:]


def program(name: str) -> Path:
    """Return a program of the environment.

    Raises:
        FileNotFoundError: it is not installed.
    """
    beside_python = Path(sys.executable).with_name(name)
    found = str(beside_python) if beside_python.exists() else shutil.which(name)
    if found is None:
        raise FileNotFoundError(2, "`make install-dev` brings this program", name)
    return Path(found)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(url: str) -> bool:
    """Say whether a GET is answered with 200."""
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def clean_environment() -> dict[str, str]:
    """Return this process's environment without the bot's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BACKCHAT_")}
