"""The 10 % rule: facts C5."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backchat.clinical.errors import (
    GoalNotAhead,
    NotAnAmount,
    NothingToBuildOn,
    ProgressionError,
    UnknownUnit,
)
from backchat.clinical.progression import ADD_MORE_LATER, ADD_REPETITIONS, Progression
from backchat.knowledge import Knowledge

RULE = Progression.of(
    10,
    [
        ("lb", "barbell", 5),
        ("kg", "barbell", 2.5),
        ("lb", "dumbbells", 5),
        ("kg", "dumbbells", 2),
        ("minutes", "time", 1),
        ("miles", "distance", 0.1),
        ("km", "distance", 0.1),
        ("reps", "repetitions", 1),
    ],
)


@pytest.mark.parametrize(
    ("current", "unit", "equipment", "exact", "practical", "note"),
    [
        ("10", "lb", "barbell", "11", "10", ADD_REPETITIONS),
        ("20", "lb", "dumbbells", "22", "20", ADD_REPETITIONS),
        ("45", "lb", "barbell", "49.5", "45", ADD_REPETITIONS),
        ("60", "kg", "barbell", "66", "65", None),
        ("100", "kg", "barbell", "110", "110", None),
        ("135", "lb", "barbell", "148.5", "145", None),
        ("225", "lb", "barbell", "247.5", "245", None),
        ("50", "lb", "dumbbells", "55", "55", None),
        ("10", "kg", "dumbbells", "11", "10", ADD_REPETITIONS),
        ("20", "minutes", None, "22", "22", None),
        ("40", "minutes", None, "44", "44", None),
        ("3", "miles", None, "3.3", "3.3", None),
        ("5", "minutes", None, "5.5", "5", ADD_MORE_LATER),
        ("12", "reps", None, "13.2", "13", None),
    ],
)
def test_the_next_step_follows_the_table(
    current: str, unit: str, equipment: str | None, exact: str, practical: str, note: str | None
) -> None:
    step = RULE.next_amount(current, unit, equipment)
    assert (step.exact, step.practical, step.note) == (Decimal(exact), Decimal(practical), note)


@pytest.mark.parametrize(
    ("current", "unit", "percent"),
    [("10", "kg", "20"), ("20", "lb", "25"), ("40", "lb", "12.5"), ("50", "lb", "10")],
)
def test_the_next_dumbbell_may_be_too_big_a_step(current: str, unit: str, percent: str) -> None:
    assert RULE.next_amount(current, unit, "dumbbells").next_percent == Decimal(percent)


def test_an_amount_between_two_increments_goes_to_the_next_one() -> None:
    step = RULE.next_amount("47", "lb", "barbell")
    assert (step.practical, step.next_available) == (Decimal(50), Decimal(50))


@pytest.mark.parametrize(
    ("current", "goal", "steps"),
    [(100, 150, 5), (20, 40, 8), (135, 225, 6), (100, 110, 1), (100, 121, 2), (100, 100.5, 1)],
)
def test_the_steps_to_a_goal(current: float, goal: float, steps: int) -> None:
    assert RULE.steps_to(goal, current) == steps


@pytest.mark.parametrize("nonsense", ["-5", "nan", "inf", "ten", "", "1e999999"])
def test_nonsense_is_refused(nonsense: str) -> None:
    with pytest.raises(NotAnAmount):
        RULE.next_amount(nonsense, "kg")


def test_zero_has_nothing_to_build_on() -> None:
    with pytest.raises(NothingToBuildOn):
        RULE.next_amount(0, "kg")
    with pytest.raises(NothingToBuildOn):
        RULE.steps_to(10, 0)


@pytest.mark.parametrize("goal", [100, 99])
def test_a_goal_has_to_be_ahead(goal: int) -> None:
    with pytest.raises(GoalNotAhead):
        RULE.steps_to(goal, 100)


@pytest.mark.parametrize(("unit", "equipment"), [("stone", None), ("kg", "kettlebell")])
def test_an_unknown_increment_is_refused(unit: str, equipment: str | None) -> None:
    with pytest.raises(UnknownUnit):
        RULE.next_amount(10, unit, equipment)


def test_every_refusal_is_a_value_error() -> None:
    with pytest.raises(ValueError):
        RULE.next_amount("x", "kg")
    assert issubclass(ProgressionError, ValueError)


def test_a_unit_alone_means_its_first_equipment() -> None:
    assert RULE.next_amount(60, "kg").practical == 65


@given(st.decimals(min_value="0.5", max_value=1000, places=1), st.sampled_from(["kg", "lb", "km"]))
def test_no_step_is_ever_more_than_a_tenth(current: Decimal, unit: str) -> None:
    step = RULE.next_amount(current, unit)
    assert current <= step.practical <= step.exact == current * Decimal("1.1")
    assert step.next_available > current


def test_the_numbers_of_the_knowledge_files_fit(knowledge: Knowledge) -> None:
    rule: Any = knowledge.training.ten_percent_rule
    progression = Progression.of(
        rule.percent, [(each.unit, each.equipment, each.step) for each in rule.increments]
    )
    assert progression.next_amount(135, "lb", "barbell").practical == 145
