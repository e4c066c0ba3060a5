"""The intent classifier: weighted word and character n-grams with logistic regression."""

from __future__ import annotations

from typing import Any

import numpy as np
import skops.io
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import Pipeline, make_pipeline, make_union

FILE = "pipeline.skops"
TRUSTED = ["scipy.sparse._csr.csr_matrix"]
"""The one type in a trained pipeline beyond those that skops takes for harmless by itself."""
RANKED = 10
SEED = 20_261_123


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class SparseIntentClassifier(GraphComponent):
    """Ranks intents by the text alone.

    It was chosen by measurement: the weighting of rare n-grams counts for more than the model, and
    stochastic training takes seconds where Rasa's own logistic regression takes minutes.
    """

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        pipeline: Pipeline | None = None,
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._pipeline = pipeline

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the shape of the n-grams and the strength of the regularisation."""
        return {"words": [1, 2], "characters": [2, 5], "min_df": 3, "alpha": 1e-5, "epochs": 15}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SparseIntentClassifier:
        """Create an untrained classifier."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> SparseIntentClassifier:
        """Load a trained classifier."""
        with model_storage.read_from(resource) as folder:
            pipeline = skops.io.load(folder / FILE, trusted=TRUSTED)
        return cls(config, model_storage, resource, pipeline)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit on the intent examples and store the result."""
        examples = training_data.intent_examples
        texts = [example.get(TEXT) for example in examples]
        intents = [example.get(INTENT) for example in examples]
        self._pipeline = self._untrained().fit(texts, intents)
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(self._pipeline, folder / FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking on each message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if self._pipeline is not None and text and not message.get(INTENT):
                ranking = self._ranking(text)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

    def _ranking(self, text: str) -> list[dict[str, Any]]:
        assert self._pipeline is not None
        probabilities = self._pipeline.predict_proba([text])[0]
        best = np.argsort(-probabilities, kind="stable")[:RANKED]
        names = self._pipeline.classes_
        return [
            {"name": str(names[each]), "confidence": float(probabilities[each])} for each in best
        ]

    def _untrained(self) -> Pipeline:
        words = TfidfVectorizer(
            ngram_range=tuple(self._config["words"]),
            sublinear_tf=True,
            token_pattern=r"(?u)\b\w+\b",
        )
        characters = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=tuple(self._config["characters"]),
            min_df=self._config["min_df"],
            sublinear_tf=True,
        )
        regression = SGDClassifier(
            loss="log_loss",
            alpha=self._config["alpha"],
            max_iter=self._config["epochs"],
            tol=None,
            class_weight="balanced",
            random_state=SEED,
        )
        return make_pipeline(make_union(words, characters), regression)
