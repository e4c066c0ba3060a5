"""Everything in the training data and the domain is used, and everything used is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk.executor import ActionExecutor

from backchat.clinical.levels import Level
from backchat.knowledge import Knowledge, load

ROOT = Path(__file__).resolve().parents[2]
LEAST_EXAMPLES = 40
ALARM_OF_LEVEL = {"EMERGENCY_NOW": "emergency", "URGENT_SAME_DAY": "urgent"}


@cache
def read(path: str) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))
    return content


@cache
def domain() -> dict[str, Any]:
    return read("domain.yml")


@cache
def examples() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in read(str(file.relative_to(ROOT)))["nlu"]:
            lines = block["examples"].splitlines()
            found.setdefault(block["intent"], []).extend(line.removeprefix("- ") for line in lines)
    return found


@cache
def rules() -> dict[str, list[dict[str, str]]]:
    return {
        rule["rule"]: rule["steps"]
        for file in sorted((ROOT / "data" / "rules").glob("*.yml"))
        for rule in read(str(file.relative_to(ROOT)))["rules"]
    }


@cache
def source() -> str:
    files = [*(ROOT / "actions").glob("*.py"), *(ROOT / "backchat" / "assistant").rglob("*.py")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def test_the_registered_actions_are_those_of_the_domain() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    assert sorted(executor.actions) == sorted(domain()["actions"])


def test_every_intent_has_exactly_one_rule() -> None:
    ruled = [step["intent"] for steps in rules().values() for step in steps if "intent" in step]
    assert sorted(ruled) == sorted({*domain()["intents"], "nlu_fallback"})


def test_every_action_of_the_domain_is_in_a_rule() -> None:
    ruled = {step["action"] for steps in rules().values() for step in steps if "action" in step}
    assert ruled == set(domain()["actions"])


def test_every_intent_has_examples_and_every_example_an_intent() -> None:
    assert set(examples()) == set(domain()["intents"])


@pytest.mark.parametrize(
    "intent", [each for each in domain()["intents"] if not each.startswith("EXTERNAL_")]
)
def test_an_intent_has_enough_different_examples(intent: str) -> None:
    different = {re.sub(r"\W+", " ", text.lower()).strip() for text in examples()[intent]}
    assert len(different) >= LEAST_EXAMPLES


def test_no_example_belongs_to_two_intents() -> None:
    owners: dict[str, set[str]] = {}
    for intent, texts in examples().items():
        for text in texts:
            words = re.sub(r"\W+", " ", text.lower()).strip()
            owners.setdefault(words or text, set()).add(intent)
    assert {text: who for text, who in owners.items() if len(who) > 1} == {}


def test_every_alarm_that_a_rule_can_raise_has_its_own_response(knowledge: Knowledge) -> None:
    missing = []
    for rule in knowledge.rulebook.rules:
        levels = {rule.level, *(change.to for change in (*rule.raised, *rule.lowered))}
        for level in levels & {Level.EMERGENCY_NOW, Level.URGENT_SAME_DAY}:
            response = f"utter_{ALARM_OF_LEVEL[level.name]}_{rule.id.lower()}"
            if response not in domain()["responses"]:
                missing.append(response)
    assert missing == []


def test_every_question_that_can_be_asked_has_its_response(knowledge: Knowledge) -> None:
    book = knowledge.rulebook
    needed = {
        f"utter_ask_clarify_{rule.id.lower()}" for rule in book.rules if can_be_asked(rule, book)
    } | {f"utter_ask_screen_group_{question.group}" for question in book.screening}
    assert needed - set(domain()["responses"]) == set()


def can_be_asked(rule: Any, book: Any) -> bool:
    return rule.question in {each.question for each in book.by_danger} and bool(rule.sufficient)


def test_every_response_is_said_by_an_action_a_policy_or_the_channel(knowledge: Knowledge) -> None:
    unused = [name for name in domain()["responses"] if not is_used(name, knowledge)]
    assert unused == []


def is_used(response: str, knowledge: Knowledge) -> bool:
    """Whether the code names the response, or the beginning of it and what completes it."""
    if f'"{response}"' in source():
        return True
    completions = {
        "utter_emergency_": {rule.id.lower() for rule in knowledge.rulebook.rules} | {"general"},
        "utter_urgent_": {rule.id.lower() for rule in knowledge.rulebook.rules} | {"general"},
        "utter_ask_clarify_": {rule.id.lower() for rule in knowledge.rulebook.rules},
        "utter_": set(domain()["intents"]),
    }
    if any(response == start + end for start, ends in completions.items() for end in ends):
        return True
    templates = re.findall(r'f"(utter_[a-z_]*)\{', source())
    return any(response.startswith(start) for start in templates if start != "utter_")


def test_every_payload_of_a_button_is_an_intent_of_the_domain_or_plain_words() -> None:
    payloads = [
        button["payload"]
        for variations in domain()["responses"].values()
        for variation in variations
        for button in variation.get("buttons", [])
    ]
    intents = {p[1:].partition("{")[0] for p in payloads if p.startswith("/")}
    assert intents <= set(domain()["intents"])


def test_every_value_in_a_response_is_one_that_its_sayer_fills_in() -> None:
    numbers = {"emergency", "emergency_tel", "urgent_line", "poison_line", "crisis_line"}
    alarms = {
        name: set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", str(variations)))
        for name, variations in domain()["responses"].items()
        if name.startswith(("utter_emergency_", "utter_urgent_", "utter_something_failed"))
    }
    assert {name: values - numbers for name, values in alarms.items() if values - numbers} == {}
    assert numbers <= set(domain()["slots"])
