"""The clinical reader as a component of the NLU pipeline."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from backchat import clock
from backchat.clinical.reading import Finding
from backchat.consultation import Consultation, shared
from backchat.language.mentions import Mention, Mentions

FINDINGS = "findings"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClinicalReader(GraphComponent):
    """Adds what the person said of themselves, and what they named.

    Stretches and medicines become entities ``stretch`` and ``medicine`` with their ids as values.
    Findings overlap and depend on the whole conversation, which entities cannot express: they
    become ``findings`` of the parsed message, and whoever judges reads the text in its place.
    """

    def __init__(self, consultation: Consultation) -> None:
        self._reader = consultation.reader
        self._mentions = Mentions(consultation.knowledge)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ClinicalReader:
        """Create the component on the process's shared consultation."""
        return cls(shared())

    def process(self, messages: list[Message]) -> list[Message]:
        """Read each message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if text and not text.startswith("/"):
                reading = self._reader.read(text, now=clock.now())
                findings = [_finding(each) for each in reading.findings]
                named = [_mention(each) for each in self._mentions.read(text)]
                message.set(FINDINGS, findings, add_to_output=True)
                message.set(ENTITIES, [*message.get(ENTITIES, []), *named], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are: reading them would train nothing."""
        return training_data


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "concept": finding.concept,
        "status": finding.status.value,
        "start": finding.start,
        "end": finding.end,
    }


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.kind,
        "value": mention.id,
        "start": mention.start,
        "end": mention.end,
        "extractor": ClinicalReader.__name__,
    }
