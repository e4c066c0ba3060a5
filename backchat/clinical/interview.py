"""The next question to put."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from backchat.clinical import asking, duration, retries
from backchat.clinical.episode import Episode
from backchat.clinical.judgement import RETRACT
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import CLARIFY, SCREEN, RuleBook, ScreeningQuestion
from backchat.clinical.triage import Assessment

MOST_QUESTIONS = 6
"""Beyond this many questions only those are put that can change the level."""

_OPTIONAL = (asking.ACTIVITY, asking.AGE)


class Kind(Enum):
    """What a question is about."""

    CLARIFY = "clarify"
    RETRACTION = "retraction"
    SCREEN = "screen"
    ONSET = "onset"
    TREND = "trend"
    PAIN = "pain"
    ACTIVITY = "activity"
    AGE = "age"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to put now.

    Attributes:
        ids: Ids of the questions it puts as one: ``screen:1`` … of one group, with ``age`` last
            where the group asks for it; otherwise a single id. To be handed to ``Episode.hear``
            as ``asked`` with the person's next message.
        kind: What it is about.
        explain: The person has failed to answer it twice: say why it is asked.
    """

    ids: tuple[str, ...]
    kind: Kind
    explain: bool = False


def next_question(episode: Episode, assessment: Assessment, rulebook: RuleBook) -> Question | None:
    """Return the most dangerous open question, or None if there is nothing left to ask.

    Once an emergency stands, the only questions are whether it was taken back and, while it rests
    on a bare yes or an unanswered question, what that meant. With an urgent level only the
    questions follow that could make it an emergency.
    """
    ask = _worth_asking(assessment, episode.report)
    screens = [rulebook.screening_by_id[each] for each in ask if each.startswith(SCREEN)]
    for question in ask:
        if question.startswith(SCREEN):
            return _group(screens, episode.report, ask)
        if question not in _OPTIONAL or _questions_put(episode.report) < MOST_QUESTIONS:
            return _single(question, assessment, episode.report)
    return None


def _worth_asking(assessment: Assessment, report: SymptomReport) -> tuple[str, ...]:
    if assessment.level is Level.EMERGENCY_NOW:
        if assessment.is_settled:
            return assessment.retractions
        return tuple(each for each in assessment.ask if each.startswith(CLARIFY))
    if assessment.level is Level.URGENT_SAME_DAY:
        return tuple(each for each in assessment.ask if each.startswith((CLARIFY, SCREEN)))
    if _began_within_two_days(assessment, report):
        return tuple(each for each in assessment.ask if each != asking.ONSET)
    return assessment.ask


def _began_within_two_days(assessment: Assessment, report: SymptomReport) -> bool:
    """Whether the workout was: the pain, which came after it, then has no bearing on the level."""
    onset = report.onset
    return (
        onset is not None
        and not report.onset_unclear
        and duration.is_two_days_at_most(onset, assessment.as_of)
    )


def _single(question: str, assessment: Assessment, report: SymptomReport) -> Question:
    if question in assessment.retractions:
        rule_id = question.removeprefix(CLARIFY)
        explain = retries.needs_explaining(f"{RETRACT}{rule_id}", report)
        return Question((question,), Kind.RETRACTION, explain)
    kind = Kind.CLARIFY if question.startswith(CLARIFY) else Kind(question)
    return Question((question,), kind, retries.needs_explaining(question, report))


def _group(screens: list[ScreeningQuestion], report: SymptomReport, ask: Iterable[str]) -> Question:
    """Put all open questions of the first one's group as one, unless it left the person unsure."""
    first = screens[0]
    group = [each for each in screens if each.group == first.group]
    if _was_unsure(first, report):
        group = [first]
    ids = [each.id for each in group]
    if asking.AGE in ask and any(each.asks_age for each in group):
        ids.append(asking.AGE)
    explain = any(retries.needs_explaining(each.id, report) for each in group)
    return Question(tuple(ids), Kind.SCREEN, explain)


def _was_unsure(question: ScreeningQuestion, report: SymptomReport) -> bool:
    return any(
        question.id in reply.questions and reply.answer is Answer.UNSURE for reply in report.replies
    )


def _questions_put(report: SymptomReport) -> int:
    return len({reply.turn for reply in report.replies})
