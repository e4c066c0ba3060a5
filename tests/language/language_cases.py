"""What the language tests share: the reader, the phrases, and the judgement on one message."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.reading import Finding, Reading, Status
from backchat.clinical.triage import assess
from backchat.knowledge import Knowledge, load
from backchat.language.reader import Reader

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@cache
def knowledge() -> Knowledge:
    return load()


@cache
def reader() -> Reader:
    return Reader(knowledge())


def read(text: str, question: str | None = None) -> Reading:
    return reader().read(text, now=NOW, question=question)


def finding(text: str, concept: str) -> Finding | None:
    return next((each for each in read(text).findings if each.concept == concept), None)


def status(text: str, concept: str) -> Status | None:
    found = finding(text, concept)
    return found.status if found else None


@dataclass(frozen=True)
class Outcome:
    """What one message leads to: rules that fired for good, questions, and the level."""

    rules: frozenset[str]
    asks: frozenset[str]
    level: Level | None


@cache
def outcome(text: str) -> Outcome:
    rulebook = knowledge().rulebook
    assessment = assess(Episode().hear(read(text), rulebook, NOW), rulebook, NOW)
    return Outcome(
        frozenset(each.rule_id for each in assessment.fired if not each.provisional),
        frozenset(each for each in assessment.ask if each.startswith("clarify:")),
        assessment.level,
    )


def rows(name: str) -> list[dict[str, Any]]:
    lines = (DATA / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def level_of(rule_id: str) -> Level:
    return next(rule.level for rule in knowledge().rulebook.rules if rule.id == rule_id)
