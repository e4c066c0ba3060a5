"""How often a question is put before the conversation goes on without an answer."""

from __future__ import annotations

from backchat.clinical.reading import Answer
from backchat.clinical.report import SymptomReport

UNANSWERED_AFTER = 2
"""Failed answers after which a clarifying question counts as unanswered: one retry."""

EXPLAIN_AFTER = 2
"""Failed answers after which a question says why it is asked."""

GIVE_UP_AFTER = 3
"""Failed answers after which a question is not put again; two are enough to skip it."""


def is_unanswered(question: str, report: SymptomReport) -> bool:
    """Whether the question has been put again in vain."""
    return report.failures(question) >= UNANSWERED_AFTER


def needs_explaining(question: str, report: SymptomReport) -> bool:
    """Whether the question should say why it is asked."""
    return report.failures(question) >= EXPLAIN_AFTER


def is_given_up(question: str, report: SymptomReport) -> bool:
    """Whether the question is not put again."""
    failures = report.failures(question)
    if failures >= GIVE_UP_AFTER:
        return True
    return failures >= UNANSWERED_AFTER and _was_skipped(question, report)


def _was_skipped(question: str, report: SymptomReport) -> bool:
    last = next(each for each in reversed(report.replies) if question in each.questions)
    return last.answer is Answer.SKIP
