"""A running bot that is attacked: where it is, what it writes, and what it costs."""

from __future__ import annotations

import http.client
import json
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from serving import address_of, free_port, start_server

TELEGRAM_SECRET = "a-webhook-secret-of-the-tests-only"
TELEGRAM_TOKEN = "1234567:a-telegram-token-of-the-tests-only"
SLACK_SECRET = "a-signing-secret-of-the-tests-only"
SLACK_TOKEN = "xoxb-a-slack-token-of-the-tests-only"
_PAGE_KB = os.sysconf("SC_PAGE_SIZE") // 1024
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Answer:
    """An answer; ``status`` 0 if the connection was closed without one."""

    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def body(self) -> Any:
        return json.loads(self.content)


@dataclass(frozen=True)
class Target:
    """One server.

    Attributes:
        address: Where it is, ``http://host:port``.
        pid: Its process.
        log: What it writes.
    """

    address: str
    pid: int
    log: Path

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """Ask without a browser's manners; names of headers have ``_`` for ``-``."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            lower = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, lower, answer.read())
        finally:
            connection.close()

    def say(self, text: str, **headers: str) -> Answer:
        body = json.dumps({"text": text, "region": "US"}).encode()
        return self.ask(
            "POST", "/chat/message", body, **{"Content_Type": "application/json", **headers}
        )

    def send(self, request: bytes, seconds: float = 30) -> int:
        """Send bytes as they are; return the status that is answered, 0 for none."""
        parts = urlsplit(self.address)
        with socket.create_connection((parts.hostname, parts.port), timeout=seconds) as connection:
            try:
                connection.sendall(request)
                answer = connection.recv(64)
            except ConnectionError:
                return 0
        return int(answer.split(b" ")[1]) if answer.startswith(b"HTTP/") else 0

    @property
    def cpu_seconds(self) -> float:
        """How long it has computed since it was started."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS

    @property
    def memory_mb(self) -> float:
        """How much memory it holds."""
        return memory_mb(self.pid)


def memory_mb(pid: int) -> float:
    """Return how much memory a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_KB / 1024


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[Target]:
    """Run a bot that is on Telegram and Slack, neither of which is there."""
    port = free_port()
    nowhere = f"http://127.0.0.1:{free_port()}"
    process = start_server(
        folder,
        port,
        **{
            "BACKCHAT_REGION": "US",
            "BACKCHAT_LOG_FORMAT": "json",
            "BACKCHAT_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
            "BACKCHAT_TELEGRAM_WEBHOOK_URL": "https://bot.example/webhooks/telegram/webhook",
            "BACKCHAT_TELEGRAM_WEBHOOK_SECRET": TELEGRAM_SECRET,
            "BACKCHAT_TELEGRAM_API_URL": nowhere,
            "BACKCHAT_SLACK_BOT_TOKEN": SLACK_TOKEN,
            "BACKCHAT_SLACK_SIGNING_SECRET": SLACK_SECRET,
            "BACKCHAT_SLACK_API_URL": nowhere,
            **settings,
        },
    )
    try:
        yield Target(address_of(port), process.pid, folder / "server.log")
    finally:
        process.terminate()
        process.wait(30)


def until(happens: Any, seconds: float = 30) -> bool:
    """Wait for something; return whether it came."""
    deadline = time.monotonic() + seconds
    while not happens() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(happens())
