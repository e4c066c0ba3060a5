"""What is replaced inside Rasa: nobody can tell by the answers, and another Rasa is left alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.events import Event, SlotSet
from rasa.utils.endpoints import EndpointConfig

from backchat.assistant import rasa_patches
from backchat.assistant.local_actions import LocalActionEndpoint
from backchat.assistant.rasa_patches import PATCHES, Patch

ROOT = Path(__file__).resolve().parents[2]
CONVERSATIONS = """
import asyncio, json
from backchat.cli.environment import prepare_rasa
prepare_rasa()
from backchat.assistant.rasa_patches import PATCHES
from backchat.assistant.terminal import Terminal
from backchat.settings import Settings

SAID = (
    "hi", "my lower back is stiff since deadlifts yesterday", "no", "what does ice do?", "no",
    "no, I'm 34", "the same", "4", "why do you say that?", "show me the stretches", "asdf",
    "my crotch has gone numb", "thanks",
)

async def talk():
    terminal = await Terminal.open("somebody", Settings.from_environment())
    return [await terminal.say(text) for text in SAID]

found = {"none": asyncio.run(talk())}
for patch in PATCHES:
    unpatched = vars(patch.owner)[patch.attribute]
    setattr(patch.owner, patch.attribute, patch.replacement)
    found[patch.attribute] = asyncio.run(talk())
    setattr(patch.owner, patch.attribute, unpatched)
print(json.dumps(found))
"""
ANSWERS: list[dict[str, Any]] = [
    {},
    {"events": [], "responses": [{"text": "Ok."}]},
    {"events": [{"event": "slot", "name": "told", "value": {}, "timestamp": None}]},
    {"events": [{"event": "followup", "name": "action_listen"}]},
    {"events": [{"event": "nonsense"}]},
    {"events": [{"name": "told"}]},
    {"events": "none"},
    {"responses": ["Ok."]},
]


@pytest.fixture(autouse=True)
def unpatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Has everything put back in the end."""
    for patch in PATCHES:
        monkeypatch.setattr(
            patch.owner, patch.attribute, vars(patch.owner)[patch.attribute], raising=True
        )


def outcome(action: RemoteAction, answer: dict[str, Any]) -> str:
    try:
        return str(action._validate_action_result(answer))
    except ValidationError as error:
        return error.message


def test_the_answers_are_the_same_with_and_without_each() -> None:
    run = subprocess.run(
        [sys.executable, "-c", CONVERSATIONS], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    found = json.loads(run.stdout.splitlines()[-1])
    assert all(found["none"])
    assert found == dict.fromkeys(["none", *(patch.attribute for patch in PATCHES)], found["none"])


def test_what_another_server_answers_is_looked_through_as_before() -> None:
    action = RemoteAction("action_greet", EndpointConfig("http://127.0.0.1:1/webhook"))
    before = [outcome(action, answer) for answer in ANSWERS]
    rasa_patches.apply()
    assert [outcome(action, answer) for answer in ANSWERS] == before
    assert {"True", before[-1]} < set(before)


def test_what_our_own_actions_answer_is_not_looked_through() -> None:
    rasa_patches.apply()
    assert outcome(RemoteAction("action_greet", LocalActionEndpoint()), ANSWERS[-1]) == "True"


def test_events_are_found_by_their_names_as_before() -> None:
    rasa_patches.apply()
    for _ in range(2):
        assert Event.resolve_by_type("slot") is SlotSet
        assert Event.resolve_by_type("nonsense", SlotSet) is SlotSet
        with pytest.raises(ValueError, match="nonsense"):
            Event.resolve_by_type("nonsense")


def test_another_version_of_rasa_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    class Owner:
        attribute = "as it was"

    monkeypatch.setattr(rasa_patches, "PATCHES", (Patch(Owner, "attribute", "replaced"),))
    monkeypatch.setattr("rasa.__version__", "3.7.0")
    rasa_patches.apply()
    assert Owner.attribute == "as it was"
    monkeypatch.setattr("rasa.__version__", rasa_patches.VERSION)
    rasa_patches.apply()
    assert Owner.attribute == "replaced"
