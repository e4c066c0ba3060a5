"""One turn of a person's conversation, and what every action does with it."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import phrasing, questions, results
from backchat.clinical import contract, plan
from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.permissions import Part
from backchat.clinical.plan import Plan
from backchat.clinical.reading import Status
from backchat.clinical.rules import RuleBook, concepts_of
from backchat.consultation import Consultation, Heard, shared
from backchat.knowledge import Knowledge
from backchat.knowledge.entries import WordedExclusion

_MAY_HOLD = frozenset({Status.PRESENT, Status.UNSURE, Status.PAST})


@dataclass
class Turn:
    """What an action knows and says.

    Attributes:
        consultation: The reader, the rules and the knowledge.
        text: The message as it was typed.
        heard: What was read from it, the episode with it, and the assessment.
        intent: The classifier's intent.
        entities: What the message named.
        now: When the message came, in UTC.
        zone: The person's time zone.
        region: The person's ISO 3166 code, or None.
        told: What the person has been told in this episode: ``level``, ``rules``, ``provisional``,
            ``complete``, ``stretch``.
        asked: Ids of the questions that the turn before put.
    """

    consultation: Consultation
    text: str
    heard: Heard
    intent: str
    entities: list[dict[str, Any]]
    now: datetime
    zone: ZoneInfo
    region: str | None
    told: dict[str, Any]
    asked: tuple[str, ...]
    dispatcher: CollectingDispatcher
    asking: tuple[str, ...] = ()

    @classmethod
    def begin(cls, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
        """Hear the latest message."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        consultation = shared()
        zone = metadata.get("timezone") or "UTC"
        now = _moment_of_message(tracker)
        asked = tuple(tracker.get_slot("asked") or ())
        intent = (message.get("intent") or {}).get("name") or ""
        heard = consultation.hear(
            Episode.from_dict(tracker.get_slot("episode")),
            message.get("text") or "",
            now=now,
            timezone=zone,
            asked=asked,
            intent=intent,
        )
        return cls(
            consultation=consultation,
            text=message.get("text") or "",
            heard=heard,
            intent=intent,
            entities=message.get("entities") or [],
            now=now,
            zone=ZoneInfo(zone),
            region=metadata.get("region"),
            told=dict(tracker.get_slot("told") or {}),
            asked=asked,
            dispatcher=dispatcher,
        )

    def named(self, kind: str) -> tuple[str, ...]:
        """Return the ids that the message named of ``stretch``, ``medicine`` or ``thermal``."""
        values = (each["value"] for each in self.entities if each["entity"] == kind)
        return tuple(dict.fromkeys(values))

    @property
    def level(self) -> Level | None:
        """The level of the episode now."""
        return self.heard.assessment.level

    @property
    def knowledge(self) -> Knowledge:
        """What Backchat knows."""
        return self.consultation.knowledge

    @property
    def rulebook(self) -> RuleBook:
        """The rules and screening questions."""
        return self.knowledge.rulebook

    @property
    def safety_net(self) -> str:
        """When to get emergency help after all."""
        return self.knowledge.safety_net.words

    @property
    def plan(self) -> Plan:
        """What may be offered in this episode."""
        return plan.build(self.heard.episode, self.heard.assessment, self.knowledge.catalogue)

    @property
    def is_about_symptoms(self) -> bool:
        """Whether the message said something clinical, whatever the classifier made of it.

        A yes or no does only where a question was put.
        """
        reading = self.heard.reading
        return bool(
            reading.findings
            or reading.onset
            or reading.trend
            or (reading.answer and self.asked)
            or reading.pain is not None
            or reading.age is not None
        )

    @property
    def wordless(self) -> bool:
        """Whether the message had no letters or digits, only emoji for instance."""
        return not any(character.isalnum() for character in self.text)

    @property
    def emergency_stands(self) -> bool:
        """Whether the episode is an emergency."""
        return self.level is Level.EMERGENCY_NOW

    @property
    def alarm_was_said(self) -> bool:
        """Whether the safety policy has answered this message before any action ran."""
        return self.heard.alarm is not None

    def say(self, response: str, **values: Any) -> None:
        """Say a response of the domain; phone numbers of the region are always among its values."""
        numbers = self.consultation.numbers(self.region)
        self.dispatcher.utter_message(response=response, **{**numbers, **values})

    def because(self, exclusions: Iterable[WordedExclusion], reasons: Container[str]) -> str:
        """Return why something is left out: the person's own words, else those of the reasons."""
        holding = [each for each in exclusions if each.reason in reasons]
        concepts = frozenset[str]().union(*(concepts_of(each.when) for each in holding))
        said = phrasing.quoted(
            each.text
            for each in self.heard.episode.report.findings
            if each.concept in concepts and each.status in _MAY_HOLD and each.text
        )
        return f"you said {said}" if said else "; ".join(each.words for each in holding)

    def withholds(self, part: Part) -> bool:
        """Say why a kind of advice is not given now; return whether that is so."""
        reason = self.plan.withholds(part)
        if reason is None:
            return False
        self.say(f"utter_withheld_{reason}", safety_net=self.safety_net)
        return True

    def repeat_emergency(self) -> None:
        """Say the standing emergency advice again, in one line."""
        self.say("utter_emergency_standing")

    def forget(self) -> None:
        """Begin a new episode."""
        episode = Episode()
        assessment = self.consultation.assess(episode, self.now)
        self.heard = Heard(self.heard.reading, episode, assessment, alarm=None)
        self.told = {}

    def events(self) -> list[dict[str, Any]]:
        """Return what Rasa keeps of the turn, the assessment for the log among it."""
        return [
            SlotSet("episode", self.heard.episode.to_dict()),
            SlotSet("asked", list(self.asking)),
            SlotSet("told", self.told),
            SlotSet("assessment", self._record()),
        ]

    def _record(self) -> dict[str, Any]:
        record = contract.to_dict(self.heard.episode, self.heard.assessment, self.now)
        return {
            **record,
            "id": uuid.uuid4().hex,
            "report": self.heard.episode.to_dict(),
            "reasons": results.reasons(self.heard.assessment, self.consultation.knowledge),
            "knowledge_version": self.consultation.knowledge.version,
        }


class TurnAction(Action, ABC):
    """Hears the message, replies, says what changed in the judgement, and goes on asking.

    Attributes:
        in_emergency: Whether the reply is still fitting while an emergency stands; where it is
            not, the person gets the emergency advice again in one line.
        resumes: Whether the interview goes on after the reply.
    """

    in_emergency = False
    resumes = True

    @abstractmethod
    def name(self) -> str:
        """Return the action's name in the domain."""

    @abstractmethod
    def reply(self, turn: Turn) -> None:
        """Say what the message asked for."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Run one turn."""
        turn = Turn.begin(dispatcher, tracker)
        if turn.emergency_stands and not self.in_emergency:
            turn.repeat_emergency()
        else:
            self.reply(turn)
        if not turn.emergency_stands:
            results.tell(turn)
        if self.resumes:
            questions.ask_next(turn)
        if not dispatcher.messages and not turn.alarm_was_said:
            turn.say("utter_not_understood")
        return turn.events()


def _moment_of_message(tracker: Tracker) -> datetime:
    timestamp = next(
        event["timestamp"] for event in reversed(tracker.events) if event["event"] == "user"
    )
    return datetime.fromtimestamp(timestamp, UTC)
