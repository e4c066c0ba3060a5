"""From an episode to a judgement on how urgent it is, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backchat.clinical import asking, duration
from backchat.clinical.episode import Episode
from backchat.clinical.firing import FiredRule
from backchat.clinical.judgement import Judgement
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import SCREEN, RuleBook

__all__ = ["Assessment", "FiredRule", "assess"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """How urgent an episode is as of a moment, and why.

    Attributes:
        level: The maximum over the rules that fired; ``SELF_CARE`` if none did and enough is
            known; None if it is not.
        timeframe: How soon to see a provider, if that is the level; else None.
        borderline: The two days may be almost over.
        check_again: The moment after which to check in with a provider if it still hurts; None
            where the onset is unknown or the two days are over.
        fired: The rules that fired, most dangerous first.
        ask: Ids of the questions to put, most dangerous first.
        unknown: ``ask``, and what was asked for in vain.
        retractions: Those ids of ``ask`` that ask whether a symptom was taken back.
        possible_level: The highest level that an open clarifying question may lead to, or None.
        as_of: The moment of the assessment.
        knowledge_version: Hash of the knowledge that judged.
    """

    level: Level | None
    timeframe: Timeframe | None
    borderline: bool
    check_again: datetime | None
    fired: tuple[FiredRule, ...]
    ask: tuple[str, ...]
    unknown: tuple[str, ...]
    retractions: tuple[str, ...]
    possible_level: Level | None
    as_of: datetime
    knowledge_version: str

    @property
    def unscreened(self) -> tuple[str, ...]:
        """Ids of the screening questions without an answer: the advice is provisional."""
        return tuple(each for each in self.unknown if each.startswith(SCREEN))

    @property
    def is_settled(self) -> bool:
        """False while the level rests only on a question that is still open."""
        highest = [each for each in self.fired if each.level is self.level]
        return not highest or not all(each.provisional for each in highest)


def assess(episode: Episode, rulebook: RuleBook, now: datetime) -> Assessment:
    """Judge an episode as of ``now`` (a moment with a time zone)."""
    report = episode.report
    judgement = episode.judge(rulebook, now)
    ask = asking.pending(judgement, report, rulebook, now)
    open_rules = [rule for each in ask if (rule := rulebook.clarified_by(each)) is not None]
    fired = _by_danger(judgement, rulebook)
    level = max((each.level for each in fired), default=None)
    if level is None and not open_rules and _is_self_care(report, now):
        level = Level.SELF_CARE
    onset = report.onset
    return Assessment(
        level=level,
        timeframe=_timeframe(fired) if level is Level.SEE_PROVIDER else None,
        borderline=onset is not None and duration.is_borderline(onset, now),
        check_again=None if onset is None else duration.check_in_after(onset, now),
        fired=fired,
        ask=ask,
        unknown=asking.unknown(judgement, report, rulebook, now),
        retractions=tuple(each for each in ask if asking.is_retraction(each, judgement, report)),
        possible_level=max((rule.level for rule in open_rules), default=None),
        as_of=now,
        knowledge_version=rulebook.version,
    )


def _by_danger(judgement: Judgement, rulebook: RuleBook) -> tuple[FiredRule, ...]:
    place = {rule.id: index for index, rule in enumerate(rulebook.rules)}
    return tuple(
        sorted(
            judgement.fired.values(),
            key=lambda each: (-each.level, place.get(each.rule_id, len(place))),
        )
    )


def _is_self_care(report: SymptomReport, now: datetime) -> bool:
    return (
        report.has_back_symptoms
        and report.onset is not None
        and duration.is_two_days_at_most(report.onset, now)
    )


def _timeframe(fired: Iterable[FiredRule]) -> Timeframe:
    """Soon beats routine."""
    soon = any(each.timeframe is Timeframe.SOON for each in fired)
    return Timeframe.SOON if soon else Timeframe.ROUTINE
