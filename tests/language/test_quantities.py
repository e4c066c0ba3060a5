"""Pain scores, ages, temperatures and weeks of pregnancy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_tables import cases

from backchat.language.quantities import (
    read_age,
    read_pain,
    read_pregnancy_weeks,
    read_temperature,
)

READERS: dict[str, Callable[[str], float | None]] = {
    "p": read_pain,
    "P": lambda text: read_pain(text, "pain"),
    "a": read_age,
    "A": lambda text: read_age(text, "age"),
    "t": read_temperature,
    "w": read_pregnancy_weeks,
}


@pytest.mark.parametrize(("label", "text"), cases("quantities.txt"))
def test_number_is_read_as_what_it_states(label: str, text: str) -> None:
    reader, value = label.split()
    expected = None if value == "-" else float(value)
    assert READERS[reader](text) == expected


@pytest.mark.parametrize("score", range(11))
def test_every_score_out_of_ten_is_read(score: int) -> None:
    assert read_pain(f"my back is {score}/10") == score
    assert read_pain(f"pain {score} out of ten") == score
    assert read_pain(str(score), "pain") == score


@pytest.mark.parametrize("age", range(1, 121))
def test_every_stated_age_is_read(age: int) -> None:
    assert read_age(f"I'm {age} years old and my back hurts") == age
    assert read_age(str(age), "age") == age


@pytest.mark.parametrize("unit", ["kg", "lb", "reps", "weeks pregnant", "minutes", "stone", "%"])
def test_other_units_are_no_age_and_no_score(unit: str) -> None:
    assert read_age(f"I'm 35 {unit}") is None
    assert read_pain(f"it is 5 {unit}") is None


def test_present_score_beats_an_earlier_one() -> None:
    assert read_pain("it's a 4 right now, was 7 this morning") == 4
    assert read_pain("started as a 3, now a 7") == 7


def test_fahrenheit_is_converted() -> None:
    assert read_temperature("100.4 F") == 38.0
    assert read_temperature("temperature of 101") == 38.3


SAID = "7 / 10 out of pain is a im 35 years old temp 38.6 f c ½ - ( ~ yo"


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(
            st.sampled_from(SAID.split()),
            max_size=20,
        ).map(" ".join),
    )
)
def test_no_text_raises_and_values_stay_in_range(text: str) -> None:
    for question in (None, "pain", "age"):
        pain, age = read_pain(text, question), read_age(text, question)
        assert pain is None or 0 <= pain <= 10
        assert age is None or 1 <= age <= 120
    celsius = read_temperature(text)
    assert celsius is None or 33 <= celsius <= 44
    weeks = read_pregnancy_weeks(text)
    assert weeks is None or 1 <= weeks <= 45
