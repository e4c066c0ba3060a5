"""Other processes: run to their end, or served from until they are stopped."""

from __future__ import annotations

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

START_SECONDS = 240
STOP_SECONDS = 30
POLL_SECONDS = 0.05
LOG_TAIL = 3000
"""Characters of a log that are shown when something failed."""
_OWN = ("BACKCHAT_", "RASA_", "LOG_LEVEL", "SANIC_")
"""Variables of whoever starts the benchmark that would change what is measured."""
_COMPLAINTS = ("ERROR", "Traceback")


class BenchmarkFailed(Exception):
    """Something that was to be measured did not work."""


@dataclass(frozen=True)
class Memory:
    """What the processes of a server hold, in MB of a million bytes.

    Attributes:
        proportional: Pages shared with others count in part (PSS).
        resident: Shared pages count in full for every process (RSS).
    """

    proportional: float
    resident: float


@dataclass(frozen=True)
class Server:
    """A running server.

    Attributes:
        address: Where it is, ``http://host:port``.
        ready_seconds: From the start of the process until it said that it is ready.
        process: Its first process.
        started: When that was started, by `time.perf_counter`.
    """

    address: str
    ready_seconds: float
    process: psutil.Process
    started: float

    @property
    def memory(self) -> Memory:
        """What it holds now, with all processes that it started."""
        infos = [each.memory_full_info() for each in self._processes()]
        return Memory(sum(each.pss for each in infos) / 1e6, sum(each.rss for each in infos) / 1e6)

    @property
    def processor_seconds(self) -> float:
        """What it has computed, with all processes that it started."""
        times = [each.cpu_times() for each in self._processes()]
        return sum(each.user + each.system for each in times)

    def _processes(self) -> list[psutil.Process]:
        return [self.process, *self.process.children(recursive=True)]


def environment(own: Mapping[str, str]) -> dict[str, str]:
    """Return this process's environment without settings of either bot, and telemetry off."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OWN)}
    return {**inherited, "RASA_TELEMETRY_ENABLED": "false", **own}


def run(command: Sequence[str], folder: Path, own: Mapping[str, str], log: Path) -> float:
    """Run a command to its end and return how many seconds it took.

    Raises:
        BenchmarkFailed: it ended with an error.
    """
    started = time.perf_counter()
    with log.open("wb") as output:
        ended = subprocess.run(
            command,
            cwd=folder,
            env=environment(own),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if ended.returncode:
        raise BenchmarkFailed(f"{' '.join(command)} ended with {ended.returncode}:\n{_tail(log)}")
    return time.perf_counter() - started


@contextmanager
def serving(
    command: Sequence[str], folder: Path, own: Mapping[str, str], address: str, ready: str
) -> Iterator[Server]:
    """Run a server until the block ends.

    Args:
        command: What starts it.
        folder: Where.
        own: Its settings.
        address: Where it will answer.
        ready: The path that answers 200 once it can serve.

    Raises:
        BenchmarkFailed: it ended, was not ready in time, or wrote errors into its log.
    """
    log = folder / "server.log"
    started = time.perf_counter()
    with log.open("wb") as output:
        process = psutil.Popen(
            command,
            cwd=folder,
            env=environment(own),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(f"{address}{ready}", process, log)
        yield Server(address, time.perf_counter() - started, process, started)
        if any(each in log.read_text("utf-8", errors="replace") for each in _COMPLAINTS):
            raise BenchmarkFailed(f"the server complained:\n{_tail(log)}")
    finally:
        _stop(process)


def free_address() -> str:
    """Return an address on this machine at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def _wait(url: str, process: psutil.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise BenchmarkFailed(f"the server ended with {process.returncode}:\n{_tail(log)}")
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(POLL_SECONDS)
    raise BenchmarkFailed(f"the server was not ready in {START_SECONDS} s:\n{_tail(log)}")


def _stop(process: psutil.Popen) -> None:
    """End a server and everything that it started."""
    with suppress(psutil.NoSuchProcess):
        processes = [*process.children(recursive=True), process]
        process.terminate()
        _, alive = psutil.wait_procs(processes, timeout=STOP_SECONDS)
        for each in alive:
            each.kill()


def _tail(log: Path) -> str:
    return log.read_text("utf-8", errors="replace")[-LOG_TAIL:]
