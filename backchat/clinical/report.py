"""Everything a person has said of this bout of pain, and how they answered what was asked."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from backchat.clinical import duration
from backchat.clinical.reading import (
    About,
    Answer,
    Finding,
    Onset,
    Reading,
    Status,
    Topic,
    Trend,
)
from backchat.clinical.statuses import POSSIBLE, Statuses
from backchat.clinical.vocabulary import BACK_PAIN, BACK_SYMPTOMS, IMPROVING, WORSENING


@dataclass(frozen=True, slots=True)
class PainScore:
    """A pain score from 0 to 10, and when it was given."""

    score: int
    turn: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Reply:
    """How one turn dealt with what the turn before had asked.

    Attributes:
        questions: Ids of questions that were asked as one and dealt with alike.
        answer: Yes, no, unsure or skip; None where the words themselves answered, or nothing did.
        answered: False if the questions are still open after this turn.
        turn: Index of the turn that replied.
    """

    questions: tuple[str, ...]
    answer: Answer | None
    answered: bool
    turn: int


@dataclass(frozen=True)
class SymptomReport:
    """What is known of an episode; what is missing here is unknown, not absent.

    Attributes:
        findings: In the order said. One that stands for a yes or no has an empty ``text``.
        withdrawn: Findings that the person took back and confirmed.
        replies: In order.
        onset: When the pain began, or None.
        onset_unclear: The last time given settled nothing.
        trend: As last stated.
        pain: Every pain score, in order.
        age: As last stated, in years.
        causes: Ids of the causes that their words point to.
        activities: Sports and loads they named.
        aggravators: Movements that hurt.
        side: As last stated.
        about: Whose symptoms these are.
        topic: That of the last message that had one.
        back_named: Some message so far said that a back hurts.
    """

    findings: tuple[Finding, ...] = ()
    withdrawn: tuple[Finding, ...] = ()
    replies: tuple[Reply, ...] = ()
    onset: Onset | None = None
    onset_unclear: bool = False
    trend: Trend | None = None
    pain: tuple[PainScore, ...] = ()
    age: int | None = None
    causes: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    aggravators: tuple[str, ...] = ()
    side: str | None = None
    about: About = About.SELF
    topic: Topic | None = None
    back_named: bool = False

    @cached_property
    def statuses(self) -> Statuses:
        """What the findings say of each concept."""
        return Statuses(self.findings)

    @cached_property
    def questions_put(self) -> frozenset[str]:
        """Ids of all questions that got a reply."""
        return frozenset(each for reply in self.replies for each in reply.questions)

    @property
    def pain_now(self) -> int | None:
        """The latest pain score."""
        return self.pain[-1].score if self.pain else None

    @property
    def has_back_symptoms(self) -> bool:
        """Whether the person has said that a back hurts.

        With another body part as the topic the back has to be named; with none or the back as the
        topic, a pain score or a trend says that something hurts.
        """
        if self.back_named or self.statuses.find(BACK_PAIN, POSSIBLE):
            return True
        if self.topic is Topic.ADJACENT:
            return False
        if any(self.statuses.find(concept, POSSIBLE) for concept in BACK_SYMPTOMS):
            return True
        return self.topic is not Topic.OFF_TOPIC and bool(self.pain or self.trend)

    @property
    def is_outside_scope(self) -> bool:
        """Whether only another body part was spoken of."""
        return self.topic is Topic.ADJACENT and not self.has_back_symptoms

    def take_in(self, reading: Reading, turn: int, now: datetime) -> SymptomReport:
        """Return the report with everything that one message said."""
        findings = (*self.findings, *(replace(each, turn=turn) for each in reading.findings))
        onset = self.onset
        if reading.onset is not None:
            onset = duration.merge(self.onset, reading.onset, now)
        pain = self.pain
        if reading.pain is not None:
            pain = (*pain, PainScore(reading.pain, turn, now))
        taken_in = replace(
            self,
            findings=_without_repetition(findings),
            onset=onset,
            onset_unclear=reading.onset_unclear or (self.onset_unclear and reading.onset is None),
            trend=_trend(reading) or self.trend,
            pain=pain,
            age=self.age if reading.age is None else reading.age,
            causes=_union(self.causes, reading.causes),
            activities=_union(self.activities, reading.activities),
            aggravators=_union(self.aggravators, reading.aggravators),
            side=reading.side or self.side,
            about=About.OTHER if About.OTHER in (self.about, reading.about) else About.SELF,
            topic=reading.topic or self.topic,
        )
        return replace(taken_in, back_named=taken_in.has_back_symptoms)

    def answered(self, concepts: Iterable[str], status: Status, turn: int) -> SymptomReport:
        """Return the report with concepts that a yes, no or perhaps stands for."""
        added = tuple(Finding(each, status, "", turn, 0, 0) for each in sorted(concepts))
        return replace(self, findings=(*self.findings, *added))

    def replied(
        self, questions: Collection[str], answer: Answer | None, turn: int, *, answered: bool = True
    ) -> SymptomReport:
        """Return the report with a reply noted."""
        if not questions:
            return self
        reply = Reply(tuple(questions), answer, answered, turn)
        return replace(self, replies=(*self.replies, reply))

    def withdraw(self, concepts: Collection[str]) -> SymptomReport:
        """Return the report without what was affirmed of the concepts."""
        taken_back = tuple(
            each for each in self.findings if each.concept in concepts and each.status in POSSIBLE
        )
        kept = tuple(each for each in self.findings if each not in taken_back)
        return replace(self, findings=kept, withdrawn=(*self.withdrawn, *taken_back))

    def reopened(self, questions: Collection[str], concepts: Collection[str]) -> SymptomReport:
        """Return the report with questions open again whose answers may have changed since.

        What was only ever denied of the concepts counts as said of an earlier time, and the trend
        is unknown. A question that was answered with yes or not sure stays answered: to forget that
        would lower what follows from it.
        """
        open_again = {each for each in questions if not self._was_left_possible(each)}
        replies = (
            replace(each, questions=tuple(q for q in each.questions if q not in open_again))
            for each in self.replies
        )
        said = {each.concept for each in self.findings if each.status is not Status.ABSENT}
        denied_only = set(concepts) - said
        return replace(
            self,
            findings=tuple(
                replace(each, old=True) if each.concept in denied_only else each
                for each in self.findings
            ),
            replies=tuple(each for each in replies if each.questions),
            trend=None,
        )

    def _was_left_possible(self, question: str) -> bool:
        last = next((each for each in reversed(self.replies) if question in each.questions), None)
        return last is not None and last.answer in (Answer.YES, Answer.UNSURE)

    def last_answer(self, question: str) -> Reply | None:
        """Return the last reply that answered the question, or None."""
        return next(
            (
                each
                for each in reversed(self.replies)
                if question in each.questions and each.answered
            ),
            None,
        )

    def failures(self, question: str) -> int:
        """Return how many turns in a row have left the question open."""
        count = 0
        for reply in reversed(self.replies):
            if question in reply.questions:
                if reply.answered:
                    break
                count += 1
        return count


def _trend(reading: Reading) -> Trend | None:
    if reading.trend is not None:
        return reading.trend
    present = {each.concept for each in reading.findings if each.status is Status.PRESENT}
    if WORSENING in present:
        return Trend.WORSE
    return Trend.BETTER if IMPROVING in present else None


def _union(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*known, *new)))


def _without_repetition(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Keep what was said of a concept the first and the last time, so that reports stay small."""
    turns: dict[tuple[str, Status, bool], set[int]] = {}
    for each in findings:
        turns.setdefault((each.concept, each.status, each.old), set()).add(each.turn)
    kept = {key: {min(spoken), max(spoken)} for key, spoken in turns.items()}
    return tuple(
        each for each in findings if each.turn in kept[each.concept, each.status, each.old]
    )
