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


@pytest.mark.parametrize(
    "text",
    [
        "8 out of 10 people have back pain",
        "ten out of ten for the new smoothie bar",
        "I'd give the class 10 out of 10",
        "the instructor gets a 9 out of 10",
    ],
)
def test_score_of_something_else_is_no_pain(text: str) -> None:
    assert read_pain(text) is None


@pytest.mark.parametrize(
    "text", ["9/10 for pain", "after the workout my back is 9/10", "9 out of 10 for two days"]
)
def test_score_of_pain_is_read_beside_other_words(text: str) -> None:
    assert read_pain(text) == 9


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("F74 back pain after a fall", 74),
        ("72 and fell", 72),
        ("at 71 I should know better", 71),
        ("Mother, 77, opened a jar", 77),
        ("my dad (75) slipped", 75),
        ("my lad's ten", 10),
        ("my grandson of 12 has a sore back", 12),
        ("Age: 15. Sport: rowing", 15),
        ("teenager here, fifteen and a half", 15),
        ("I turn 18 next month", 17),
        ("just turned 18", 18),
    ],
)
def test_age_is_read_however_it_is_put(text: str, age: int) -> None:
    assert read_age(text) == age


@pytest.mark.parametrize(
    "text",
    ["my 2 year old jumped on me", "picked up my 4 year old and felt a pop", "at 60 percent"],
)
def test_child_that_is_carried_has_not_the_age_of_the_person(text: str) -> None:
    assert read_age(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "its 39 degrees outside",
        "hot yoga at 40 degrees",
        "the water was 40c",
        "the room temperature was 39",
        "I can only bend 40 degrees",
    ],
)
def test_heat_of_something_else_is_no_body_temperature(text: str) -> None:
    assert read_temperature(text) is None


def test_fever_counts_even_where_the_weather_is_named() -> None:
    assert read_temperature("my temperature is 39 and I was outside all day") == 39.0


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
