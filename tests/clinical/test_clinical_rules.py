"""Which findings fire which rule at which level: facts A1, A3 and A4."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from clinical_talk import NOW, Talk, finding, hours_ago, says

from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Reading, Status, Topic, Trend
from backchat.clinical.rules import (
    AllOf,
    AnyOf,
    AtLeast,
    Concept,
    Condition,
    LevelChange,
    OverHours,
    RuleBook,
)

EMERGENCY, URGENT, PROVIDER = (
    Level.EMERGENCY_NOW,
    Level.URGENT_SAME_DAY,
    Level.SEE_PROVIDER,
)

FIRES: list[tuple[str, Level, tuple[str, ...], dict[str, Any]]] = [
    ("RF01_SADDLE", EMERGENCY, ("saddle_numbness",), {}),
    ("RF02_BLADDER", EMERGENCY, ("bladder_change",), {}),
    ("RF03_BOWEL", EMERGENCY, ("bowel_change",), {}),
    ("RF04_SEXUAL", EMERGENCY, ("sexual_change",), {}),
    ("RF05_BILATERAL_LEGS", EMERGENCY, ("both_legs",), {}),
    ("RF06_WEAKNESS_PROGRESSIVE", EMERGENCY, ("cannot_walk",), {}),
    ("RF08_MAJOR_TRAUMA", EMERGENCY, ("major_trauma",), {}),
    ("RF08_MAJOR_TRAUMA", EMERGENCY, ("minor_trauma", "focal_spine_pain"), {"pain": 8}),
    ("RF09_AORTA", EMERGENCY, ("tearing_pain",), {}),
    ("RF09_AORTA", EMERGENCY, ("back_pain", "faint_clammy"), {}),
    ("RF09_AORTA", EMERGENCY, ("vascular_risk", "sudden_severe_pain"), {"age": 60}),
    ("RF10_CHEST_BREATH", EMERGENCY, ("breathless",), {}),
    ("RF11_COLLAPSE_HEAT", EMERGENCY, ("seizure",), {}),
    ("RF12_RHABDO", EMERGENCY, ("dark_urine",), {}),
    ("RF12_RHABDO", EMERGENCY, ("little_urine", "widespread_muscle_pain"), {}),
    ("RF13_COMPARTMENT_SCT", EMERGENCY, ("pain_out_of_proportion", "worsening"), {}),
    ("RF13_COMPARTMENT_SCT", EMERGENCY, ("sickle_cell", "cramping"), {}),
    ("RF29_ABDOMEN", EMERGENCY, ("abdominal_pain", "severe_pain"), {}),
    ("RF30_MED_REACTION", EMERGENCY, ("overdose",), {}),
    ("RF31_SELF_HARM", EMERGENCY, ("self_harm",), {}),
    ("RF32_PREGNANCY_EMERGENCY", EMERGENCY, ("pregnant", "contractions"), {}),
    ("RF07_FOOT_DROP", URGENT, ("foot_drop",), {}),
    ("RF14_FRAGILITY_FRACTURE", URGENT, ("minor_trauma",), {"age": 65}),
    ("RF14_FRAGILITY_FRACTURE", URGENT, ("long_term_steroids",), {"age": 70}),
    ("RF15_DEFORMITY", URGENT, ("deformity",), {}),
    ("RF16_FEVER_INFECTION", URGENT, ("fever",), {}),
    ("RF16_FEVER_INFECTION", EMERGENCY, ("fever", "injected_drugs"), {}),
    ("RF16_FEVER_INFECTION", EMERGENCY, ("fever", "diabetes"), {"pain": 8}),
    ("RF17_INFECTION_RISK", URGENT, ("immune_suppression",), {}),
    (
        "RF17_INFECTION_RISK",
        PROVIDER,
        ("recent_infection", "workout"),
        {"pain": 3, "trend": Trend.BETTER},
    ),
    ("RF18_CANCER", URGENT, ("cancer_history",), {}),
    ("RF18_CANCER", EMERGENCY, ("cancer_history", "unsteady"), {}),
    ("RF19_RENAL", URGENT, ("back_pain", "burning_urination"), {}),
    ("RF19_RENAL", EMERGENCY, ("flank_pain", "colicky_pain", "vomiting"), {}),
    ("RF20_NIGHT_REST_PAIN", URGENT, ("constant_pain",), {}),
    (
        "RF20_NIGHT_REST_PAIN",
        PROVIDER,
        ("night_pain", "workout"),
        {"age": 54, "onset": hours_ago(12, 24)},
    ),
    (
        "RF20_NIGHT_REST_PAIN",
        URGENT,
        ("night_pain", "workout"),
        {"age": 55, "onset": hours_ago(12, 24)},
    ),
    ("RF20_NIGHT_REST_PAIN", URGENT, ("night_pain", "workout"), {"onset": hours_ago(12, 24)}),
    ("RF21_SEVERE_UNCONTROLLED", URGENT, (), {"pain": 8}),
    ("RF22_THORACIC", URGENT, ("upper_back_pain",), {}),
    ("RF27_ANTICOAGULANT", URGENT, ("anticoagulant", "minor_trauma"), {}),
    ("RF27_ANTICOAGULANT", EMERGENCY, ("anticoagulant", "large_bruise", "leg_weakness"), {}),
    ("RF28_SHINGLES", URGENT, ("rash_blisters",), {}),
    ("RF23_PREGNANCY", PROVIDER, ("pregnant",), {}),
    ("RF24_MINOR", PROVIDER, (), {"age": 17}),
    ("RF24_MINOR", PROVIDER, ("minor",), {}),
    ("RF24_MINOR", URGENT, ("weight_loss",), {"age": 12}),
    ("RF25_STRESS_FRACTURE", PROVIDER, ("extension_pain",), {}),
    ("RF26_INFLAMMATORY", PROVIDER, ("morning_stiffness_long",), {}),
    ("SS1_SHARP_SHOOTING", PROVIDER, ("sharp_shooting",), {}),
    ("SS2_RADIATING", PROVIDER, ("radiating_leg",), {}),
    ("SS3_OVER_TWO_DAYS", PROVIDER, (), {"onset": hours_ago(49)}),
    ("SS4_WORSENING", PROVIDER, (), {"trend": Trend.WORSE}),
    ("SS5_MOVEMENT_LIMITED", PROVIDER, ("limited_movement",), {}),
    ("SS6_NUMB_TINGLE", PROVIDER, ("numbness_tingling",), {}),
    ("SS7_GIVING_WAY", PROVIDER, ("leg_giving_way",), {}),
]


@pytest.mark.parametrize(("rule", "level", "concepts", "facts"), FIRES)
def test_a_rule_fires_at_its_level(
    rule: str, level: Level, concepts: tuple[str, ...], facts: dict[str, Any], talk: Talk
) -> None:
    talk.hear(says(*concepts, **facts))
    assert talk.fired[rule] is level
    assert talk.level == max(talk.fired.values())


SILENT: list[tuple[str, tuple[str, ...], dict[str, Any]]] = [
    ("RF09_AORTA", ("vascular_risk", "sudden_severe_pain"), {"age": 59}),
    ("RF12_RHABDO", ("little_urine",), {}),
    ("RF14_FRAGILITY_FRACTURE", ("minor_trauma",), {"age": 64}),
    ("RF21_SEVERE_UNCONTROLLED", (), {"pain": 7}),
    ("RF21_SEVERE_UNCONTROLLED", (), {"pain": 9, "trend": Trend.BETTER}),
    ("RF24_MINOR", (), {"age": 18}),
    ("RF25_STRESS_FRACTURE", ("extension_sport",), {"onset": hours_ago(300, 400)}),
    ("RF27_ANTICOAGULANT", ("anticoagulant",), {}),
    ("RF29_ABDOMEN", ("abdominal_pain",), {}),
    ("RF32_PREGNANCY_EMERGENCY", ("pregnant",), {}),
]


@pytest.mark.parametrize(("rule", "concepts", "facts"), SILENT)
def test_a_rule_needs_all_that_its_condition_asks_for(
    rule: str, concepts: tuple[str, ...], facts: dict[str, Any], talk: Talk
) -> None:
    assert rule not in talk.hear(says("soreness", *concepts, **facts)).fired


A, B, C = Concept("fever"), Concept("chills"), Concept("dialysis")


@pytest.mark.parametrize(
    ("when", "alone"),
    [
        (A, {"fever"}),
        (AnyOf((A, B)), {"fever", "chills"}),
        (AtLeast(1, (A, B)), {"fever", "chills"}),
        (AtLeast(2, (A, B)), set()),
        (AllOf((A,)), {"fever"}),
        (AllOf((A, B)), set()),
        (AnyOf((A, AllOf((B, C)))), {"fever"}),
        (OverHours(48), set()),
    ],
)
def test_a_concept_suffices_if_it_fires_the_rule_alone(
    when: Condition, alone: set[str], rulebook: RuleBook
) -> None:
    rule = replace(rulebook.by_id["RF01_SADDLE"], when=when)
    assert rule.sufficient == {"saddle_numbness", *alone}
    assert replace(rule, clarifies=None).sufficient == alone


def test_every_rule_is_covered_by_the_table(rulebook: RuleBook) -> None:
    assert {row[0] for row in FIRES} == set(rulebook.by_id)


@pytest.mark.parametrize("status", [Status.OTHER_PERSON, Status.HYPOTHETICAL, Status.ABSENT])
def test_what_is_not_this_persons_does_not_count(status: Status, rulebook: RuleBook) -> None:
    everything = {concept for rule in rulebook.rules for concept in rule.concepts}
    talk = Talk(rulebook).hear(
        Reading(findings=tuple(finding(concept, status) for concept in sorted(everything)))
    )
    assert talk.level is None
    assert talk.fired == {}


@pytest.mark.parametrize(
    ("concept", "rule", "level"),
    [
        ("saddle_numbness", "RF01_SADDLE", URGENT),
        ("fever", "RF16_FEVER_INFECTION", PROVIDER),
        ("numbness_tingling", "SS6_NUMB_TINGLE", PROVIDER),
    ],
)
def test_a_symptom_that_has_gone_fires_one_level_lower(
    concept: str, rule: str, level: Level, talk: Talk
) -> None:
    talk.hear(says(past=[concept]))
    assert talk.fired == {rule: level}


def test_what_has_gone_is_evidence_beside_what_raises_it(talk: Talk) -> None:
    talk.hear(says("injected_drugs", past=["fever"]))
    infection = talk.assessment.fired[0]
    assert (infection.rule_id, infection.level) == ("RF16_FEVER_INFECTION", URGENT)
    assert [each.fact for each in infection.evidence] == ["fever", "injected_drugs"]


@pytest.mark.parametrize(
    ("unless", "told", "fires"),
    [
        (Concept("stiffness"), says("fever", "stiffness"), False),
        (Concept("stiffness"), says("fever", unsure=["stiffness"]), True),
        (OverHours(48), says("fever", onset=hours_ago(72)), False),
        (OverHours(48), says("fever", onset=hours_ago(1)), True),
    ],
)
def test_an_exception_keeps_a_rule_from_firing_only_when_it_certainly_holds(
    unless: Condition, told: Reading, fires: bool, rulebook: RuleBook
) -> None:
    fever = replace(rulebook.by_id["RF16_FEVER_INFECTION"], unless=unless)
    talk = Talk(RuleBook((fever,), (), "one rule")).hear(told)
    assert bool(talk.fired) is fires


@pytest.mark.parametrize(("also", "level"), [((), URGENT), (("chills",), EMERGENCY)])
def test_of_several_raises_that_hold_the_highest_counts(
    also: tuple[str, ...], level: Level, rulebook: RuleBook
) -> None:
    raised = (
        LevelChange(URGENT, Concept("fever")),
        LevelChange(EMERGENCY, Concept("chills")),
    )
    tingling = replace(rulebook.by_id["SS6_NUMB_TINGLE"], raised=raised)
    talk = Talk(RuleBook((tingling,), (), "one rule"))
    assert talk.hear(says("numbness_tingling", "fever", *also)).level is level


def test_a_symptom_that_has_long_gone_does_not_count(talk: Talk) -> None:
    talk.hear(Reading(findings=(finding("saddle_numbness", Status.PAST, old=True),)))
    assert talk.fired == {}


def test_evidence_quotes_the_person(talk: Talk) -> None:
    talk.hear(says("fever", "injected_drugs", pain=9))
    evidence = {
        each.rule_id: [(one.fact, one.text, one.turn) for one in each.evidence]
        for each in talk.assessment.fired
    }
    assert evidence["RF16_FEVER_INFECTION"] == [
        ("fever", "present fever", 0),
        ("injected_drugs", "present injected_drugs", 0),
    ]
    assert evidence["RF21_SEVERE_UNCONTROLLED"] == [("pain", "9", 0)]


def test_the_most_dangerous_rules_come_first_and_within_a_level_in_the_order_of_the_book(
    talk: Talk,
) -> None:
    talk.hear(says("sharp_shooting", "fever", "foot_drop", "bladder_change", "saddle_numbness"))
    assert list(talk.fired) == [
        "RF01_SADDLE",
        "RF02_BLADDER",
        "RF16_FEVER_INFECTION",
        "RF07_FOOT_DROP",
        "SS1_SHARP_SHOOTING",
    ]


def test_what_fired_earlier_keeps_its_place_among_what_fires_now(talk: Talk) -> None:
    talk.hear(says("back_pain", pain=9), says("upper_back_pain", pain=4, trend=Trend.BETTER))
    assert list(talk.fired) == ["RF21_SEVERE_UNCONTROLLED", "RF22_THORACIC"]


def test_soon_beats_routine(talk: Talk) -> None:
    talk.hear(says("morning_stiffness_long", onset=hours_ago(3000)))
    assert talk.assessment.timeframe is Timeframe.ROUTINE
    talk.hear(says("sharp_shooting"))
    assert talk.assessment.timeframe is Timeframe.SOON


def test_a_rule_lowered_to_a_provider_means_soon(talk: Talk) -> None:
    talk.hear(says("night_pain", "workout", age=30, onset=hours_ago(12, 24)))
    assert talk.level is PROVIDER
    assert talk.assessment.timeframe is Timeframe.SOON


def test_a_timeframe_belongs_to_the_provider_level_only(talk: Talk) -> None:
    talk.hear(says("sharp_shooting", "fever"))
    assert talk.assessment.timeframe is None
    assert [each.timeframe for each in talk.assessment.fired] == [None, Timeframe.SOON]


def test_with_another_body_part_only_the_red_flags_count(talk: Talk) -> None:
    knee = says("other_body_pain", "worsening", onset=hours_ago(90), topic=Topic.ADJACENT)
    assert talk.hear(knee).level is None
    assert talk.ask == ()
    assert talk.hear(says("fever")).level is URGENT


def test_a_back_that_hurts_as_well_brings_all_rules_back(talk: Talk) -> None:
    talk.hear(says("other_body_pain", onset=hours_ago(90), topic=Topic.ADJACENT))
    talk.hear(says("back_pain"))
    assert "SS3_OVER_TWO_DAYS" in talk.fired


def test_a_knee_mentioned_later_does_not_take_the_level_away(talk: Talk) -> None:
    talk.hear(says("soreness", onset=hours_ago(1, 2), topic=Topic.IN_SCOPE))
    assert talk.level is Level.SELF_CARE
    talk.hear(says("other_body_pain", topic=Topic.ADJACENT))
    assert talk.level is Level.SELF_CARE


@pytest.mark.parametrize("told", [{"pain": 3}, {"trend": Trend.BETTER}])
def test_a_score_or_a_trend_says_that_the_back_hurts_unless_it_is_off_topic(
    told: dict[str, Any], rulebook: RuleBook
) -> None:
    assert "screen:1" in Talk(rulebook).hear(says(**told)).ask
    for topic in (Topic.OFF_TOPIC, Topic.ADJACENT):
        assert "screen:1" not in Talk(rulebook).hear(says(topic=topic, **told)).ask


def test_a_greeting_has_no_level_and_nothing_to_ask(talk: Talk) -> None:
    talk.hear(Reading(topic=Topic.IN_SCOPE))
    assert (talk.level, talk.ask) == (None, ())


def test_self_care_needs_a_known_onset(talk: Talk) -> None:
    talk.hear(says("back_pain"))
    assert talk.level is None
    talk.hear(says(onset=hours_ago(1, 2)))
    assert talk.level is Level.SELF_CARE
    assert talk.assessment.check_again is not None
    assert talk.assessment.check_again > NOW


def test_the_assessment_names_the_knowledge_that_judged(talk: Talk, rulebook: RuleBook) -> None:
    assert talk.assessment.knowledge_version == rulebook.version
