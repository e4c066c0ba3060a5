"""Findings that rest on a number: a temperature, weeks of pregnancy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from backchat.clinical.reading import Status
from backchat.language.findings import Verdict
from backchat.language.phrasebook import Span
from backchat.language.quantities import read_pregnancy_weeks, read_temperature

_FEVER_FROM = 38.0


def measured(text: str, words: Sequence[str]) -> Iterator[Verdict]:
    """Yield what the numbers of a message say, each placed at its first number."""
    place = _first_number(words)
    temperature = read_temperature(text)
    if temperature is not None:
        status = Status.PRESENT if temperature >= _FEVER_FROM else Status.ABSENT
        yield Verdict("fever", (place,), status)
    if read_pregnancy_weeks(text) is not None:
        yield Verdict("pregnant", (place,), Status.PRESENT)


def _first_number(words: Sequence[str]) -> Span:
    at = next((i for i, word in enumerate(words) if word[:1].isdigit()), 0)
    return at, at + 1
