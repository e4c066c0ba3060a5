"""The acceptance scenarios over the real channel: level, rules, what must and must not be said."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from visiting import Answer, Records, Visitor

FILE = Path(__file__).parent.parent / "scenarios" / "scenarios.json"
SCENARIOS = {each["id"]: each for each in json.loads(FILE.read_text(encoding="utf-8"))}

LEVELS = ("SELF_CARE", "SEE_PROVIDER", "URGENT_SAME_DAY", "EMERGENCY_NOW")
SAFETY_NET = ("genitals", "trouble peeing", "both legs", "cola", "chest pain", "collapse")
EXERCISES = r"back rotation|knee hug|child's pose|cat-cow|press-up|/ask_stretches"
DOSE = r"\d\s*mg\b"
COMFORT = r"10(–| to )15 minutes|keep moving|easy movement|gentle stretching"
DIAGNOSIS = r"\byou have (a|an|the|cauda|got|nerve)\b|probably nothing|cured?\b|guarantee"
ALARM = r"emergency department now|call 911|be seen today|advice stands"


@dataclass(frozen=True)
class Wording:
    """Patterns of which each must, and of which none may, be in the reply."""

    must: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


BY_LEVEL = {
    "EMERGENCY_NOW": Wording(
        must=("911", "tell them", "can be|can mean|needs|has to be|must be"),
        never=(EXERCISES, DOSE, COMFORT, DIAGNOSIS, "soreness"),
    ),
    "URGENT_SAME_DAY": Wording(
        must=("today", "your doctor", "urgent care", "emergency department, or call", *SAFETY_NET),
        never=(EXERCISES, DOSE, "keep moving", DIAGNOSIS, "advice stands"),
    ),
    "SEE_PROVIDER": Wording(
        must=("check in with your healthcare provider", "why:", *SAFETY_NET),
        never=(ALARM, DOSE, DIAGNOSIS),
    ),
    "SELF_CARE": Wording(
        must=(
            r"\bice\b",
            r"\bheat\b",
            "10(–| to )15 minutes",
            "keep moving",
            r"check again \w*day",
            "check in with your healthcare provider",
            *SAFETY_NET,
        ),
        never=(ALARM, DOSE, DIAGNOSIS),
    ),
}

BY_SCENARIO = {
    "E03": Wording(must=("one and three days", "five to seven days", "routine", "ice")),
    "E04": Wording(must=("worse instead of better", "cola")),
    "E05": Wording(
        must=("short of breath", "no lifting"), never=("911", "emergency department now")
    ),
    "E06": Wording(must=("next day or two",)),
    "E07": Wording(must=("cauda equina",)),
    "E10": Wording(
        must=(r"\bCK\b", "do not take ibuprofen, naproxen", "do not train"),
    ),
    "E11": Wording(must=("real numbness",), never=("988", "hurting yourself")),
    "E12": Wording(must=("other leg", "peeing", "weak")),
    "E13": Wording(must=("walk alone",)),
    "E14": Wording(never=("addict", "drug abuse", "should not inject")),
    "E15": Wording(must=("call 911 now", "do not drive", "aspirin")),
    "E16": Wording(never=("muscle", "DOMS")),
    "E17": Wording(must=("pharmacist", "vomit", "shiver")),
    "E18": Wording(
        must=("parent", "guardian", "clinician", "before you train"),
        never=(EXERCISES, "ibuprofen", "out of 10 of|graded"),
    ),
    "E19": Wording(must=("20 weeks", "midwife", "bleeding", "contractions"), never=(EXERCISES,)),
    "E20": Wording(must=("bending", "twisting")),
    "E21": Wording(must=("cancer team",), never=("two days",)),
    "E22": Wording(must=("within about a week", "routine", "movement|moving"), never=("today",)),
    "E24": Wording(must=("keep still",), never=("walk it off",)),
    "E25": Wording(must=("everything normal for",)),
}


@dataclass(frozen=True)
class Held:
    """A scenario after it was held."""

    visitor: Visitor
    answers: list[Answer]

    @property
    def text(self) -> str:
        return "\n".join(answer.text for answer in self.answers)


@pytest.fixture(scope="module")
def hold(server: str) -> Any:
    """Hold a scenario once, for all tests of it."""
    held: dict[str, Held] = {}

    def once(name: str) -> Held:
        if name not in held:
            visitor = Visitor(server, SCENARIOS[name]["region"], SCENARIOS[name]["timezone"])
            held[name] = Held(visitor, [visitor.say(turn) for turn in SCENARIOS[name]["turns"]])
        return held[name]

    return once


def broken(wording: Wording, text: str) -> list[str]:
    """Return what a reply lacks, and what it should not have."""

    def has(pattern: str) -> bool:
        return re.search(pattern, text, re.IGNORECASE) is not None

    missing = [f"missing: {pattern}" for pattern in wording.must if not has(pattern)]
    return missing + [f"unwanted: {pattern}" for pattern in wording.never if has(pattern)]


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_level_is_exact_and_the_rules_have_fired(
    hold: Any, records: Records, name: str
) -> None:
    scenario = SCENARIOS[name]
    assessments = records.assessments(hold(name).visitor)
    last = assessments[-1]
    assert len(assessments) == len(scenario["turns"])
    assert (last.level, set(scenario["rules"]) - set(last.rules)) == (scenario["expected"], set())
    assert last.timeframe == scenario.get("timeframe", last.timeframe)
    assert last.borderline == scenario.get("borderline", last.borderline)
    for turn, level in scenario.get("intermediate_levels", {}).items():
        assert assessments[int(turn) - 1].level == level
    assert all(
        LEVELS.index(level) <= LEVELS.index(last.level) for level in last.rule_levels.values()
    )


@pytest.mark.parametrize("name", SCENARIOS)
def test_the_reply_says_what_its_level_must_and_nothing_that_it_must_not(
    hold: Any, name: str
) -> None:
    expected = SCENARIOS[name]["expected"]
    raised = SCENARIOS[name].get("intermediate_levels")
    told = hold(name).answers[-1].text if raised else hold(name).text
    assert broken(BY_LEVEL[expected], told) == []


@pytest.mark.parametrize("name", BY_SCENARIO)
def test_the_reply_says_what_the_scenario_must_and_nothing_that_it_must_not(
    hold: Any, name: str
) -> None:
    assert broken(BY_SCENARIO[name], hold(name).text) == []


@pytest.mark.parametrize(
    "name", [name for name, each in SCENARIOS.items() if each["expected"] == "EMERGENCY_NOW"]
)
def test_an_emergency_comes_first_with_the_number_within_sixty_words(hold: Any, name: str) -> None:
    first = hold(name).answers[-1].messages[0]
    assert first["card"]["type"] == "emergency"
    assert "911" in " ".join(first["text"].split()[:60])
    assert first["buttons"] == []


@pytest.mark.parametrize("name", ["E01", "E02", "E08"])
def test_self_care_stays_self_care_to_the_end_and_offers_stretches(
    hold: Any, records: Records, name: str
) -> None:
    held = hold(name)
    final = held.visitor.finish(held.answers[-1])[-1]
    assert final.levels == ["SELF_CARE"]
    assert "/ask_stretches" in final.payloads
    assert records.judgement(held.visitor).rules == ()


def test_two_days_do_not_become_more_while_the_conversation_lasts(
    server: str, records: Records
) -> None:
    visitor = Visitor(server)
    for text in (SCENARIOS["E02"]["turns"][0], "no", "no"):
        visitor.say(text)
    assert [each.level for each in records.assessments(visitor)] == ["SELF_CARE"] * 3
    assert "onset" not in records.judgement(visitor).ask


def test_a_pain_that_climbs_after_lifting_is_asked_about_muscles_urine_and_numbness(
    server: str,
) -> None:
    visitor = Visitor(server)
    first = visitor.say(SCENARIOS["E04"]["turns"][0])
    asked = [each.question["text"] for each in (first, *visitor.finish(first)) if each.question]
    assert "cola" in asked[0]
    assert "rock-hard" in asked[1]
    assert "numbness" in asked[2]


@pytest.mark.parametrize("name", ["E07", "E12", "E18", "E19", "E20"])
@pytest.mark.parametrize("wish", ["which stretches?", "how do I do the knee hug?"])
def test_stretches_are_refused_where_they_would_be_wrong(
    hold: Any, server: str, name: str, wish: str
) -> None:
    visitor = Visitor(server)
    for turn in SCENARIOS[name]["turns"]:
        visitor.say(turn)
    answer = visitor.say(wish)
    assert not re.search(EXERCISES, answer.text, re.IGNORECASE)
    assert "stretch" not in {(message["card"] or {}).get("type") for message in answer.messages}


def test_no_knee_hug_is_offered_for_pain_down_the_leg(server: str) -> None:
    visitor = Visitor(server)
    visitor.say(SCENARIOS["E06"]["turns"][0])
    answer = visitor.say("which stretches?")
    offered = [
        message["text"] for message in answer.messages if "I left out" not in message["text"]
    ]
    assert "Knee hug" not in "\n".join(offered)
    assert '"knee_hug"' not in "".join(answer.payloads)


@pytest.mark.parametrize("name", ["E10", "E18", "E19"])
@pytest.mark.parametrize("wish", ["how much ibuprofen can I take?", "can I take Aleve?"])
def test_no_amount_of_medicine_is_given_where_it_would_be_wrong(
    server: str, name: str, wish: str
) -> None:
    visitor = Visitor(server)
    for turn in SCENARIOS[name]["turns"]:
        visitor.say(turn)
    assert not re.search(DOSE, visitor.say(wish).text)
