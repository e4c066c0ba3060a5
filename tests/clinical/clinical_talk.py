"""Messages built by hand, and conversations made of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from backchat.clinical.episode import Episode
from backchat.clinical.interview import Question, next_question
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Finding, Onset, Reading, Status
from backchat.clinical.rules import RuleBook
from backchat.clinical.triage import Assessment, assess

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

NO = Reading(answer=Answer.NO)
YES = Reading(answer=Answer.YES)
SKIP = Reading(answer=Answer.SKIP)
UNSURE = Reading(answer=Answer.UNSURE)
NOTHING = Reading()


def finding(concept: str, status: Status = Status.PRESENT, *, old: bool = False) -> Finding:
    words = f"{status.value} {concept}"
    return Finding(concept, status, words, 0, 0, len(words), old)


def hours_ago(low: float, high: float | None = None, **others: Any) -> Onset:
    """The onset between ``low`` and ``high`` hours before NOW."""
    earliest = NOW - timedelta(hours=low if high is None else high)
    return Onset(earliest, NOW - timedelta(hours=low), "then", **others)


def says(
    *present: str,
    absent: Iterable[str] = (),
    unsure: Iterable[str] = (),
    past: Iterable[str] = (),
    **others: Any,
) -> Reading:
    """A message that names concepts, each with its status."""
    named = {
        Status.PRESENT: present,
        Status.ABSENT: absent,
        Status.UNSURE: unsure,
        Status.PAST: past,
    }
    findings = tuple(
        finding(concept, status) for status, concepts in named.items() for concept in concepts
    )
    return Reading(findings=findings, **others)


@dataclass
class Talk:
    """A conversation, a message at a time; between two of them the episode is kept as JSON."""

    rulebook: RuleBook
    episode: Episode = field(default_factory=Episode)
    now: datetime = NOW

    def hear(self, *readings: Reading, asked: tuple[str, ...] | None = None) -> Talk:
        for reading in readings:
            heard = self.episode.hear(reading, self.rulebook, self.now, asked)
            self.episode = Episode.from_dict(json.loads(json.dumps(heard.to_dict())))
        return self

    @property
    def assessment(self) -> Assessment:
        return assess(self.episode, self.rulebook, self.now)

    @property
    def level(self) -> Level | None:
        return self.assessment.level

    @property
    def ask(self) -> tuple[str, ...]:
        return self.assessment.ask

    @property
    def fired(self) -> dict[str, Level]:
        return {each.rule_id: each.level for each in self.assessment.fired}

    @property
    def question(self) -> Question | None:
        return next_question(self.episode, self.assessment, self.rulebook)
