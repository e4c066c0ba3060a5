"""Which rules the person's words may mean, so that one question has to settle it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from backchat.clinical import retries
from backchat.clinical.conditions import Evidence, Facts
from backchat.clinical.firing import FiredRule, fire, is_excepted, touched
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Status
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import Rule, RuleBook
from backchat.clinical.screening import BareYes
from backchat.clinical.statuses import POSSIBLE

_UNSURE = frozenset({Status.UNSURE})


def suspicions(
    report: SymptomReport,
    rulebook: RuleBook,
    fired: Mapping[str, FiredRule],
    yeses: Iterable[BareYes],
    now: datetime,
) -> dict[str, tuple[Evidence, ...]]:
    """Return the rules that wait for an answer, with the words that point to them, by rule id.

    Args:
        report: The report.
        rulebook: The rule book.
        fired: Rules that fired by the person's words.
        yeses: Every bare yes to screening questions.
        now: The moment of the assessment.
    """
    found: dict[str, tuple[Evidence, ...]] = {}
    for yes in yeses:
        if yes.is_open:
            for rule in yes.candidates:
                if rule.id not in fired:
                    found[rule.id] = (yes.evidence,)
    for rule in touched(report, rulebook):
        words = _suspicious_words(rule, report, fired.get(rule.id), now)
        if words is not None:
            found[rule.id] = words
    return found


def unanswered(
    report: SymptomReport, rulebook: RuleBook, suspected: Mapping[str, tuple[Evidence, ...]]
) -> dict[str, FiredRule]:
    """Return the rules that fire because their clarifying question stayed unanswered.

    A possible emergency fires at its level; anything else becomes a visit soon, once a back hurts
    at all. It is provisional while the question is still being put.
    """
    fired: dict[str, FiredRule] = {}
    for rule_id, evidence in suspected.items():
        rule = rulebook.by_id[rule_id]
        emergency = rule.level is Level.EMERGENCY_NOW
        counts = emergency or report.has_back_symptoms
        if counts and retries.is_unanswered(rule.question, report):
            level = rule.level if emergency else Level.SEE_PROVIDER
            still_put = not retries.is_given_up(rule.question, report)
            fired[rule_id] = fire(rule, level, evidence, provisional=still_put)
    return fired


def _suspicious_words(
    rule: Rule, report: SymptomReport, fired: FiredRule | None, now: datetime
) -> tuple[Evidence, ...] | None:
    if not _can_be_asked(rule, report, now) or (fired and fired.level >= rule.level):
        return None
    facts = Facts(report, now, POSSIBLE)
    answer = report.last_answer(rule.question)
    denied_at = answer.turn if answer and answer.answer is Answer.NO else None
    if _is_unsure_since(rule, report, denied_at):
        evidence = facts.support(rule.when)
        if evidence is not None:
            return evidence
    if rule.ask_when is None or fired or denied_at is not None:
        return None
    return None if _is_clarified_absent(rule, report) else facts.support(rule.ask_when)


def _can_be_asked(rule: Rule, report: SymptomReport, now: datetime) -> bool:
    in_scope = rule.is_red_flag or not report.is_outside_scope
    return rule.clarifies is not None and in_scope and not is_excepted(rule, report, now)


def _is_unsure_since(rule: Rule, report: SymptomReport, turn: int | None) -> bool:
    turns = [report.statuses.last_turn(concept, _UNSURE) for concept in rule.concepts]
    return any(each is not None and (turn is None or each >= turn) for each in turns)


def _is_clarified_absent(rule: Rule, report: SymptomReport) -> bool:
    return any(report.statuses.of(each) is Status.ABSENT for each in rule.clarified)
