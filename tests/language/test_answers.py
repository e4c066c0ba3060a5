"""A message as the answer to the question just asked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_tables import cases

from backchat.clinical.reading import Answer
from backchat.language.answers import read_answer


@pytest.mark.parametrize(("expected", "text"), cases("answers.txt"))
def test_opening_words_answer(expected: str, text: str) -> None:
    answer = read_answer(text)
    assert (answer.value if answer else "none") == expected


@pytest.mark.parametrize("tail", ["", ".", "!!", " thanks", ", just sore", " 🙏"])
@pytest.mark.parametrize(
    ("word", "answer"),
    [("no", Answer.NO), ("NOPE", Answer.NO), ("yes", Answer.YES), ("Yep", Answer.YES)],
)
def test_explanation_leaves_the_answer(word: str, answer: Answer, tail: str) -> None:
    assert read_answer(word + tail) is answer


@pytest.mark.parametrize("symptom", ["numbness", "fever", "chest pain", "feeling", "control"])
def test_no_with_a_symptom_answers_for_that_symptom_only(symptom: str) -> None:
    assert read_answer(f"no {symptom}") is None


@pytest.mark.parametrize(
    "text", ["im 34, none of those", "34, no", "I'm 41 and no to all that", "28 years old. none"]
)
def test_an_age_may_come_before_the_answer_to_a_screening_question(text: str) -> None:
    assert read_answer(text, "screen:10") is Answer.NO
    assert read_answer(text, "clarify:RF01_SADDLE") is None


def test_a_sign_after_an_age_is_no_answer() -> None:
    assert read_answer("34, no feeling in my groin", "screen:10") is None


def test_all_good_is_a_no_to_a_screening_question_only() -> None:
    assert read_answer("all good", "screen:1") is Answer.NO
    assert read_answer("all good", "clarify:RF02_BLADDER") is None


def test_empty_message_is_no_answer() -> None:
    assert read_answer("") is None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=100))
def test_no_text_raises(text: str) -> None:
    read_answer(text)
    read_answer(text, "screen:1")
