"""Where the grammar and the statistical reader meet: they confirm, question and complete."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import cache

import pytest

from backchat.clinical.reading import Status
from backchat.knowledge import load
from backchat.language.reader import Reader
from backchat.language.second_opinion import UNDERSTOOD_MARGIN

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
SADDLE, DARK_URINE = "RF01_SADDLE", "RF12_RHABDO"


class Says:
    """A statistical reader with a fixed opinion."""

    def __init__(
        self, sure: Collection[str] = (), by: float = 0.0, dismissed: Collection[str] = ()
    ) -> None:
        self._sure, self._by, self._dismissed = tuple(sure), by, dismissed

    def suspects(self, margin: float = 0.0) -> tuple[str, ...]:
        return self._sure

    def is_sure_of(self, margin: float = 0.0) -> tuple[str, ...]:
        return self._sure if margin <= self._by else ()

    def prefers(self, rule: str, others: Collection[str], margin: float) -> bool:
        return margin <= self._by

    def dismisses(self, rule: str) -> bool:
        return rule in self._dismissed


opinion = Says()
"""What the statistical reader says just now."""


@cache
def reader() -> Reader:
    return Reader(load(), lambda _text: opinion)


def statuses(text: str, says: Says, question: str | None = None) -> dict[str, Status]:
    global opinion
    opinion = says
    reading = reader().read(text, now=NOW, question=question)
    return {each.concept: each.status for each in reading.findings}


def test_what_it_is_sure_of_is_there_if_the_vocabulary_bears_it_out() -> None:
    text = "funny old business with the saddle area, cotton wool all over it since the rowing"
    assert statuses(text, Says([SADDLE]))["saddle_numbness"] is Status.PRESENT


def test_what_it_is_sure_of_without_any_vocabulary_is_only_asked() -> None:
    found = statuses("the quokka climbed onto the veranda", Says([SADDLE]))
    assert found["saddle_numbness"] is Status.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "what if my saddle area goes like cotton wool",
        "there was an odd business about the saddle area years ago",
        "not sure whether my saddle area is like cotton wool",
    ],
)
def test_it_never_overrules_how_the_words_are_meant(text: str) -> None:
    found = statuses(text, Says([SADDLE], by=UNDERSTOOD_MARGIN))
    assert found.get("saddle_numbness") is not Status.PRESENT


def test_what_the_grammar_denied_stays_denied() -> None:
    text = "no numbness between my legs"
    found = statuses(text, Says([SADDLE], by=UNDERSTOOD_MARGIN))
    assert found["saddle_numbness"] is Status.ABSENT


def test_what_it_takes_for_harmless_in_every_part_becomes_a_question() -> None:
    text = "my crotch has gone numb"
    assert statuses(text, Says())["saddle_numbness"] is Status.PRESENT
    found = statuses(text, Says(dismissed=[SADDLE]))
    assert found["saddle_numbness"] is Status.UNSURE


def test_it_does_not_question_an_answer() -> None:
    found = statuses("my crotch is numb", Says(dismissed=[SADDLE]), f"clarify:{SADDLE}")
    assert found["saddle_numbness"] is Status.PRESENT


def test_it_does_not_question_other_rules() -> None:
    found = statuses("my crotch has gone numb", Says(dismissed=[DARK_URINE]))
    assert found["saddle_numbness"] is Status.PRESENT


@pytest.mark.parametrize(
    ("text", "fact", "rule"),
    [
        ("I'm 30 weeks pregnant and my back aches", "pregnant", "RF23_PREGNANCY"),
        ("I play for the under 15s and my back aches", "minor", "RF24_MINOR"),
    ],
)
def test_a_fact_about_the_person_is_no_matter_of_opinion(text: str, fact: str, rule: str) -> None:
    assert statuses(text, Says(dismissed=[rule]))[fact] is Status.PRESENT
