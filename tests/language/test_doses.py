"""Amounts of medicine in plain words, against what the labels allow."""

from __future__ import annotations

import pytest

from backchat.clinical.reading import Status
from backchat.knowledge import load
from backchat.language.doses import Doses


@pytest.fixture(scope="module")
def doses() -> Doses:
    return Doses(load())


@pytest.mark.parametrize(
    "text",
    [
        "I took 12 Tylenol today",
        "had easily over a dozen paracetamol since this morning",
        "I've had about 5,000 mg of paracetamol",
        "cold capsules plus paracetamol all day, reckon 6 grams",
        "took 4 ibuprofen 400s in one go",
        "9 x 500mg paracetamols taken",
        "been taking 1000mg of acetaminophen every 2 hours",
        "took 4 paracetamol this morning and 6 this afternoon",
        "swallowed 20 tablets",
        "I train 4 times a week. Took ten advil today.",
    ],
)
def test_more_than_any_label_allows_is_too_much(doses: Doses, text: str) -> None:
    assert [excess.status for excess in doses.read(text)] == [Status.PRESENT]


@pytest.mark.parametrize(
    "text",
    [
        "took two paracetamol",
        "took 8 x 500mg paracetamol today",
        "400 mg of ibuprofen three times a day",
        "took 2 ibuprofen and 2 paracetamol",
        "took 12 paracetamol this week",
        "bought a box of 16 paracetamol and had two",
        "haven't taken 12 tylenol",
        "can I take 12 tylenol?",
        "took 12 reps to feel it",
        "500mg naproxen twice a day from my doctor",
        "",
    ],
)
def test_what_a_label_allows_or_nobody_took_is_not_too_much(doses: Doses, text: str) -> None:
    assert doses.read(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "I've taken ibuprofen four times today",
        "took the next ibuprofen early, about 3 hours after the last",
        "took 6-8 nurofen",
        "600mg ibuprofen 3 times a day",
        "14 paracetamol since yesterday",
    ],
)
def test_what_may_be_too_much_is_worth_a_question(doses: Doses, text: str) -> None:
    assert [excess.status for excess in doses.read(text)] == [Status.UNSURE]


def test_an_excess_quotes_the_words_that_say_so(doses: Doses) -> None:
    text = "My back hurts. I took 12 Tylenol today."
    (excess,) = doses.read(text)
    assert text[excess.start : excess.end] == "12 Tylenol"
