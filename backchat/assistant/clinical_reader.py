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

from backchat.consultation import Consultation, shared
from backchat.language.mentions import Mention, Mentions


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ClinicalReader(GraphComponent):
    """Adds what the person named.

    Stretches and medicines become entities ``stretch`` and ``medicine`` with their ids as values.
    What they said of themselves depends on the whole conversation, which entities cannot express:
    whoever judges reads the text.
    """

    def __init__(self, consultation: Consultation) -> None:
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
                named = [_mention(each) for each in self._mentions.read(text)]
                message.set(ENTITIES, [*message.get(ENTITIES, []), *named], add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are: reading them would train nothing."""
        return training_data


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "entity": mention.kind,
        "value": mention.id,
        "start": mention.start,
        "end": mention.end,
        "extractor": ClinicalReader.__name__,
    }
