"""Compare our reading of onsets with two public time parsers on the duration tables of the tests.

Run with ``python -m benchmarks.durations``. Counted are the messages whose side of two days is
certain, and those that tell no time at all; a message that leaves it open is nobody's gain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from benchmarks.onset_parsers import (
    CHOICES,
    Answer,
    Side,
    Times,
    dateparser_times,
    duckling_times,
    ours,
    public,
)
from benchmarks.report import ROOT, percent, publish, table

DATA = ROOT / "tests" / "language" / "data"
PUBLIC: dict[str, Times] = {"dateparser": dateparser_times, "Duckling": duckling_times}
_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
_LABELS = {"yes": Side.OVER, "no": Side.WITHIN, "none": Side.NONE}
_SIDES = {True: Side.OVER, False: Side.WITHIN, None: Side.NONE}


@dataclass(frozen=True)
class Case:
    """A message, when and where it was sent, and the right answer."""

    text: str
    now: datetime
    timezone: str
    side: Side


@dataclass(frozen=True)
class Score:
    """How many answers were right, of those with a side and of those without a time."""

    sided: int
    sided_right: int
    timeless: int
    timeless_right: int

    @property
    def side_share(self) -> float:
        """Share of the messages put on the right side of two days."""
        return self.sided_right / self.sided

    @property
    def timeless_share(self) -> float:
        """Share of the messages without a time in which none was seen."""
        return self.timeless_right / self.timeless


def cases() -> list[Case]:
    """Return every message of the tables that has one right answer."""
    return [*_sentences(), *_phrases()]


def _sentences() -> Iterator[Case]:
    for line in (DATA / "durations_tune.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["over_two_days"] in _SIDES:
            side = _SIDES[row["over_two_days"]]
            yield Case(row["text"], datetime.fromisoformat(row["now"]), row["timezone"], side)


def _phrases() -> Iterator[Case]:
    for line in (DATA / "onsets.txt").read_text("utf-8").splitlines():
        label, _, words = line.partition("|")
        if label.strip() in _LABELS:
            yield Case(words.strip(), _NOON, "UTC", _LABELS[label.strip()])


def score(answer: Answer, messages: Sequence[Case]) -> Score:
    """Count the right answers."""
    right = [
        (case.side, answer(case.text, case.now, case.timezone) is case.side) for case in messages
    ]
    timeless = [good for side, good in right if side is Side.NONE]
    sided = [good for side, good in right if side is not Side.NONE]
    return Score(len(sided), sum(sided), len(timeless), sum(timeless))


def best_score(times: Times, messages: Sequence[Case]) -> Score:
    """Score a public parser with the choice among several times that suits it best."""
    scores = [score(public(times, choose), messages) for choose in CHOICES.values()]
    return max(scores, key=lambda each: each.sided_right + each.timeless_right)


def scores(messages: Sequence[Case]) -> dict[str, Score]:
    """Score ours and the public parsers."""
    return {
        "ours": score(ours, messages),
        **{name: best_score(times, messages) for name, times in PUBLIC.items()},
    }


def main() -> None:
    """Score the parsers and publish the table."""
    measured = scores(cases())
    rows = [
        [
            name,
            percent(each.sided_right, each.sided),
            percent(each.timeless_right, each.timeless),
            percent(each.sided_right + each.timeless_right, each.sided + each.timeless),
        ]
        for name, each in measured.items()
    ]
    counts = measured["ours"]
    header = [
        "parser",
        f"right side of two days (of {counts.sided})",
        f"no time where there is none (of {counts.timeless})",
        "together",
    ]
    publish("durations", "Onsets", "python -m benchmarks.durations", table(header, rows))


if __name__ == "__main__":
    main()
