"""The intent classifiers that are compared: how each is trained, loaded and asked."""

from __future__ import annotations

import asyncio
import random
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.report import ROOT

Example = tuple[str, str]
"""A message and its intent."""
Classify = Callable[[str], tuple[str, float]]
"""From a message to the likeliest intent and its probability."""

MODEL = "model"


class Classifier(ABC):
    """A classifier that is trained into a folder and loaded from it by another process."""

    @abstractmethod
    def train(self, folder: Path) -> None:
        """Train on ``data/nlu`` and leave the model in ``folder``."""

    @abstractmethod
    def load(self, folder: Path) -> Classify:
        """Load the model from ``folder``."""


def examples(path: Path) -> list[Example]:
    """Read the messages of a file or folder of Rasa's training data."""
    from rasa.shared.nlu.training_data.loading import load_data

    found = load_data(str(path)).intent_examples
    return [(example.get("text"), example.get("intent")) for example in found]


@dataclass(frozen=True)
class RasaPipeline(Classifier):
    """A pipeline of Rasa's, ours included."""

    pipeline: Sequence[dict[str, Any]]

    def train(self, folder: Path) -> None:
        """Train with Rasa, NLU alone."""
        from rasa.model_training import train_nlu
        from rasa.shared.utils.io import write_yaml

        config = folder / "config.yml"
        recipe = {"recipe": "default.v1", "assistant_id": "benchmark", "language": "en"}
        write_yaml({**recipe, "pipeline": list(self.pipeline)}, config)
        train_nlu(str(config), str(ROOT / "data" / "nlu"), str(folder), fixed_model_name=MODEL)

    def load(self, folder: Path) -> Classify:
        """Load an agent that parses messages."""
        from rasa.core.agent import Agent

        agent = Agent.load(model_path=str(folder / f"{MODEL}.tar.gz"))
        loop = asyncio.new_event_loop()

        def classify(text: str) -> tuple[str, float]:
            intent = loop.run_until_complete(agent.parse_message(text))["intent"]
            return intent["name"], intent["confidence"]

        return classify


@dataclass(frozen=True)
class SpacyBagOfWords(Classifier):
    """spaCy's linear text classifier in a blank English pipeline."""

    epochs: int = 10
    batch_size: int = 64

    def train(self, folder: Path) -> None:
        """Train on shuffled batches, lower-cased as Rasa's featurizers do."""
        import spacy
        from spacy.training import Example
        from spacy.util import fix_random_seed

        fix_random_seed(0)
        data = examples(ROOT / "data" / "nlu")
        intents = sorted({intent for _, intent in data})
        nlp = spacy.blank("en")
        model = {
            "@architectures": "spacy.TextCatBOW.v3",
            "exclusive_classes": True,
            "ngram_size": 2,
            "length": 65_536,
            "no_output_layer": False,
        }
        textcat = nlp.add_pipe("textcat", config={"model": model})
        for intent in intents:
            textcat.add_label(intent)
        pairs = [
            Example.from_dict(
                nlp.make_doc(text.lower()), {"cats": {each: each == intent for each in intents}}
            )
            for text, intent in data
        ]
        optimizer = nlp.initialize(lambda: pairs)
        shuffle = random.Random(0).shuffle
        for _ in range(self.epochs):
            shuffle(pairs)
            for start in range(0, len(pairs), self.batch_size):
                nlp.update(pairs[start : start + self.batch_size], sgd=optimizer)
        nlp.to_disk(folder / MODEL)

    def load(self, folder: Path) -> Classify:
        """Load the pipeline."""
        import spacy

        nlp = spacy.load(folder / MODEL)

        def classify(text: str) -> tuple[str, float]:
            scores = nlp(text.lower()).cats
            best = max(scores, key=scores.__getitem__)
            return best, scores[best]

        return classify


_NGRAMS = [
    {"name": "WhitespaceTokenizer"},
    {"name": "CountVectorsFeaturizer", "min_ngram": 1, "max_ngram": 2, "min_df": 2},
    {
        "name": "CountVectorsFeaturizer",
        "analyzer": "char_wb",
        "min_ngram": 2,
        "max_ngram": 5,
        "min_df": 2,
    },
]
# Large steps and few epochs: with this many n-grams an epoch costs minutes, not seconds.
_DIET = {
    "name": "DIETClassifier",
    "epochs": 15,
    "batch_size": 256,
    "learning_rate": 0.003,
    "entity_recognition": False,
    "constrain_similarities": True,
    "random_seed": 1,
}

OURS = "ours: TF-IDF n-grams, stochastic logistic regression"
CLASSIFIERS: dict[str, Classifier] = {
    OURS: RasaPipeline([{"name": "backchat.assistant.intent_classifier.SparseIntentClassifier"}]),
    "Rasa: n-gram counts, logistic regression": RasaPipeline(
        [*_NGRAMS, {"name": "LogisticRegressionClassifier", "solver": "liblinear"}]
    ),
    f"Rasa: n-gram counts, DIET ({_DIET['epochs']} epochs)": RasaPipeline([*_NGRAMS, _DIET]),
    "spaCy: bag of words and bigrams": SpacyBagOfWords(),
}
