"""Where the ten screening questions stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backchat.clinical.conditions import Evidence
from backchat.clinical.firing import FiredRule, fire
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Status
from backchat.clinical.report import Reply, SymptomReport
from backchat.clinical.rules import Rule, RuleBook, ScreeningQuestion

_ABSENT = frozenset({Status.ABSENT})


@dataclass(frozen=True, slots=True)
class BareYes:
    """A "yes" to screening questions that did not say to which part of them.

    It may mean the rules that the questions name, which are those whose clarified concept they ask
    for; rules that a question only covers, as bleeding in pregnancy, are not what a yes means.

    Attributes:
        reply: The reply.
        candidates: The rules it may mean and that were not denied since, most dangerous first.
        denied: The rules it may have meant that were denied since, most dangerous first.
        found: Ids of the rules that have fired by themselves since and so explain the yes.
        unnamed: Ids of those of its questions that name no rule.
    """

    reply: Reply
    candidates: tuple[Rule, ...]
    denied: tuple[Rule, ...]
    found: frozenset[str]
    unnamed: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Whether a follow-up question is needed."""
        return not self.found and bool(self.candidates)

    def explains(self, question: ScreeningQuestion) -> bool:
        """Whether the yes, or what became of it, leaves nothing to ask of the question."""
        if question.id not in self.reply.questions:
            return False
        if self.is_open or not self.found.isdisjoint(question.rules):
            return True
        waiting = {rule.id for rule in self.candidates}
        return question.id not in self.unnamed and waiting.isdisjoint(question.rules)

    @property
    def evidence(self) -> Evidence:
        """The yes itself."""
        return Evidence(self.reply.questions[0], Answer.YES.value, self.reply.turn)

    def fired(self) -> FiredRule | None:
        """Return what it fires until a follow-up settles what it meant.

        A yes whose every meaning was denied contradicts itself; it is still worth a check.
        """
        if self.is_open:
            worst = self.candidates[0]
            return fire(worst, worst.level, (self.evidence,), provisional=True)
        if self.found or self.unnamed:
            return None
        return fire(self.denied[0], Level.SEE_PROVIDER, (self.evidence,))


def bare_yeses(
    report: SymptomReport, rulebook: RuleBook, fired: Mapping[str, FiredRule]
) -> tuple[BareYes, ...]:
    """Return every yes to screening questions, with what is left of its meanings.

    Args:
        report: The report.
        rulebook: The rule book.
        fired: Rules that fired by the person's words.
    """
    return tuple(
        _bare_yes(reply, report, rulebook, fired)
        for reply in report.replies
        if reply.answer is Answer.YES
        and reply.answered
        and reply.questions[0] in rulebook.screening_by_id
    )


def unanswered_screens(
    report: SymptomReport, rulebook: RuleBook, yeses: Iterable[BareYes]
) -> tuple[ScreeningQuestion, ...]:
    """Return the questions without an answer, in asking order."""
    return tuple(
        question
        for question in rulebook.screening
        if not _is_answered(question, report) and not any(yes.explains(question) for yes in yeses)
    )


def _bare_yes(
    reply: Reply, report: SymptomReport, rulebook: RuleBook, fired: Mapping[str, FiredRule]
) -> BareYes:
    questions = [rulebook.screening_by_id[each] for each in reply.questions]
    named = {each.id: _named(each, rulebook) for each in questions}
    rules = [rule for rule in rulebook.by_danger if any(rule.id in ids for ids in named.values())]
    denied = tuple(rule for rule in rules if _is_denied(rule, report, reply.turn))
    return BareYes(
        reply=reply,
        candidates=tuple(rule for rule in rules if rule not in denied),
        denied=denied,
        found=frozenset(
            rule.id for rule in rules if _has_fired_since(fired.get(rule.id), reply.turn)
        ),
        unnamed=frozenset(question for question, ids in named.items() if not ids),
    )


def _named(question: ScreeningQuestion, rulebook: RuleBook) -> frozenset[str]:
    return frozenset(
        rule for rule in question.rules if rulebook.by_id[rule].clarifies in question.concepts
    )


def _is_denied(rule: Rule, report: SymptomReport, since: int) -> bool:
    answer = report.last_answer(rule.question)
    if answer is not None and answer.turn > since and answer.answer is Answer.NO:
        return True
    denied = [report.statuses.last_turn(each, _ABSENT) for each in rule.clarified]
    return any(turn is not None and turn > since for turn in denied)


def _has_fired_since(fired: FiredRule | None, turn: int) -> bool:
    return fired is not None and any(
        each.turn is not None and each.turn >= turn for each in fired.evidence
    )


def _is_answered(question: ScreeningQuestion, report: SymptomReport) -> bool:
    answer = report.last_answer(question.id)
    if answer is not None and answer.answer is not Answer.YES:
        return True
    return all(report.statuses.of(concept) is not None for concept in question.key)
