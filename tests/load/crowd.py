"""Has fifty people talk with a bot, in a process of their own."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LOCUSTFILE = Path(__file__).with_name("locustfile.py")
PEOPLE = 50
COME_PER_SECOND = 10


@dataclass(frozen=True)
class Figures:
    """How a crowd was answered; times in milliseconds.

    Attributes:
        requests: How many there were.
        messages: How many of them said something.
        per_second: How many messages in a second.
        median: Half of the messages were answered sooner.
        late: One in twenty was answered later.
        worst: None was answered later.
        failures: What went wrong, and how often.
    """

    requests: int
    messages: int
    per_second: float
    median: float
    late: float
    worst: float
    failures: dict[str, int]

    def __str__(self) -> str:
        return (
            f"{self.per_second:.1f} messages/s; median {self.median:.0f} ms,"
            f" 95 % {self.late:.0f} ms, worst {self.worst:.0f} ms"
        )


def talk(address: str, seconds: int, meanwhile: Callable[[float], None], folder: Path) -> Figures:
    """Have people talk.

    Args:
        address: The bot's, ``http://host:port``.
        seconds: For how long.
        meanwhile: Called every second with the seconds that have passed.
        folder: Where locust writes what it found.
    """
    command = [
        *(sys.executable, "-m", "locust", "--headless", "--locustfile", str(LOCUSTFILE)),
        *("--host", address, "--users", str(PEOPLE), "--spawn-rate", str(COME_PER_SECOND)),
        *("--run-time", f"{seconds}s", "--stop-timeout", "30", "--exit-code-on-error", "0"),
        *("--json", "--skip-log-setup", "--csv", str(folder / "locust")),
    ]
    result = folder / "locust.json"
    with result.open("wb") as found, (folder / "locust.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=found, stderr=log)
        for passed in range(1, 10 * seconds + 600):
            try:
                process.wait(1)
                break
            except subprocess.TimeoutExpired:
                meanwhile(float(passed))
        else:
            process.kill()
            raise TimeoutError("locust did not end")
    with (folder / "locust_failures.csv").open(newline="") as file:
        failures = {row["Error"]: int(row["Occurrences"]) for row in csv.DictReader(file)}
    return _figures(json.loads(result.read_text()), seconds, failures)


def _figures(rows: list[dict[str, Any]], seconds: int, failures: dict[str, int]) -> Figures:
    said = next(row for row in rows if row["name"] == "/chat/message")
    times = sorted(
        float(time) for time, count in said["response_times"].items() for _ in range(count)
    )
    return Figures(
        requests=sum(row["num_requests"] for row in rows),
        messages=said["num_requests"],
        per_second=said["num_requests"] / seconds,
        median=times[len(times) // 2],
        late=times[len(times) * 95 // 100],
        worst=said["max_response_time"],
        failures=failures,
    )
