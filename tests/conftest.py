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
SECRET = "known-to-the-tests-and-nobody-else"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_server(folder: Path, **settings: str) -> Iterator[str]:
    """Run the whole bot on a free port with its databases in a folder; yield its address."""
    port = free_port()
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("BACKCHAT_")
    }
    environment |= {
        "BACKCHAT_PORT": str(port),
        "BACKCHAT_DATABASE_URL": f"sqlite:///{folder}/records.sqlite3",
        "BACKCHAT_TRACKER_URL": f"sqlite:///{folder}/tracker.sqlite3",
        "BACKCHAT_SECRET": SECRET,
        **settings,
    }
    log = folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "backchat", "serve"],
            cwd=ROOT,
            env=environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_until_healthy(address, process, log)
        yield address
    finally:
        process.terminate()
        process.wait(30)


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


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shared bot keeps its databases."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def server(server_folder: Path) -> Iterator[str]:
    """The address of one running bot, shared by the tests that only talk with it."""
    with running_server(server_folder, BACKCHAT_REGION="US") as address:
        yield address


@pytest.fixture(scope="session")
def chat_url(server: str) -> str:
    """The address of the chat page."""
    return f"{server}/chat"
