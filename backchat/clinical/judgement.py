"""Everything that follows from a report at one moment: what fired, what waits, what is disputed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from backchat.clinical import clarification, firing, screening
from backchat.clinical.conditions import Evidence
from backchat.clinical.firing import FiredRule
from backchat.clinical.reading import Status
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import RuleBook, ScreeningQuestion
from backchat.clinical.statuses import POSSIBLE

RETRACT = "retract:"
"""Prefix under which replies to "did you take that back?" are noted; asked as ``clarify:``."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows from a report.

    Attributes:
        fired: The rules that stand, by id.
        suspected: The words behind each clarifying question, by rule id.
        disputed: Concepts that the person affirmed and later denied, by the rule they fired.
        unscreened: Screening questions without an answer.
    """

    fired: Mapping[str, FiredRule]
    suspected: Mapping[str, tuple[Evidence, ...]]
    disputed: Mapping[str, frozenset[str]]
    unscreened: tuple[ScreeningQuestion, ...]


def judge(
    report: SymptomReport, standing: Iterable[FiredRule], rulebook: RuleBook, now: datetime
) -> Judgement:
    """Apply the rule book to a report.

    Args:
        report: The report.
        standing: Rules that fired earlier in the episode and stay.
        rulebook: The rule book.
        now: The moment of the assessment.
    """
    by_words = firing.fired_by_words(report, rulebook, now)
    yeses = screening.bare_yeses(report, rulebook, by_words)
    suspected = clarification.suspicions(report, rulebook, by_words, yeses, now)
    unanswered = clarification.unanswered(report, rulebook, suspected)
    provisional = [each for yes in yeses if (each := yes.fired()) is not None]
    fired = _highest([*by_words.values(), *standing, *unanswered.values(), *provisional])
    return Judgement(
        fired=fired,
        suspected=suspected,
        disputed=_disputed(report, fired, rulebook),
        unscreened=screening.unanswered_screens(report, rulebook, yeses),
    )


def _highest(candidates: Iterable[FiredRule]) -> dict[str, FiredRule]:
    """Keep each rule at its highest level; of equals the first, so that what is settled stays."""
    best: dict[str, FiredRule] = {}
    for each in candidates:
        if each.rule_id not in best or each.level > best[each.rule_id].level:
            best[each.rule_id] = each
    return best


def _disputed(
    report: SymptomReport, fired: Mapping[str, FiredRule], rulebook: RuleBook
) -> dict[str, frozenset[str]]:
    disputed = {}
    for rule_id, each in fired.items():
        rule = rulebook.by_id.get(rule_id)
        if rule is None or rule.clarifies is None:
            continue
        settled = report.last_answer(f"{RETRACT}{rule_id}")
        concepts = frozenset(
            concept
            for evidence in each.evidence
            if (concept := rule.clarifies if evidence.fact == rule.question else evidence.fact)
            in rule.concepts
            and _is_denied_later(concept, report, settled.turn if settled else 0)
        )
        if concepts:
            disputed[rule_id] = concepts
    return disputed


def _is_denied_later(concept: str, report: SymptomReport, settled: int) -> bool:
    affirmed = report.statuses.last_turn(concept, POSSIBLE)
    denied = report.statuses.last_turn(concept, frozenset({Status.ABSENT}))
    return denied is not None and affirmed is not None and denied > max(affirmed, settled)
