from __future__ import annotations

import os
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.metrics import accuracy_score, f1_score

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def name_of():
    """The trained model's intent for a text."""
    os.chdir(ROOT)
    from backchat.assistant import training
    from backchat.assistant.intents import Intents

    if not training.model_path().exists():
        training.train()
    return Intents().name_of


@pytest.mark.parametrize(("file", "macro_f1"), [("held_out.yml", 0.91), ("blind.yml", 0.88)])
def test_messages_in_other_voices_get_their_intent(name_of, file, macro_f1):
    examples = load_data(str(Path(__file__).parent / file)).intent_examples
    expected = [example.get(INTENT) for example in examples]
    found = [name_of(example.get(TEXT)) for example in examples]
    assert f1_score(expected, found, average="macro", labels=sorted(set(expected))) >= macro_f1
    assert accuracy_score(expected, found) >= macro_f1


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("what's the deal with ice vs heat", "ask_ice_or_heat"),
        ("which stretches?", "ask_stretches"),
        ("how do I do cat cow", "ask_how_to_stretch"),
        ("can I take Advil? I'm on warfarin", "ask_medicine"),
        ("I run 20 min, how much more can I do?", "ask_how_much_more"),
        ("why does it hurt", "ask_why"),
        ("asdf", "gibberish"),
        ("what's the weather", "out_of_scope"),
        ("me duele la espalda desde ayer", "other_language"),
    ],
)
def test_what_people_ask_first_is_understood(name_of, text, intent):
    assert name_of(text) == intent


def test_one_text_at_a_time_is_ranked_as_the_trained_pipeline_ranks_it():
    from backchat.assistant.intent_classifier import RANKED, SparseIntentClassifier, _Model

    texts = ["my back hurts", "hurts my back", "hello you", "hello there", "stop it", "stop now"]
    intents = ["pain", "pain", "greet", "greet", "stop", "stop"]
    config = {**SparseIntentClassifier.get_default_config(), "min_df": 1}
    pipeline = SparseIntentClassifier(config, None, None)._untrained().fit(texts, intents)
    model = _Model(pipeline)
    for text in [*texts, "my hello", "qwertz", ""]:
        chances = dict(zip(pipeline.classes_, pipeline.predict_proba([text])[0], strict=True))
        ranking = model.ranking(text)
        expected = sorted(chances, key=lambda each: -chances[each])[:RANKED]
        assert [each["name"] for each in ranking] == expected
        assert [each["confidence"] for each in ranking] == pytest.approx(
            [chances[name] for name in expected]
        )
