"""Conditions of the rule book: both sides of each limit, and the words that make one hold."""

from __future__ import annotations

import pytest
from clinical_talk import NOW, hours_ago, says

from backchat.clinical.conditions import Evidence, Facts
from backchat.clinical.reading import Trend
from backchat.clinical.report import SymptomReport
from backchat.clinical.rules import (
    AgeAtLeast,
    AgeBelow,
    AllOf,
    AnyOf,
    AtLeast,
    Concept,
    Condition,
    OverHours,
    PainAtLeast,
    PainAtMost,
    TrendIs,
    WithinHours,
    WorseWith,
)
from backchat.clinical.statuses import CERTAIN

MEASURED = says(
    age=30, pain=5, onset=hours_ago(10, 20), trend=Trend.WORSE, aggravators=("bending",)
)
KNOWN = SymptomReport().take_in(says("fever"), 1, NOW).take_in(MEASURED, 3, NOW)

FEVER = Evidence("fever", "present fever", 1)
AGE = Evidence("age", "30")

HOLDS: list[tuple[Condition, Evidence]] = [
    (AgeBelow(31), AGE),
    (AgeAtLeast(30), AGE),
    (PainAtLeast(5), Evidence("pain", "5", 3)),
    (PainAtMost(5), Evidence("pain", "5", 3)),
    (OverHours(10), Evidence("onset", "then")),
    (WithinHours(20), Evidence("onset", "then")),
    (TrendIs(Trend.WORSE), Evidence("trend", "worse")),
    (WorseWith("bending"), Evidence("worse_with", "bending")),
    (Concept("fever"), FEVER),
]


def support(condition: Condition, report: SymptomReport = KNOWN) -> tuple[Evidence, ...] | None:
    return Facts(report, NOW, CERTAIN).support(condition)


@pytest.mark.parametrize(("condition", "evidence"), HOLDS)
def test_a_condition_that_holds_names_what_makes_it_hold(
    condition: Condition, evidence: Evidence
) -> None:
    assert support(condition) == (evidence,)


@pytest.mark.parametrize(
    "condition",
    [
        AgeBelow(30),
        AgeAtLeast(31),
        PainAtLeast(6),
        PainAtMost(4),
        OverHours(11),
        WithinHours(19),
        TrendIs(Trend.SAME),
        WorseWith("sitting"),
        Concept("chills"),
    ],
)
def test_one_step_beyond_its_limit_a_condition_does_not_hold(condition: Condition) -> None:
    assert support(condition) is None


@pytest.mark.parametrize("condition", [condition for condition, _ in HOLDS])
def test_what_is_unknown_makes_no_condition_hold(condition: Condition) -> None:
    assert support(condition, SymptomReport()) is None


def test_several_parts_hold_by_the_words_of_all_that_do() -> None:
    parts = (Concept("fever"), Concept("chills"), AgeBelow(31), AgeAtLeast(30))
    assert support(AnyOf(parts)) == support(AtLeast(3, parts)) == (FEVER, AGE)
    assert support(AtLeast(4, parts)) is None
    assert support(AllOf(parts)) is None
    assert support(AllOf(parts[2:])) == (AGE,)
