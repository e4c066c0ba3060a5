"""From words to an assessment: the reader, the rules and the regions, opened once and shared.

Everything that judges a message goes through here, so that the safety policy, the actions, the
channels' safety gate and the command line cannot come to different answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import Any

from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.progression import Progression
from backchat.clinical.reading import Answer, Finding, Reading, Status, Topic, Trend
from backchat.clinical.triage import Assessment, FiredRule, assess
from backchat.clinical.vocabulary import BACK_PAIN
from backchat.knowledge import Knowledge, load
from backchat.language.reader import Reader

ANSWER_BUTTONS = {
    "affirm": Answer.YES,
    "deny": Answer.NO,
    "unsure": Answer.UNSURE,
    "skip": Answer.SKIP,
}
"""Intents that a pressed button sends, and the answer each one gives."""

AFTER_STRETCHING = "after_stretching"
"""The intent of saying how the back feels after the stretches; its button names the trend."""

STRETCH_HURTS = "report_hurts"
"""The intent of saying that a stretch hurts."""

CORRECTION = "correct"
"""The intent of taking something back."""

REMEMBERED = 32
"""How many messages are remembered as heard: gate, policy and action hear the same in a turn."""

_TOPICS = ("ask_", "choose_")
_REQUESTS = frozenset(
    {"next", "previous", "repeat", "stop", "start_over", STRETCH_HURTS, AFTER_STRETCHING}
    | {"visit_summary", "pain_history", "give_feedback", "export_data", "delete_data"}
    | {"withdraw_consent", "EXTERNAL_check_in"}
)
_SMALL_TALK = frozenset(
    {"greet", "goodbye", "thank", "how_are_you", "compliment", "insult", "joke_request"}
    | {"out_of_scope"}
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one message changed.

    Attributes:
        reading: What the message said.
        episode: The episode with the message in it.
        assessment: The judgement on the whole episode.
        alarm: The most dangerous rule of urgent or emergency level that this message fired or
            raised, or None; never one below the level that stood already.
    """

    reading: Reading
    episode: Episode
    assessment: Assessment
    alarm: FiredRule | None


class Consultation:
    """Reads messages and judges episodes."""

    def __init__(self, knowledge: Knowledge | None = None) -> None:
        """Open with the given knowledge, or with the files that ship with Backchat."""
        self.knowledge = knowledge or load()
        self._hear_once = lru_cache(maxsize=REMEMBERED)(self._hear)

    @cached_property
    def reader(self) -> Reader:
        """The reader, made at its first use."""
        return Reader(self.knowledge)

    @cached_property
    def progression(self) -> Progression:
        """The 10 % rule."""
        rule = self.knowledge.training.ten_percent_rule
        steps = [(each.unit, each.equipment, each.step) for each in rule.increments]
        return Progression.of(rule.percent, steps)

    def hear(
        self,
        episode: Episode,
        text: str,
        *,
        now: datetime,
        timezone: str = "UTC",
        asked: tuple[str, ...] | None = None,
        intent: str | None = None,
    ) -> Heard:
        """Take one message of the person into the episode.

        Args:
            episode: The episode so far.
            text: The message, or ``/intent`` when a button was pressed.
            now: When it came, with a time zone.
            timezone: The person's IANA time zone, for weekdays and dates.
            asked: Ids of the questions put to them by the turn before; by default the first one
                that was pending.
            intent: What the classifier made of it, or None.
        """
        return self._hear_once(
            episode, text, now, timezone, asked, intent == CORRECTION, _is_aside(intent)
        )

    def _hear(
        self,
        episode: Episode,
        text: str,
        now: datetime,
        timezone: str,
        asked: tuple[str, ...] | None,
        corrects: bool,
        is_aside: bool,
    ) -> Heard:
        before = self.assess(episode, now)
        if asked is None:
            asked = before.ask[:1]
        reading = self._read(text, episode, now, timezone, asked)
        if corrects and before.level is Level.EMERGENCY_NOW:
            reading = _denying(reading, before, episode.turns)
        if is_aside and self._may_wait(reading, asked):
            asked = ()
        heard = episode.hear(reading, self.knowledge.rulebook, now, asked)
        assessment = self.assess(heard, now)
        return Heard(reading, heard, assessment, _new_alarm(before, assessment))

    def forget(self) -> None:
        """Drop the messages that are remembered as heard, and how they were read."""
        self._hear_once.cache_clear()
        Reader.forget()

    def assess(self, episode: Episode, now: datetime) -> Assessment:
        """Judge an episode as of ``now``."""
        return assess(episode, self.knowledge.rulebook, now)

    def numbers(self, region: str | None) -> dict[str, str]:
        """Return a region's phone numbers as responses name them.

        An unknown region, or a line it does not have, gets words instead of a guess.
        ``emergency_tel`` is what a phone dials, or empty.
        """
        regions = self.knowledge.regions
        known = regions.get(region)
        dialled = known.emergency.number if known else None
        return {**regions.numbers(region), "emergency_tel": dialled or ""}

    def _may_wait(self, reading: Reading, asked: tuple[str, ...]) -> bool:
        """Whether what was asked stays open when the message asks something of its own.

        That is no failed answer, but for questions about a possible emergency: those do not wait.
        """
        return reading.answer is None and self._emergency_questions.isdisjoint(asked)

    @cached_property
    def _emergency_questions(self) -> frozenset[str]:
        rules = self.knowledge.rulebook.rules
        return frozenset(each.question for each in rules if each.level is Level.EMERGENCY_NOW)

    def _read(
        self, text: str, episode: Episode, now: datetime, timezone: str, asked: tuple[str, ...]
    ) -> Reading:
        if text.startswith("/"):
            return _pressed(text)
        question = asked[0] if asked else None
        return self.reader.read(
            text, now=now, timezone=timezone, turn=episode.turns, question=question
        )


@lru_cache(maxsize=1)
def shared() -> Consultation:
    """Return the process's one consultation, with the knowledge that ships with Backchat."""
    return Consultation()


def moment_of(metadata: Mapping[str, Any], timestamp: float) -> datetime:
    """Return when a message came.

    Args:
        metadata: What the channel told of it, the moment as ``at``.
        timestamp: When Rasa took note of it, for channels that do not tell.
    """
    at = metadata.get("at")
    return datetime.fromisoformat(at) if at else datetime.fromtimestamp(timestamp, UTC)


def is_request(intent: str | None) -> bool:
    """Whether the intent is to ask for something or to steer the conversation, not to answer."""
    return (intent or "").startswith(_TOPICS) or intent in _REQUESTS


def _is_aside(intent: str | None) -> bool:
    """Whether the intent is to speak of something of their own, not to answer."""
    return is_request(intent) or intent in _SMALL_TALK


def _pressed(payload: str) -> Reading:
    """Return what a button says: an answer, that a stretch hurts, or how it went."""
    intent, _, entities = payload[1:].partition("{")
    if intent == AFTER_STRETCHING:
        trend = next((each for each in Trend if f'"{each.value}"' in entities), None)
        return Reading(trend=trend, topic=Topic.IN_SCOPE)
    if intent == STRETCH_HURTS:
        hurts = Finding(BACK_PAIN, Status.PRESENT, "", turn=0, start=0, end=0)
        return Reading(findings=(hurts,), topic=Topic.IN_SCOPE)
    return Reading(answer=ANSWER_BUTTONS.get(intent))


def _denying(reading: Reading, standing: Assessment, turn: int) -> Reading:
    """Take a correction that names nothing as doubt about what stands.

    It lowers nothing: the denial only opens the question whether it was meant, one rule at a time.
    """
    said = {finding.concept for finding in reading.findings}
    facts = {
        evidence.fact
        for rule in standing.fired
        if rule.level is Level.EMERGENCY_NOW
        for evidence in rule.evidence
    }
    denied = (Finding(each, Status.ABSENT, "", turn, 0, 0) for each in sorted(facts - said))
    return replace(reading, findings=(*reading.findings, *denied))


def _new_alarm(before: Assessment, after: Assessment) -> FiredRule | None:
    known = {rule.rule_id: rule.level for rule in before.fired}
    least = max(Level.URGENT_SAME_DAY, before.level or Level.SELF_CARE)
    new = [
        rule
        for rule in after.fired
        if rule.level >= least
        and rule.level > known.get(rule.rule_id, -1)
        and not (rule.provisional and rule.level == before.level)
    ]
    return max(new, key=lambda rule: rule.level, default=None)
