"""Phrases in people's own words: which flags they raise, which they do not, and what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from language_cases import NOW, level_of, outcome, read, rows

from backchat.clinical.levels import Level

SHARED = rows("phrases_shared")
TUNE = rows("phrases_tune")
LATER = rows("phrases_tune2")
EMERGENCIES = rows("phrases_emergency3")
OTHER = rows("phrases_other3")
BLIND = [*rows("phrases_blind"), *rows("phrases_blind2")]
"""Written by people who knew neither grammar nor examples, and never tuned on."""
HARD = rows("phrases_blind3")
"""Also never tuned on, by writers who were asked for what is hard: told in passing, hinted at."""
STATUS = rows("status_tune")
RULES = sorted({row["rule"] for row in SHARED})
ASKED_FOR_ONSET = "SS3_OVER_TWO_DAYS"

Row = dict[str, Any]


def of_kind(listed: Iterable[Row], *kinds: str) -> list[Row]:
    return [row for row in listed if row["kind"] in kinds]


def share(listed: list[Row], holds: Callable[[Row], bool]) -> float:
    return sum(map(holds, listed)) / len(listed)


def fires(row: Row) -> bool:
    found = outcome(row["text"])
    return (
        row["rule"] in found.rules
        and found.level is not None
        and found.level >= level_of(row["rule"])
    )


def is_silent(row: Row) -> bool:
    return not fires(row) and not outcome(row["text"]).asks


def asks_needlessly(row: Row) -> bool:
    return f"clarify:{row['rule']}" in outcome(row["text"]).asks


@pytest.mark.parametrize("row", of_kind(SHARED, "pos"), ids=lambda row: row["id"])
def test_a_flag_in_plain_words_fires_at_its_level(row: Row) -> None:
    assert fires(row)


@pytest.mark.parametrize("row", of_kind(SHARED, "neg", "look"), ids=lambda row: row["id"])
def test_a_denied_or_lookalike_phrase_does_not_fire_its_flag(row: Row) -> None:
    assert row["rule"] not in outcome(row["text"]).rules


@pytest.mark.parametrize("row", of_kind(SHARED, "ask"), ids=lambda row: row["id"])
def test_a_doubtful_phrase_leads_to_a_question(row: Row) -> None:
    if row["rule"] == ASKED_FOR_ONSET:
        found = read(row["text"])
        hours = found.onset.hours_before(NOW) if found.onset else None
        assert hours is None or hours[0] < 48 < hours[1]
    else:
        assert outcome(row["text"]).asks


TABLES = pytest.mark.parametrize(
    "table",
    [TUNE, LATER, EMERGENCIES, OTHER],
    ids=["tune", "tune2", "emergency3", "other3"],
)


@pytest.mark.parametrize("rule", RULES)
def test_nearly_every_phrase_of_a_flag_fires_it(rule: str) -> None:
    phrases = [row for row in of_kind(TUNE, "pos") if row["rule"] == rule]
    assert share(phrases, fires) >= 0.9


@pytest.mark.parametrize("table", [TUNE, LATER, EMERGENCIES], ids=["tune", "tune2", "emergency3"])
def test_nearly_every_emergency_phrase_fires_its_flag(table: list[Row]) -> None:
    phrases = [row for row in of_kind(table, "pos") if level_of(row["rule"]) is Level.EMERGENCY_NOW]
    assert share(phrases, fires) >= 0.96


@TABLES
def test_nearly_every_phrase_fires_its_flag(table: list[Row]) -> None:
    assert share(of_kind(table, "pos"), fires) >= 0.93


@TABLES
def test_hardly_any_flag_phrase_passes_without_a_level_or_a_question(table: list[Row]) -> None:
    assert share(of_kind(table, "pos"), is_silent) <= 0.01


@TABLES
def test_hardly_any_harmless_phrase_raises_a_false_alarm(table: list[Row]) -> None:
    harmless = of_kind(table, "neg", "look")
    assert share(harmless, lambda row: row["rule"] in outcome(row["text"]).rules) <= 0.03


@TABLES
def test_few_harmless_phrases_lead_to_a_needless_question(table: list[Row]) -> None:
    assert share(of_kind(table, "neg", "look"), asks_needlessly) <= 0.08


@pytest.mark.parametrize("row", STATUS, ids=lambda row: row["id"])
def test_context_decides_how_a_symptom_is_meant(row: Row) -> None:
    found = outcome(row["text"])
    assert set(row["rules_fire"]) <= found.rules
    assert found.rules.isdisjoint(row["rules_not_fire"])
    assert {f"clarify:{rule}" for rule in row["ask"]} <= found.asks


def test_phrases_that_nobody_tuned_on_are_read_nearly_as_well() -> None:
    found, harmless = of_kind(BLIND, "pos"), of_kind(BLIND, "neg", "look")
    urgent = [row for row in found if level_of(row["rule"]) is Level.EMERGENCY_NOW]
    assert share(urgent, fires) >= 0.92
    assert share(found, fires) >= 0.93
    assert share(found, is_silent) <= 0.02
    assert share(harmless, lambda row: row["rule"] in outcome(row["text"]).rules) <= 0.03
    assert share(harmless, asks_needlessly) <= 0.1


def test_what_is_only_hinted_at_is_mostly_read_and_hardly_ever_passed_over() -> None:
    found, harmless = of_kind(HARD, "pos"), of_kind(HARD, "neg", "look")
    found = [row for row in found if row["rule"] != ASKED_FOR_ONSET]
    assert share(found, fires) >= 0.82
    assert share(found, is_silent) <= 0.08
    assert share(harmless, lambda row: row["rule"] in outcome(row["text"]).rules) <= 0.15
    assert share(harmless, asks_needlessly) <= 0.1
