"""Which rules fire on the person's own words, and at which level."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from backchat.clinical.conditions import Evidence, Facts
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Answer
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import Rule, RuleBook
from backchat.clinical.statuses import CERTAIN, RECENT


@dataclass(frozen=True, slots=True)
class FiredRule:
    """A rule that fired.

    Attributes:
        rule_id: Its id.
        level: The level at which it fired.
        timeframe: How soon, if the level is ``SEE_PROVIDER``; else None.
        evidence: What fired it, in the person's own words.
        provisional: True while a question that is still open can settle it either way.
    """

    rule_id: str
    level: Level
    timeframe: Timeframe | None
    evidence: tuple[Evidence, ...]
    provisional: bool = False


def fire(
    rule: Rule, level: Level, evidence: tuple[Evidence, ...], *, provisional: bool = False
) -> FiredRule:
    """Return the rule as fired; a rule that has come to ``SEE_PROVIDER`` from above means soon."""
    timeframe = (rule.timeframe or Timeframe.SOON) if level is Level.SEE_PROVIDER else None
    return FiredRule(rule.id, level, timeframe, evidence, provisional)


def fired_by_words(
    report: SymptomReport, rulebook: RuleBook, now: datetime
) -> dict[str, FiredRule]:
    """Return the rules that the findings and the confirmed questions fire, by rule id.

    Where only another body part hurts, only the red flags count.
    """
    rules = [
        rule
        for rule in touched(report, rulebook)
        if rule.is_red_flag or not report.is_outside_scope
    ]
    fired = (_fired(rule, report, now) for rule in rules)
    return {each.rule_id: each for each in fired if each is not None}


def touched(report: SymptomReport, rulebook: RuleBook) -> list[Rule]:
    """Return the rules that may fire or ask; nothing that was said or answered concerns others."""
    affirmed, put = report.statuses.affirmed, report.questions_put
    return [
        rule
        for rule in rulebook.rules
        if not rule.rests_on_words or rule.question in put or not rule.concepts.isdisjoint(affirmed)
    ]


def is_excepted(rule: Rule, report: SymptomReport, now: datetime) -> bool:
    """Whether the rule's ``unless`` holds."""
    return rule.unless is not None and Facts(report, now, CERTAIN).support(rule.unless) is not None


def _fired(rule: Rule, report: SymptomReport, now: datetime) -> FiredRule | None:
    if is_excepted(rule, report, now):
        return None
    facts = Facts(report, now, CERTAIN)
    evidence = facts.support(rule.when)
    if evidence is None:
        evidence = _confirmation(rule, report)
    if evidence is not None:
        level, reasons = _level(rule, facts)
        return fire(rule, level, _joined(evidence, reasons))
    if rule.concepts.isdisjoint(report.statuses.past):
        return None
    recent = Facts(report, now, RECENT)
    evidence = recent.support(rule.when)
    if evidence is None:
        return None
    level, reasons = _level(rule, recent)
    one_lower = Level(max(level - 1, Level.SEE_PROVIDER))
    return fire(rule, one_lower, _joined(evidence, reasons))


def _confirmation(rule: Rule, report: SymptomReport) -> tuple[Evidence, ...] | None:
    reply = report.last_answer(rule.question)
    if reply is None or reply.answer is not Answer.YES:
        return None
    return (Evidence(rule.question, Answer.YES.value, reply.turn),)


def _level(rule: Rule, facts: Facts) -> tuple[Level, tuple[Evidence, ...]]:
    """Return the level that counts now, and what raised or lowered it."""
    for changes in (sorted(rule.raised, key=lambda change: -change.to), rule.lowered):
        for change in changes:
            reasons = facts.support(change.when)
            if reasons is not None:
                return change.to, reasons
    return rule.level, ()


def _joined(*parts: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
    return tuple(dict.fromkeys(each for part in parts for each in part))
