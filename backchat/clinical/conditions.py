"""Whether a condition holds for a report, and by which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backchat.clinical import duration
from backchat.clinical.reading import Status
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import (
    AgeAtLeast,
    AgeBelow,
    AllOf,
    AnyOf,
    AtLeast,
    Concept,
    Condition,
    OverHours,
    PainAtLeast,
    PainAtMost,
    TrendIs,
    WithinHours,
    WorseWith,
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing the person said that made a condition hold.

    Attributes:
        fact: A concept id, ``age``, ``pain``, ``onset``, ``trend``, ``worse_with``, or the id of
            the question that was answered.
        text: Their words or, for numbers and choices, the value.
        turn: Index of the message; None where the fact is not tied to one.
    """

    fact: str
    text: str
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """A report as of a moment, with the statuses that count as true.

    What is unknown makes a condition false, so that only what is known raises or lowers.
    """

    report: SymptomReport
    now: datetime
    counted: frozenset[Status]

    def support(self, condition: Condition) -> tuple[Evidence, ...] | None:
        """Return everything that makes the condition hold, or None if it does not."""
        match condition:
            case Concept(concept):
                return self._concept(concept)
            case AllOf(parts):
                return self._at_least(len(parts), parts)
            case AnyOf(parts):
                return self._at_least(1, parts)
            case AtLeast(count, parts):
                return self._at_least(count, parts)
            case _:
                return self._measured(condition)

    def _concept(self, concept: str) -> tuple[Evidence, ...] | None:
        finding = self.report.statuses.find(concept, self.counted)
        return None if finding is None else (Evidence(concept, finding.text, finding.turn),)

    def _at_least(self, count: int, parts: tuple[Condition, ...]) -> tuple[Evidence, ...] | None:
        supports = [each for part in parts if (each := self.support(part)) is not None]
        if len(supports) < count:
            return None
        return tuple(dict.fromkeys(each for support in supports for each in support))

    def _measured(self, condition: Condition) -> tuple[Evidence, ...] | None:
        report, onset = self.report, self.report.onset
        age, score = report.age, report.pain_now
        match condition:
            case AgeBelow(years) if age is not None and age < years:
                return (Evidence("age", str(age)),)
            case AgeAtLeast(years) if age is not None and age >= years:
                return (Evidence("age", str(age)),)
            case PainAtLeast(limit) if score is not None and score >= limit:
                return (Evidence("pain", str(score), report.pain[-1].turn),)
            case PainAtMost(limit) if score is not None and score <= limit:
                return (Evidence("pain", str(score), report.pain[-1].turn),)
            case OverHours(hours) if onset and duration.is_over(onset, hours, self.now):
                return (Evidence("onset", onset.text),)
            case WithinHours(hours) if onset and duration.is_within(onset, hours, self.now):
                return (Evidence("onset", onset.text),)
            case TrendIs(trend) if report.trend is trend:
                return (Evidence("trend", trend.value),)
            case WorseWith(movement) if movement in report.aggravators:
                return (Evidence("worse_with", movement),)
        return None
