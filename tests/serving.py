"""The whole bot as a process of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 180
LOG = "server.log"
SECRET = "known-to-the-tests-and-nobody-else"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_server(folder: Path, port: int | None = None, **settings: str) -> Iterator[str]:
    """Run the whole bot, on a free port if none is given, with its databases in a folder.

    Yields its address.
    """
    port = port or free_port()
    process = start_server(folder, port, **settings)
    try:
        yield address_of(port)
    finally:
        process.terminate()
        process.wait(30)


def start_server(folder: Path, port: int, **settings: str) -> subprocess.Popen[bytes]:
    """Start the whole bot, with its databases in a folder, and wait until it is healthy."""
    process = launch_server(folder, port, **settings)
    try:
        _wait_until_healthy(address_of(port), process, folder / LOG)
    except BaseException:
        process.kill()
        raise
    return process


def launch_server(folder: Path, port: int, **settings: str) -> subprocess.Popen[bytes]:
    """Start the whole bot, with its databases in a folder."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BACKCHAT_")
    }
    environment |= {
        "BACKCHAT_PORT": str(port),
        "BACKCHAT_DATABASE_URL": f"sqlite:///{folder}/records.sqlite3",
        "BACKCHAT_TRACKER_URL": f"sqlite:///{folder}/tracker.sqlite3",
        "BACKCHAT_SECRET": SECRET,
        "BACKCHAT_LIMIT_PER_PERSON": "0",
        "BACKCHAT_LIMIT_PER_ADDRESS": "0",
        **settings,
    }
    with (folder / LOG).open("ab") as output:
        return subprocess.Popen(
            [sys.executable, "-m", "backchat", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def address_of(port: int) -> str:
    return f"http://127.0.0.1:{port}"


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}:\n{log.read_text()[-3000:]}")
        try:
            with urllib.request.urlopen(f"{address}/chat/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"the server was not ready in {START_SECONDS} s:\n{log.read_text()[-3000:]}")
