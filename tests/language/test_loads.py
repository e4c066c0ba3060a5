"""How much somebody trains, for the ten per cent rule."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backchat.language.loads import read_loads


@pytest.mark.parametrize(
    ("text", "value", "unit", "exercise", "equipment"),
    [
        ("I deadlift 135 lb, how much more may I lift", "135", "lb", "deadlift", "barbell"),
        ("I run 20 min, how much more can I do?", "20", "min", "run", None),
        ("I run 3 miles", "3", "mile", "run", None),
        ("ran a 5k", "5", "km", "run", None),
        ("20 lb dumbbells", "20", "lb", None, "dumbbell"),
        ("two plates on the deadlift", "225", "lb", "deadlift", "barbell"),
        ("i bench 60 kilos", "60", "kg", "bench press", "barbell"),
        ("I squat 100", "100", "", "squat", "barbell"),
        ("i do a 40 min class", "40", "min", "class", None),
        ("1.5 hours of yoga", "1.5", "h", "yoga", None),
        ("a dozen reps of swings", "12", "reps", "swing", None),
        ("did a half marathon", "21.1", "km", None, None),
        ("10 lb", "10", "lb", None, None),
    ],
)
def test_load_is_read_with_its_unit(
    text: str, value: str, unit: str, exercise: str | None, equipment: str | None
) -> None:
    load = read_loads(text)[0]
    assert (load.value, load.unit) == (Decimal(value), unit)
    assert (load.exercise, load.equipment) == (exercise, equipment)
    assert not load.goal


@pytest.mark.parametrize(
    ("text", "now", "goal"),
    [
        ("deadlifting 100kg and want to get to 150", "100", "150"),
        ("from 135 to 225 lb on squats", "135", "225"),
        ("can i go from 20 to 40 minutes", "20", "40"),
        ("I run 5 km and want to run 10 km", "5", "10"),
    ],
)
def test_goal_is_told_from_what_is_done_now(text: str, now: str, goal: str) -> None:
    loads = read_loads(text)
    assert [(load.value, load.goal) for load in loads] == [
        (Decimal(now), False),
        (Decimal(goal), True),
    ]


@pytest.mark.parametrize(
    "text",
    ["I'm 80kg", "i weigh 72 kg", "rest 2 minutes", "pain for 3 days", "my back hurts", "0 kg"],
)
def test_body_weight_rest_and_duration_are_no_load(text: str) -> None:
    assert read_loads(text) == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_text_raises(text: str) -> None:
    assert all(load.value > 0 for load in read_loads(text))
