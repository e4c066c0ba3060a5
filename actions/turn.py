"""One turn of a person's conversation, and what every action does with it."""

from __future__ import annotations

import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions import handover, offers, phrasing, questions, results, returning, scope
from backchat.clinical import contract, permissions, plan
from backchat.clinical.episode import Episode
from backchat.clinical.levels import Level
from backchat.clinical.permissions import Part
from backchat.clinical.plan import Plan
from backchat.clinical.reading import About, Status
from backchat.clinical.rules import RuleBook, concepts_of
from backchat.clinical.vocabulary import BACK_PAIN
from backchat.consultation import Consultation, Heard, is_request, moment_of, shared
from backchat.knowledge import Knowledge
from backchat.knowledge.entries import WordedExclusion

_MAY_HOLD = frozenset({Status.PRESENT, Status.UNSURE, Status.PAST})


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A question that belongs to a reply.

    Attributes:
        response: Its response in the domain.
        questions: Its ids for the next turn; one of the interview's first, so that a bare number
            is read as its answer.
        values: What the response has in braces.
    """

    response: str
    questions: tuple[str, ...]
    values: dict[str, str]


@dataclass
class Turn:
    """What an action knows and says.

    Attributes:
        consultation: The reader, the rules and the knowledge.
        sender_id: Who is speaking, as the log knows them.
        text: The message as it was typed.
        heard: What was read from it, the episode with it, and the assessment.
        intent: The classifier's intent.
        entities: What the message named.
        now: When the message came, in UTC.
        zone: The person's time zone.
        region: The person's ISO 3166 code, or None.
        told: What the person has been told in this episode: ``level``, ``rules``, ``provisional``,
            ``complete``, ``stretch``, ``hurt_by``, ``safety_net``, ``about_other``, ``offered``,
            ``handed_over``, ``misunderstood``, ``came_back``; ``seen_at`` is when they wrote
            last, ``gone`` a closed episode, ``new_words`` a message that may begin another.
        asked: Ids of the questions that the turn before put.
        asking: Ids of the questions that this turn puts.
        rating: What the log keeps of how helpful advice was: ``{"advice": …, "helpful": …}``, or
            that this message is a comment.
        follow_up: The reply's own question, put when everything else is said.
        last_seen: When they wrote before this message, or None.
        waits: The judgement is not told now: it hangs on the answer to the reply's own question,
            or there is none any more.
        erases: Everything held about the person is erased after this turn.
    """

    consultation: Consultation
    sender_id: str
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
    rating: dict[str, Any] | str | None = None
    follow_up: FollowUp | None = None
    last_seen: datetime | None = None
    waits: bool = False
    erases: bool = False

    @classmethod
    def begin(cls, dispatcher: CollectingDispatcher, tracker: Tracker) -> Turn:
        """Hear the latest message."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        consultation = shared()
        zone = metadata.get("timezone") or "UTC"
        now = moment_of(metadata, _timestamp_of_message(tracker))
        asked = tuple(tracker.get_slot("asked") or ())
        intent = (message.get("intent") or {}).get("name") or ""
        told = dict(tracker.get_slot("told") or {})
        hear = partial(
            consultation.hear,
            text=message.get("text") or "",
            now=now,
            timezone=zone,
            asked=asked,
            intent=intent,
        )
        heard = hear(Episode.from_dict(tracker.get_slot("episode")))
        if heard.episode.has_back_symptoms and (earlier := returning.came_back(told, now)):
            heard = hear(earlier)
            told["came_back"] = True
        return cls(
            consultation=consultation,
            sender_id=tracker.sender_id,
            text=message.get("text") or "",
            heard=heard,
            intent=intent,
            entities=message.get("entities") or [],
            now=now,
            zone=ZoneInfo(zone),
            region=metadata.get("region"),
            told=told,
            asked=asked,
            dispatcher=dispatcher,
            last_seen=datetime.fromisoformat(told["seen_at"]) if "seen_at" in told else None,
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

    def say(self, response: str, image: Mapping[str, str] | None = None, /, **values: str) -> None:
        """Say a response of the domain; phone numbers of the region are always among its values.

        Args:
            response: Its name.
            image: A picture with ``src`` and ``alt``.
            values: What it has in braces. Rasa gives up on a value with "0[" in it.
        """
        numbers = self.consultation.numbers(self.region)
        filled = {name: value.replace("0[", "0 [") for name, value in values.items()}
        self.dispatcher.utter_message(response=response, image=image, **{**numbers, **filled})

    def ask_then(self, response: str, *questions: str, **values: str) -> None:
        """Put a question of the reply after everything else, unless a red flag is to be settled."""
        self.follow_up = FollowUp(response, questions, values)

    def hear_own_answer(self) -> bool:
        """Deal with the answer to a follow-up question; return whether the message was that."""
        if self.alarm_was_said or (is_request(self.intent) and self.heard.reading.answer is None):
            return False
        return any(_HEARERS[each](self) for each in self.asked if each in _HEARERS)

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

    def name_the_patient(self) -> None:
        """Say once whom "you" means where the symptoms are those of somebody else."""
        if self.heard.episode.report.about is About.OTHER and not self.told.get("about_other"):
            self.say("utter_about_other")
            self.told["about_other"] = True

    def repeat_emergency(self) -> None:
        """Say the standing emergency advice again, in one line."""
        self.say("utter_emergency_standing")

    def forget(self) -> None:
        """Begin a new episode."""
        self._go_on_with(Episode())
        self.told = {}

    def begin_with(self, text: str, at: datetime) -> None:
        """Begin a new episode with an earlier message."""
        self.forget()
        began = self.consultation.hear(Episode(), text, now=at, timezone=self.zone.key)
        self._go_on_with(began.episode)

    def back_hurts(self) -> None:
        """Take the message as saying that the back hurts."""
        episode = self.heard.episode
        report = episode.report.answered({BACK_PAIN}, Status.PRESENT, episode.turns - 1)
        self._go_on_with(replace(episode, report=report))

    def check_again(self) -> None:
        """Open the questions whose answers may have changed since they were given."""
        self._go_on_with(self.heard.episode.reopened(self.rulebook))
        self.told = {
            key: value for key, value in self.told.items() if key not in ("complete", "offered")
        }

    def _go_on_with(self, episode: Episode) -> None:
        assessment = self.consultation.assess(episode, self.now)
        self.heard = Heard(self.heard.reading, episode, assessment, alarm=None)

    def events(self) -> list[dict[str, Any]]:
        """Return what Rasa keeps of the turn, the assessment for the log among it.

        One action answers a message, so that no policy need be asked what comes next.
        """
        return [
            SlotSet("episode", self.heard.episode.to_dict()),
            SlotSet("asked", list(self.asking)),
            SlotSet("told", self.told),
            SlotSet("assessment", self._record()),
            SlotSet("rating", self.rating),
            SlotSet("erase_me", self.erases),
            FollowupAction("action_listen"),
        ]

    def _record(self) -> dict[str, Any]:
        record = contract.to_dict(self.heard.episode, self.heard.assessment, self.now)
        return {
            **record,
            "id": uuid.uuid4().hex,
            "report": self.heard.episode.to_dict(),
            "reasons": results.reasons(self.heard.assessment, self.consultation.knowledge),
            "knowledge_version": self.consultation.knowledge.version,
            "under_16": permissions.is_under_16(self.heard.episode.report),
        }


Hearer = Callable[[Turn], bool]

_HEARERS: dict[str, Hearer] = {**returning.HEARERS, **scope.HEARERS}


def hears(question: str) -> Callable[[Hearer], Hearer]:
    """Register how the answer to a follow-up question with this id is dealt with.

    The function returns whether the message was an answer.
    """

    def register(hearer: Hearer) -> Hearer:
        _HEARERS[question] = hearer
        return hearer

    return register


class TurnAction(Action, ABC):
    """Hears the message, replies, says what changed in the judgement, and goes on asking.

    Attributes:
        in_emergency: Whether the reply is still fitting while an emergency stands; where it is
            not, the person gets the emergency advice again in one line.
        resumes: Whether the interview goes on after the reply.
        unasked: Whether it speaks of the bot's own accord; it may then say nothing.
    """

    in_emergency = False
    resumes = True
    unasked = False

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
        turn.name_the_patient()
        self._respond(turn)
        if not turn.emergency_stands and not turn.waits:
            returning.tell_if_it_came_back(turn)
            results.tell(turn)
            handover.of_urgency(turn)
        if self.resumes and turn.follow_up is None and not turn.waits:
            offers.make(turn)
        if turn.follow_up and not questions.settles_a_flag(turn):
            turn.say(turn.follow_up.response, **turn.follow_up.values)
            turn.asking = turn.follow_up.questions
        elif self.resumes:
            questions.ask_next(turn)
        if self.unasked:
            return turn.events()
        if not dispatcher.messages and not turn.alarm_was_said:
            _acknowledge(turn)
        handover.of_misunderstanding(turn)
        turn.told["seen_at"] = turn.now.isoformat()
        return turn.events()

    def _respond(self, turn: Turn) -> None:
        if turn.hear_own_answer():
            return
        if turn.emergency_stands and not turn.alarm_was_said and returning.is_back(turn):
            returning.ask_if_seen(turn)
        elif turn.emergency_stands and not self.in_emergency:
            turn.repeat_emergency()
        elif returning.may_be_new(turn):
            returning.ask_if_same(turn)
        else:
            self.reply(turn)


def _timestamp_of_message(tracker: Tracker) -> float:
    return next(
        float(event["timestamp"]) for event in reversed(tracker.events) if event["event"] == "user"
    )


def _acknowledge(turn: Turn) -> None:
    """Answer a message that called for nothing else."""
    if scope.is_outside(turn):
        scope.ask_about_lower_back(turn)
    else:
        turn.say("utter_noted" if turn.is_about_symptoms else "utter_not_understood")
