"""Where the grammar and the statistical reader meet: they confirm, question and complete."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import pytest

from backchat.clinical.reading import Status
from backchat.knowledge import Knowledge, load
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


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def statuses(knowledge: Knowledge, text: str, opinion: Says, question: str | None = None) -> dict:
    reader = Reader(knowledge, lambda _text: opinion)
    reading = reader.read(text, now=NOW, question=question)
    return {each.concept: each.status for each in reading.findings}


def test_what_it_is_sure_of_is_there_if_the_vocabulary_bears_it_out(knowledge: Knowledge) -> None:
    text = "funny old business with the saddle area, cotton wool all over it since the rowing"
    assert statuses(knowledge, text, Says([SADDLE]))["saddle_numbness"] is Status.PRESENT


def test_what_it_is_sure_of_without_any_vocabulary_is_only_asked(knowledge: Knowledge) -> None:
    found = statuses(knowledge, "the quokka climbed onto the veranda", Says([SADDLE]))
    assert found["saddle_numbness"] is Status.UNSURE


@pytest.mark.parametrize(
    "text",
    [
        "what if my saddle area goes like cotton wool",
        "there was an odd business about the saddle area years ago",
        "not sure whether my saddle area is like cotton wool",
    ],
)
def test_it_never_overrules_how_the_words_are_meant(knowledge: Knowledge, text: str) -> None:
    found = statuses(knowledge, text, Says([SADDLE], by=UNDERSTOOD_MARGIN))
    assert found.get("saddle_numbness") is not Status.PRESENT


def test_what_the_grammar_denied_stays_denied(knowledge: Knowledge) -> None:
    text = "no numbness between my legs"
    found = statuses(knowledge, text, Says([SADDLE], by=UNDERSTOOD_MARGIN))
    assert found["saddle_numbness"] is Status.ABSENT


def test_what_it_takes_for_harmless_in_every_part_becomes_a_question(knowledge: Knowledge) -> None:
    text = "my crotch has gone numb"
    assert statuses(knowledge, text, Says())["saddle_numbness"] is Status.PRESENT
    found = statuses(knowledge, text, Says(dismissed=[SADDLE]))
    assert found["saddle_numbness"] is Status.UNSURE


def test_it_does_not_question_an_answer(knowledge: Knowledge) -> None:
    found = statuses(knowledge, "my crotch is numb", Says(dismissed=[SADDLE]), f"clarify:{SADDLE}")
    assert found["saddle_numbness"] is Status.PRESENT


def test_it_does_not_question_other_rules(knowledge: Knowledge) -> None:
    found = statuses(knowledge, "my crotch has gone numb", Says(dismissed=[DARK_URINE]))
    assert found["saddle_numbness"] is Status.PRESENT
