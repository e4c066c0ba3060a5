"""Backchat beside Rasa's starter bot and beside the least that Rasa can be, in one run.

Run with ``make bench``, or ``python -m benchmarks.bench``. A missed target is in the table; with
``--strict`` it also makes the command fail. What cannot be measured always does.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from statistics import median

from backchat.knowledge import load
from backchat.language.reader import Reader
from benchmarks import bots, installation, reader, talk
from benchmarks.bots import Bot
from benchmarks.load import Load, one_talks, people_talk
from benchmarks.processes import BenchmarkFailed, Memory, free_address, serving
from benchmarks.report import progress, publish, table

ROUNDS = 3
PEOPLE = 10
ALONE_SECONDS = 10
CROWD_SECONDS = 20
LONG_CONVERSATIONS = 3
LONG_TURNS = 300
EARLY_TURNS = range(6, 16)
LATE_TURNS = range(291, 301)
"""Turns around the 10th and the 300th, counted from 1: the same messages of the cycle."""
READ_CHARACTERS = 200


@dataclass(frozen=True)
class Round:
    """What was measured from one start of a bot to its end.

    Attributes:
        ready: Seconds from the start until it said that it is ready.
        first_answer: Seconds from the start until it had answered a message.
        alone: One person talking.
        processor: Milliseconds of processor time for each of their messages.
        crowd: Ten people talking at once.
        memory: What all its processes held after that.
    """

    ready: float
    first_answer: float
    alone: Load
    processor: float
    crowd: Load
    memory: Memory


@dataclass(frozen=True)
class Target:
    """A bound.

    Attributes:
        bound: The value.
        at_least: Whether it bounds from below.
    """

    bound: float
    at_least: bool = False

    def is_met_by(self, value: float) -> bool:
        """Say whether a value keeps to it."""
        return value >= self.bound if self.at_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.bound:g}"


@dataclass(frozen=True)
class Measure:
    """A row of the comparison.

    Attributes:
        what: What is measured, with its unit.
        of: Its value in one round.
        target: The bound of Backchat ÷ starter, if there is one.
        digits: How many digits are shown after the point.
    """

    what: str
    of: Callable[[Round], float]
    target: Target | None = None
    digits: int = 1


MEASURES = (
    Measure("answer time, median, one person, ms", lambda each: each.alone.median, Target(0.5)),
    Measure(
        f"answer time, 99th percentile, {PEOPLE} people, ms",
        lambda each: each.crowd.late,
        Target(0.5),
    ),
    Measure(
        f"turns per second, {PEOPLE} people",
        lambda each: each.crowd.per_second,
        Target(3, at_least=True),
    ),
    Measure("start to ready, s", lambda each: each.ready, Target(0.5)),
    Measure(
        "memory of all processes, MB (PSS)",
        lambda each: each.memory.proportional,
        Target(0.7),
        digits=0,
    ),
    Measure("memory of all processes, MB (RSS)", lambda each: each.memory.resident, digits=0),
    Measure("start to first answer, s", lambda each: each.first_answer),
    Measure("answer time, median, 10 people, ms", lambda each: each.crowd.median),
    Measure("processor time of an answer, one person, ms", lambda each: each.processor),
)
TRAINING = Target(0.4)
GROWTH = Target(1.2)
READING = Target(2.0)


@dataclass(frozen=True)
class Verdict:
    """A row of a table, and whether its target was met; None where there is none."""

    cells: tuple[str, ...]
    is_met: bool | None


def main() -> None:
    """Measure everything, publish the tables, and exit by whether it worked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--strict", action="store_true", help="fail if a target is missed")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each bot is started")
    arguments = parser.parse_args()
    began = time.perf_counter()
    try:
        with tempfile.TemporaryDirectory(prefix="backchat-bench-") as folder:
            compared, itself = _measure(Path(folder), arguments.rounds)
    except BenchmarkFailed as error:
        sys.exit(f"the benchmark failed: {error}")
    minutes = (time.perf_counter() - began) / 60
    body = _body(compared, itself, arguments.rounds, minutes)
    publish("bench", "Backchat beside Rasa's starter bot", "python -m benchmarks.bench", body)
    missed = [each.cells[0] for each in (*compared, *itself) if each.is_met is False]
    if missed and arguments.strict:
        sys.exit(f"missed: {'; '.join(missed)}")


def _measure(folder: Path, rounds: int) -> tuple[list[Verdict], list[Verdict]]:
    """Return the rows of the comparison, and those of Backchat against itself."""
    ours, theirs, least = bots.backchat(folder), bots.starter(folder), bots.floor(folder)
    all_bots = (theirs, ours, least)
    trained = {}
    for bot in all_bots:
        progress(f"training: {bot.name}")
        trained[bot.name] = bot.train()
    measured: dict[str, list[Round]] = {bot.name: [] for bot in all_bots}
    for number in range(1, rounds + 1):
        for bot in all_bots:
            progress(f"round {number}: {bot.name}")
            measured[bot.name].append(_round(bot))
    compared = [_compared(each, measured) for each in MEASURES]
    values = [trained[bot.name] for bot in all_bots]
    compared.append(_row("training, the whole command, once, s", values, TRAINING, 1))
    progress("long conversations")
    early, late = _long_conversations(ours)
    progress("reading")
    return compared, [_growth(early, late), _reading()]


def _round(bot: Bot) -> Round:
    address = free_address()
    with serving(
        bot.serve(address), bot.folder, bot.settings(address), address, bot.ready
    ) as server:
        one_talks(address, bot.person, bot.conversations[0][:1])
        first_answer = time.perf_counter() - server.started
        for conversation in bot.conversations:
            one_talks(address, bot.person, conversation)
        spent = server.processor_seconds
        alone = people_talk(address, bot.person, bot.conversations, 1, ALONE_SECONDS)
        spent = server.processor_seconds - spent
        crowd = people_talk(address, bot.person, bot.conversations, PEOPLE, CROWD_SECONDS)
        return Round(
            ready=server.ready_seconds,
            first_answer=first_answer,
            alone=alone,
            processor=1000 * spent / len(alone.answers),
            crowd=crowd,
            memory=server.memory,
        )


def _long_conversations(bot: Bot) -> tuple[float, float]:
    """Return the median milliseconds of a turn early and late in conversations of 300 turns."""
    address = free_address()
    early: list[float] = []
    late: list[float] = []
    with serving(
        bot.serve(address), bot.folder, bot.settings(address), address, bot.ready
    ) as server:
        for conversation in bot.conversations:
            one_talks(server.address, bot.person, conversation)
        endless = chain(talk.PREAMBLE, chain.from_iterable(repeat(talk.CYCLE)))
        lines = [line for _, line in zip(range(LONG_TURNS), endless, strict=False)]
        for _ in range(LONG_CONVERSATIONS):
            answers = one_talks(address, bot.person, lines).answers
            early += (answers[turn - 1] for turn in EARLY_TURNS)
            late += (answers[turn - 1] for turn in LATE_TURNS)
    return median(early), median(late)


def _compared(measure: Measure, measured: Mapping[str, Sequence[Round]]) -> Verdict:
    medians = [median(map(measure.of, rounds)) for rounds in measured.values()]
    return _row(measure.what, medians, measure.target, measure.digits)


def _row(what: str, values: Sequence[float], target: Target | None, digits: int) -> Verdict:
    """Return a row of the comparison: starter, Backchat, floor, and the ratio of the first two."""
    starter, backchat, _ = values
    ratio = backchat / starter
    is_met = target.is_met_by(ratio) if target else None
    shown = [f"{value:,.{digits}f}" for value in values]
    return Verdict((what, *shown, f"{ratio:.2f}", *_judged(target, is_met)), is_met)


def _growth(early: float, late: float) -> Verdict:
    ratio = late / early
    is_met = GROWTH.is_met_by(ratio)
    what = "turn 300 of a conversation ÷ turn 10"
    return Verdict(
        (what, f"{late:.1f} ms ÷ {early:.1f} ms = {ratio:.2f}", *_judged(GROWTH, is_met)), is_met
    )


def _reading() -> Verdict:
    messages = reader.texts_of(reader.MESSAGES)
    spent = median(reader.readings(Reader(load()), messages, READ_CHARACTERS))
    is_met = READING.is_met_by(spent)
    what = f"reading {READ_CHARACTERS} characters, processor time, ms"
    return Verdict((what, f"{spent:.2f}", *_judged(READING, is_met)), is_met)


def _judged(target: Target | None, is_met: bool | None) -> tuple[str, str]:
    return (str(target), "yes" if is_met else "**no**") if target else ("", "")


def _body(
    compared: Sequence[Verdict], itself: Sequence[Verdict], rounds: int, minutes: float
) -> str:
    header = ("", "starter", "Backchat", "floor", "Backchat ÷ starter", "target", "met")
    installed = installation.measure()
    missing = ", ".join(f"`{name}`" for name in installed.missing) or "nothing"
    return "\n\n".join(
        (
            f"Medians of {rounds} starts, in {minutes:.0f} minutes.",
            table(header, [each.cells for each in compared]),
            "## Against itself",
            table(("", "measured", "target", "met"), [each.cells for each in itself]),
            "The log with a million messages has its own command, `make bench-million`.",
            "## Installation",
            f"{installed.packages} packages and the page's, {installed.megabytes:,.0f} MB of files,"
            f" {installed.tensorflow_megabytes:,.0f} MB of them `tensorflow-cpu`. Of what"
            f" `rasa[{installation.STOCK_EXTRA}]` names itself, not installed: {missing}. How many"
            " bytes that would be cannot be measured without downloading it, so no ratio is given.",
        )
    )


if __name__ == "__main__":
    main()
