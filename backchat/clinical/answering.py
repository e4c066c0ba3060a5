"""How a message answers the questions put by the turn before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from backchat.clinical import asking, duration
from backchat.clinical.judgement import RETRACT, Judgement, judge
from backchat.clinical.reading import Answer, Reading, Status
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import Rule, RuleBook, ScreeningQuestion
from backchat.clinical.vocabulary import WORKOUT

_AFFIRMED = frozenset({Status.PRESENT, Status.UNSURE, Status.PAST})


@dataclass(frozen=True, slots=True)
class Message:
    """A message in its place: what it said, and in which turn and when."""

    reading: Reading
    turn: int
    now: datetime

    def concepts(self, statuses: frozenset[Status]) -> frozenset[str]:
        """Return the concepts it spoke of with one of the statuses."""
        return frozenset(each.concept for each in self.reading.findings if each.status in statuses)

    @property
    def affirmed(self) -> frozenset[str]:
        """Concepts it named as there, possibly there, or there until recently."""
        return self.concepts(_AFFIRMED)

    @property
    def denied(self) -> frozenset[str]:
        """Concepts it named as not there."""
        return self.concepts(frozenset({Status.ABSENT}))


def answer(
    report: SymptomReport,
    asked: Iterable[str],
    message: Message,
    before: Judgement,
    rulebook: RuleBook,
) -> SymptomReport:
    """Return the report with the replies to what was asked.

    The person's words always beat a yes or no: "no, it is numb" affirms, "yes, all normal" denies.

    Args:
        report: The report with everything that the message itself said.
        asked: Ids of the questions; the screening questions among them were asked as one.
        message: The message.
        before: The judgement before the message.
        rulebook: The rule book.
    """
    asked = tuple(asked)
    for question in asked:
        rule = rulebook.clarified_by(question)
        if rule is not None and asking.is_retraction(question, before, report):
            report = _answer_retraction(report, rule, before.disputed[rule.id], message)
        elif rule is not None:
            report = _answer_clarification(report, rule, message, rulebook)
    screens = [rulebook.screening_by_id[each] for each in asked if each in rulebook.screening_by_id]
    if screens:
        report = _answer_screening(report, screens, message, rulebook)
    for question in asked:
        if question in asking.FACTS:
            report = _answer_fact(report, question, message, alone=len(asked) == 1)
    return report


def _answer_retraction(
    report: SymptomReport, rule: Rule, disputed: frozenset[str], message: Message
) -> SymptomReport:
    """Withdraw the disputed findings if the person confirms; anything else keeps them."""
    question, reply = f"{RETRACT}{rule.id}", message.reading.answer
    if not disputed.isdisjoint(message.affirmed):
        return report.replied([question], None, message.turn)
    taken_back = disputed if reply is Answer.YES else disputed & message.denied
    if taken_back:
        return report.withdraw(taken_back).replied([question, rule.question], None, message.turn)
    return report.replied([question], reply, message.turn, answered=reply is Answer.NO)


def _answer_clarification(
    report: SymptomReport, rule: Rule, message: Message, rulebook: RuleBook
) -> SymptomReport:
    question, reply, turn = rule.question, message.reading.answer, message.turn
    affirmed = not rule.sufficient.isdisjoint(message.affirmed)
    denied = not rule.sufficient.isdisjoint(message.denied)
    if reply is Answer.YES and (affirmed or not denied):
        return report.answered(rule.clarified, Status.PRESENT, turn).replied(
            [question], Answer.YES, turn
        )
    if reply is Answer.NO and not affirmed:
        absent = {
            concept
            for concept in rule.sufficient
            if report.statuses.of(concept) is Status.UNSURE
            or (concept == rule.clarifies and report.statuses.of(concept) is None)
        }
        return report.answered(absent, Status.ABSENT, turn).replied([question], Answer.NO, turn)
    waits = rule.id in judge(report, (), rulebook, message.now).suspected
    return report.replied([question], reply if waits else None, turn, answered=not waits)


def _answer_screening(
    report: SymptomReport,
    questions: list[ScreeningQuestion],
    message: Message,
    rulebook: RuleBook,
) -> SymptomReport:
    ids, reply, turn = [each.id for each in questions], message.reading.answer, message.turn
    affirmed = _touched(questions, message.affirmed, rulebook)
    denied = _touched(_spoken_of(questions, report), message.denied, rulebook)
    if reply is Answer.NO:
        unspoken = {
            concept
            for question in questions
            for concept in question.concepts
            if report.statuses.of(concept) is None
        }
        return report.answered(unspoken, Status.ABSENT, turn).replied(ids, Answer.NO, turn)
    told = affirmed if reply is Answer.YES and affirmed else affirmed + denied
    if told:
        open_ids = [each for each in ids if each not in told]
        return report.replied(told, None, turn).replied(open_ids, reply, turn, answered=False)
    if len(questions) == 1 and reply in (Answer.YES, Answer.UNSURE):
        return _answer_one_screen(report, questions[0], reply, turn, rulebook)
    return report.replied(ids, reply, turn, answered=reply is Answer.YES)


def _answer_one_screen(
    report: SymptomReport, question: ScreeningQuestion, reply: Answer, turn: int, rulebook: RuleBook
) -> SymptomReport:
    """Take a bare yes or perhaps: it names the concept where the question is about only one."""
    if reply is Answer.YES and len(question.concepts) == 1:
        return report.answered(question.concepts, Status.PRESENT, turn)
    if reply is Answer.UNSURE:
        clarified = {
            concept
            for rule_id in question.rules
            for concept in rulebook.by_id[rule_id].clarified
            if report.statuses.of(concept) is None
        }
        report = report.answered(clarified, Status.UNSURE, turn)
    return report.replied([question.id], reply, turn)


def _spoken_of(
    questions: Iterable[ScreeningQuestion], report: SymptomReport
) -> list[ScreeningQuestion]:
    """Return the questions whose key concepts are known: fine bowels say nothing of the bladder."""
    return [
        question
        for question in questions
        if all(report.statuses.of(concept) is not None for concept in question.key)
    ]


def _touched(
    questions: Iterable[ScreeningQuestion], concepts: frozenset[str], rulebook: RuleBook
) -> list[str]:
    """Return the ids of the questions that one of the concepts answers."""
    return [
        question.id
        for question in questions
        if not concepts.isdisjoint(question.concepts)
        or any(not concepts.isdisjoint(rulebook.by_id[each].sufficient) for each in question.rules)
    ]


def _answer_fact(
    report: SymptomReport, question: str, message: Message, *, alone: bool
) -> SymptomReport:
    """Note whether a missing fact was given; one that was asked on the side is not asked again."""
    reading, turn = message.reading, message.turn
    if question == asking.ONSET and report.onset is not None:
        report = _decide_onset(report, message)
    if _is_given(question, report, message):
        return report.replied([question], None, turn)
    declined = reading.answer in (Answer.SKIP, Answer.UNSURE)
    declined = declined or (question == asking.ACTIVITY and reading.answer is Answer.NO)
    declined = declined or (not alone and reading.answer is Answer.NO)
    return report.replied([question], reading.answer, turn, answered=declined)


def _decide_onset(report: SymptomReport, message: Message) -> SymptomReport:
    onset, reply = report.onset, message.reading.answer
    bare = reply in (Answer.YES, Answer.NO) and message.reading.onset is None
    if onset is None or not bare or not duration.is_undecided(onset, message.now):
        return report
    decided = duration.decide(onset, message.now, over=reply is Answer.YES)
    return replace(report, onset=decided, onset_unclear=False)


def _is_given(question: str, report: SymptomReport, message: Message) -> bool:
    reading = message.reading
    match question:
        case asking.ONSET:
            return not asking.needs_onset(report, message.now)
        case asking.TREND:
            return report.trend is not None
        case asking.PAIN:
            return reading.pain is not None
        case asking.ACTIVITY:
            return bool(reading.activities) or report.statuses.of(WORKOUT) is not None
        case _:
            return reading.age is not None
