"""A red flag wins over everything the dialogue was doing."""

from __future__ import annotations

from typing import Any

from rasa.core.constants import POLICY_PRIORITY
from rasa.core.featurizers.tracker_featurizers import TrackerFeaturizer
from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

from backchat.assistant import alarms
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation, moment_of, shared

HIGHEST_PRIORITY = 10
RECORDING_ACTION = "action_assess"


@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=False
)
class SafetyPolicy(Policy):
    """Says the emergency text before anything else, then has the alarm recorded.

    It reads the latest text itself, whatever the classifier made of it. The text it chooses is a
    plain response of the domain, so that it reaches the person without the action server; its
    prediction overrules every other policy, an open loop included, and closes the loop.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        featurizer: TrackerFeaturizer | None = None,
        consultation: Consultation | None = None,
    ) -> None:
        super().__init__(config, model_storage, resource, execution_context, featurizer)
        self._consultation = consultation or shared()

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the priority: above every other policy."""
        return {POLICY_PRIORITY: HIGHEST_PRIORITY}

    def train(
        self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any
    ) -> Resource:
        """Learn nothing."""
        return self._resource

    def predict_action_probabilities(
        self,
        tracker: DialogueStateTracker,
        domain: Domain,
        rule_only_data: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> PolicyPrediction:
        """Predict the alarm, then its recording, then silence; otherwise nothing."""
        done = _actions_of_this_turn(tracker)
        if not done:
            alarm = self._alarm(tracker)
            if alarm is None:
                return self._abstain(domain)
            return self._overrule(
                alarm.response_in(domain.responses), domain, self._events(tracker, alarm)
            )
        if not any(alarms.is_alarm(name) for name in done):
            return self._abstain(domain)
        following = ACTION_LISTEN_NAME if RECORDING_ACTION in done else RECORDING_ACTION
        return self._overrule(following, domain, [])

    def _alarm(self, tracker: DialogueStateTracker) -> alarms.Alarm | None:
        message = tracker.latest_message
        if message is None or not message.text:
            return None
        metadata = message.metadata or {}
        heard = self._consultation.hear(
            Episode.from_dict(tracker.get_slot("episode")),
            message.text,
            now=moment_of(metadata, message.timestamp or 0),
            timezone=metadata.get("timezone") or "UTC",
            asked=tuple(tracker.get_slot("asked") or ()),
            intent=message.intent.get("name"),
        )
        return alarms.of(heard.alarm)

    def _events(self, tracker: DialogueStateTracker, alarm: alarms.Alarm) -> list[Event]:
        region = (tracker.latest_message.metadata or {}).get("region")
        numbers = self._consultation.numbers(region)
        events: list[Event] = [SlotSet(name, value) for name, value in numbers.items()]
        return [*events, ActiveLoop(None)] if tracker.active_loop_name else events

    def _overrule(self, action: str, domain: Domain, events: list[Event]) -> PolicyPrediction:
        probabilities = self._default_predictions(domain)
        probabilities[domain.index_for_action(action)] = 1.0
        return self._prediction(probabilities, optional_events=events, is_no_user_prediction=True)

    def _abstain(self, domain: Domain) -> PolicyPrediction:
        return self._prediction(self._default_predictions(domain))


def _actions_of_this_turn(tracker: DialogueStateTracker) -> list[str]:
    """Return the names of the actions since the person spoke, oldest first."""
    names: list[str] = []
    for event in reversed(tracker.applied_events()):
        if isinstance(event, UserUttered):
            break
        if isinstance(event, ActionExecuted) and event.action_name:
            names.append(event.action_name)
    return names[::-1]
