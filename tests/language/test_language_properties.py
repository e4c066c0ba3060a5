"""What holds for any message."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from language_cases import outcome, read, rows, status

from backchat.clinical.reading import Status

OF_TIME = "SS3_OVER_TWO_DAYS"
FLAGGED = [row for row in rows("phrases_shared") if row["kind"] == "pos"]
FLAGS = [row["text"] for row in FLAGGED if row["rule"] != OF_TIME]
INABILITIES = [
    row["text"] for row in FLAGGED if re.search(r"can'?t|cannot|won'?t|no ", row["text"])
]
HARMLESS = ["my lower back is sore since yesterday", "i did squats", "thanks for your help"]


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_reading_never_raises_and_quotes_the_text(text: str) -> None:
    for found in read(text).findings:
        assert found.text == text[found.start : found.end]


@given(st.sampled_from(FLAGS), st.sampled_from(HARMLESS), st.booleans())
@settings(max_examples=100, deadline=None)
def test_a_harmless_sentence_beside_a_flag_hides_nothing(
    flag: str, harmless: str, first: bool
) -> None:
    text = f"{harmless}. {flag}" if first else f"{flag}. {harmless}"
    assert outcome(flag).rules - {OF_TIME} <= outcome(text).rules


@given(st.sampled_from(FLAGS))
@settings(max_examples=100, deadline=None)
def test_case_and_a_full_stop_change_nothing(flag: str) -> None:
    assert outcome(flag.upper() + ".").rules == outcome(flag).rules


@given(st.sampled_from(["fever", "numbness", "weakness", "leg pain", "bladder trouble"]))
def test_denying_what_nobody_mentioned_raises_no_flag(symptom: str) -> None:
    plain = "my lower back is sore since this morning"
    assert outcome(f"{plain}, no {symptom}").rules == outcome(plain).rules


@pytest.mark.parametrize("symptom", ["numb groin", "numbness between my legs"])
def test_negating_a_finding_removes_it(symptom: str) -> None:
    assert status(symptom, "saddle_numbness") is Status.PRESENT
    assert status(f"no {symptom}", "saddle_numbness") is Status.ABSENT


@pytest.mark.parametrize("opening", ["btw", "hey", "ok so", "also", "no,", "well", "yes and"])
@pytest.mark.parametrize("text", INABILITIES)
def test_no_opening_turns_an_inability_into_a_denial(text: str, opening: str) -> None:
    alarming = {each.concept for each in read(text).findings if each.status is Status.PRESENT}
    for found in read(f"{opening} {text}").findings:
        assert found.concept not in alarming or found.status is not Status.ABSENT


@pytest.mark.parametrize(
    "text", ["can't feel my legs", "my bladder won't empty", "my groin is numb"]
)
def test_a_line_break_inside_a_sentence_changes_nothing(text: str) -> None:
    words = text.split()
    for i in range(1, len(words)):
        broken = f"{' '.join(words[:i])}\n{' '.join(words[i:])}"
        assert outcome(text).rules <= outcome(broken).rules


def test_a_thousand_characters_are_read_within_fifty_milliseconds() -> None:
    text = " ".join(FLAGS)[:1000]
    read(text)
    began = time.process_time()
    for _ in range(5):
        read(text)
    assert (time.process_time() - began) / 5 < 0.05
