"""The intent classifier: weighted word and character n-grams with logistic regression."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import skops.io
from numpy.typing import NDArray
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from scipy.special import expit
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
        self._model = None if pipeline is None else _Model(pipeline)

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
        pipeline = self._untrained().fit(texts, intents)
        with self._model_storage.write_to(self._resource) as folder:
            skops.io.dump(pipeline, folder / FILE)
        self._model = _Model(pipeline)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the intent and its ranking on each message that has a text."""
        for message in messages:
            text = message.get(TEXT)
            if self._model is not None and text and not message.get(INTENT):
                ranking = self._model.ranking(text)
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set("intent_ranking", ranking, add_to_output=True)
        return messages

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


class _Model:
    """A trained pipeline, laid out for one text at a time.

    The pipeline itself is made for many: it joins its parts in a pool of workers, builds sparse
    matrices, and copies the weights of all n-grams for every text.

    Args:
        pipeline: The vectorizers and the regression.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        union, regression = pipeline[0], pipeline[-1]
        vectorizers = [vectorizer for _, vectorizer in union.transformer_list]
        ends = np.cumsum([len(each.vocabulary_) for each in vectorizers])
        weights = np.split(regression.coef_, ends[:-1], axis=1)
        self._parts = [_Part(*each) for each in zip(vectorizers, weights, strict=True)]
        self._bias = regression.intercept_
        self._names = [str(name) for name in regression.classes_]

    def ranking(self, text: str) -> list[dict[str, Any]]:
        """Return the likeliest intents of a text, the likeliest first."""
        chances = expit(sum((part.scores(text) for part in self._parts), self._bias))
        chances /= chances.sum()
        best = np.argsort(-chances, kind="stable")[:RANKED]
        return [{"name": self._names[each], "confidence": float(chances[each])} for each in best]


class _Part:
    """One kind of n-grams with its share of the regression.

    Args:
        vectorizer: Counts the n-grams; it weights them by rarity and takes the logarithm of counts.
        weights: By intent and n-gram.
    """

    def __init__(self, vectorizer: TfidfVectorizer, weights: NDArray[np.float64]) -> None:
        self._analyze = vectorizer.build_analyzer()
        self._numbers = vectorizer.vocabulary_
        self._rarity = vectorizer.idf_
        self._weights = np.ascontiguousarray(weights.T)

    def scores(self, text: str) -> NDArray[np.float64]:
        """Return what the n-grams of a text say for each intent."""
        counts = Counter(filter(self._numbers.__contains__, self._analyze(text)))
        if not counts:
            return np.zeros(self._weights.shape[1])
        numbers = [self._numbers[each] for each in counts]
        values = (1 + np.log([*counts.values()])) * self._rarity[numbers]
        scores: NDArray[np.float64] = values @ self._weights[numbers] / np.linalg.norm(values)
        return scores
