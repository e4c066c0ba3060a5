"""How long reading a message takes, and how long ``backchat assess`` takes for a thousand.

Run with ``python -m benchmarks.reader``.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median, quantiles

from backchat.knowledge import load
from backchat.language.reader import Reader
from benchmarks.report import ROOT, progress, publish, table

LENGTHS = (200, 1000)
READ = 200
CASES = 1000
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
DATA = ROOT / "tests" / "language" / "data"
MESSAGES = "messages_tune.jsonl"
PHRASES = "phrases_tune.jsonl"
ASSESS = [sys.executable, "-m", "backchat", "assess", "--jsonl"]
IMPORT_SPACY = [sys.executable, "-c", "import spacy"]
SPENT = ["elapsed s", "processor s", "times `import spacy`"]


@dataclass(frozen=True)
class Seconds:
    """How long a process took: by the clock on the wall, and of the processor."""

    elapsed: float
    processor: float


def main() -> None:
    """Measure both and publish the tables."""
    messages = texts_of(MESSAGES)
    progress("reading …")
    reading = table(["characters", "median ms", "95th percentile ms"], reading_rows(messages))
    progress("assessing …")
    assessing = table(["command", *SPENT], assessing_rows(messages + texts_of(PHRASES)))
    body = (
        f"## One message, {READ} different ones of each length\n\nProcessor time.\n\n{reading}\n\n"
        f"## A process of its own, start-up included\n\n{assessing}"
    )
    publish("reader", "Reading and assessing", "python -m benchmarks.reader", body)


def texts_of(file: str) -> list[str]:
    """Return the texts of one of the tests' tables."""
    return [json.loads(line)["text"] for line in (DATA / file).read_text("utf-8").splitlines()]


def reading_rows(messages: Sequence[str]) -> list[list[str]]:
    """Time the reader by length of the message."""
    reader = Reader(load())
    rows = []
    for length in LENGTHS:
        spent = readings(reader, messages, length)
        rows.append([str(length), f"{median(spent):.1f}", f"{quantiles(spent, n=20)[-1]:.1f}"])
    return rows


def readings(reader: Reader, messages: Sequence[str], length: int) -> list[float]:
    """Return the milliseconds of processor time of each reading, after one that is not timed."""
    reader.read(messages[0], now=NOW)
    return [milliseconds(reader, text) for text in pieces(messages, length)]


def pieces(messages: Sequence[str], length: int) -> list[str]:
    """Return texts of exactly this length, each a run of messages that starts elsewhere."""
    endless = " ".join(messages) + " "
    endless *= 1 + (READ * length) // len(endless)
    return [endless[start : start + length] for start in range(0, READ * length, length)]


def milliseconds(reader: Reader, text: str) -> float:
    """Return the processor time of one reading."""
    started = time.process_time()
    reader.read(text, now=NOW)
    return 1000 * (time.process_time() - started)


def assessing_rows(messages: Sequence[str]) -> list[list[str]]:
    """Time a thousand cases through the command line, against an import of spaCy."""
    texts = messages[:CASES]
    cases = [json.dumps({"id": str(each), "turns": [text]}) for each, text in enumerate(texts)]
    spacy = run(IMPORT_SPACY)
    measured = {
        "`import spacy`": spacy,
        "`backchat assess --jsonl`, no message": run(ASSESS),
        f"`backchat assess --jsonl`, {len(texts):,} different messages": run(
            ASSESS, "\n".join(cases)
        ),
    }
    return [
        [
            name,
            f"{each.elapsed:.1f}",
            f"{each.processor:.1f}",
            f"{each.processor / spacy.processor:.1f}",
        ]
        for name, each in measured.items()
    ]


def run(command: Sequence[str], fed: str = "") -> Seconds:
    """Return how long a command runs.

    Raises:
        subprocess.CalledProcessError: The command failed.
    """
    before, started = children_processor_time(), time.perf_counter()
    subprocess.run(command, input=fed, text=True, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return Seconds(time.perf_counter() - started, children_processor_time() - before)


def children_processor_time() -> float:
    """Return the processor seconds of all child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
