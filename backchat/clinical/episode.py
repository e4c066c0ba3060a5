"""One bout of pain, turn by turn: an immutable value that hears messages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from backchat.clinical import asking, serialisation
from backchat.clinical.answering import Message, answer
from backchat.clinical.firing import FiredRule
from backchat.clinical.judgement import Judgement, judge
from backchat.clinical.reading import Reading
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import RuleBook

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Episode:
    """What was said in an episode and which rules stand because of it.

    Attributes:
        report: Everything said and answered.
        standing: Rules that fired and stay until the person takes their words back and confirms.
        turns: How many messages were heard.
    """

    report: SymptomReport = field(default_factory=SymptomReport)
    standing: tuple[FiredRule, ...] = ()
    turns: int = 0

    @property
    def has_back_symptoms(self) -> bool:
        """Whether the person has said that a back hurts."""
        return self.report.has_back_symptoms

    def hear(
        self,
        reading: Reading,
        rulebook: RuleBook,
        now: datetime,
        asked: tuple[str, ...] | None = None,
    ) -> Episode:
        """Return the episode with one more message.

        Args:
            reading: What the message said; its findings take this episode's turn number.
            rulebook: The rule book.
            now: When the message came, with a time zone.
            asked: Ids of the questions that the turn before put as one; an empty tuple if it put
                none, or if this message is no reply to them. By default the first pending one.
        """
        before = self.judge(rulebook, now)
        if asked is None:
            asked = asking.pending(before, self.report, rulebook, now)[:1]
        message = Message(reading, self.turns, now)
        report = self.report.take_in(reading, self.turns, now)
        report = answer(report, asked, message, before, rulebook)
        taken_back = {each.concept for each in report.withdrawn[len(self.report.withdrawn) :]}
        standing = _without(taken_back, self.standing, rulebook)
        after = judge(report, standing, rulebook, now)
        return Episode(report, _lasting(after, rulebook), self.turns + 1)

    def reopened(self, rulebook: RuleBook) -> Episode:
        """Return the episode with what may have changed since then to be asked once more."""
        questions = {each.id for each in rulebook.screening} | {asking.TREND}
        concepts = {
            concept for each in rulebook.screening for concept in (*each.key, *each.concepts)
        }
        return replace(self, report=self.report.reopened(questions, concepts))

    def judge(self, rulebook: RuleBook, now: datetime) -> Judgement:
        """Apply the rule book to the episode."""
        return judge(self.report, self.standing, rulebook, now)

    def to_dict(self) -> dict[str, Any]:
        """Return the episode as JSON types, for a slot or the log."""
        plain: dict[str, Any] = serialisation.to_plain(self)
        return {"version": FORMAT_VERSION, **plain}

    @classmethod
    def from_dict(cls, stored: dict[str, Any] | None) -> Episode:
        """Return the stored episode, or a new one if nothing is stored.

        Raises:
            EpisodeFormatError: The version, a key or a value does not fit.
        """
        if stored is None:
            return cls()
        return serialisation.from_plain(cls, stored, version=FORMAT_VERSION)


def _lasting(judgement: Judgement, rulebook: RuleBook) -> tuple[FiredRule, ...]:
    """Return what stays: all but provisional rules and those that only follow the clock."""
    return tuple(
        fired
        for rule_id, fired in judgement.fired.items()
        if not fired.provisional
        and not (rule_id in rulebook.by_id and rulebook.by_id[rule_id].is_of_duration)
    )


def _without(
    taken_back: set[str], standing: tuple[FiredRule, ...], rulebook: RuleBook
) -> tuple[FiredRule, ...]:
    """Drop the rules that stood on words taken back; those that still hold will fire again."""
    gone = taken_back | {rule.question for rule in rulebook.rules if rule.clarifies in taken_back}
    return tuple(
        fired for fired in standing if gone.isdisjoint(each.fact for each in fired.evidence)
    )
