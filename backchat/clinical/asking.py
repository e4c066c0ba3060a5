"""Which questions wait for an answer, most dangerous first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from backchat.clinical import duration, retries
from backchat.clinical.judgement import RETRACT, Judgement
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import CLARIFY, RuleBook
from backchat.clinical.vocabulary import MINOR, WORKOUT

ONSET = "onset"
TREND = "trend"
PAIN = "pain"
ACTIVITY = "activity"
AGE = "age"
FACTS = (ONSET, TREND, PAIN, ACTIVITY, AGE)


def pending(
    judgement: Judgement, report: SymptomReport, rulebook: RuleBook, now: datetime
) -> tuple[str, ...]:
    """Return the ids of the questions to put.

    Clarifying questions come first, by the level of their rule; then, once a back hurts, the
    screening questions and the facts that are missing.
    """
    return tuple(
        question
        for question in unknown(judgement, report, rulebook, now)
        if not _is_given_up(question, judgement, report)
    )


def unknown(
    judgement: Judgement, report: SymptomReport, rulebook: RuleBook, now: datetime
) -> tuple[str, ...]:
    """Return the ids of everything not known, given up or not."""
    clarify = (
        rule.question
        for rule in rulebook.by_danger
        if rule.id in judgement.suspected or rule.id in judgement.disputed
    )
    screens = (question.id for question in judgement.unscreened if report.has_back_symptoms)
    return (*clarify, *screens, *_missing_facts(report, now))


def is_retraction(question: str, judgement: Judgement, report: SymptomReport) -> bool:
    """Whether the question is if its rule's symptom was taken back, not if it is there."""
    rule_id = question.removeprefix(CLARIFY)
    return rule_id in judgement.disputed and not retries.is_given_up(f"{RETRACT}{rule_id}", report)


def _is_given_up(question: str, judgement: Judgement, report: SymptomReport) -> bool:
    if is_retraction(question, judgement, report):
        return False
    if question in FACTS and report.last_answer(question) is not None:
        return True
    return retries.is_given_up(question, report)


def _missing_facts(report: SymptomReport, now: datetime) -> Iterator[str]:
    if needs_onset(report, now):
        yield ONSET
    if not report.has_back_symptoms:
        return
    if report.trend is None:
        yield TREND
    if not report.pain:
        yield PAIN
    if not report.activities and report.statuses.of(WORKOUT) is None:
        yield ACTIVITY
    if report.age is None and report.statuses.of(MINOR) is None:
        yield AGE


def needs_onset(report: SymptomReport, now: datetime) -> bool:
    """Whether the time at which the pain began is missing, or leaves the two-day rule open."""
    onset = report.onset
    if report.is_outside_scope:
        return False
    if onset is None:
        return report.has_back_symptoms or report.onset_unclear
    return report.onset_unclear or onset.of_workout or duration.is_undecided(onset, now)
