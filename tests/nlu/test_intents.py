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
