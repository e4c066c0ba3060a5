"""Tables at the end of a run: what was tried, how many times, and how it ended.

A test that passed adds its rows; one that fails is reported by pytest.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pytest

_PROPERTY = "outcome"


@dataclass(frozen=True)
class Outcome:
    """One row.

    Attributes:
        table: The table that it belongs to, "Attacks" or "Faults".
        what: The attack or fault.
        tried: What was done.
        times: How often.
        outcome: How it ended.
    """

    table: str
    what: str
    tried: str
    times: int
    outcome: str


class Outcomes:
    """Takes down rows of one table for the running test."""

    def __init__(self, table: str, request: pytest.FixtureRequest) -> None:
        self._table = table
        self._properties = request.node.user_properties

    def add(self, what: str, tried: str, times: int, outcome: str) -> None:
        row = Outcome(self._table, what, tried, times, outcome)
        self._properties.append((_PROPERTY, asdict(row)))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    rows = [
        Outcome(**value)
        for report in terminalreporter.stats.get("passed", [])
        if report.when == "call"
        for name, value in report.user_properties
        if name == _PROPERTY
    ]
    for table in sorted({row.table for row in rows}):
        terminalreporter.section(table)
        for line in _lines(_merged(row for row in rows if row.table == table)):
            terminalreporter.write_line(line)


def _merged(rows: Iterable[Outcome]) -> list[Outcome]:
    """Return the rows, those that differ only in their number as one."""
    times: dict[tuple[str, ...], int] = {}
    for row in rows:
        key = (row.table, row.what, row.tried, row.outcome)
        times[key] = times.get(key, 0) + row.times
    return [
        Outcome(table, what, tried, times[table, what, tried, outcome], outcome)
        for table, what, tried, outcome in sorted(times)
    ]


def _lines(rows: Sequence[Outcome]) -> list[str]:
    cells = [("what", "tried", "times", "outcome")]
    cells += [(row.what, row.tried, f"{row.times:,}", row.outcome) for row in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(3)]
    return [
        f"{what:<{widths[0]}}  {tried:<{widths[1]}}  {times:>{widths[2]}}  {outcome}"
        for what, tried, times, outcome in cells
    ]
