"""The gate reads everything, breaks nothing, and never takes back an alarm."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from backchat.assistant import memory
from backchat.assistant.alarms import Alarm
from backchat.assistant.memory import Memory
from backchat.assistant.safety_gate import MOST_WINDOWS, OVERLAP, WINDOW, SafetyGate, windows
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation, shared

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
RED_FLAG = "my crotch is numb"
EMERGENCY = Alarm("R01", "emergency")
with open("domain.yml", encoding="utf-8") as domain:
    RESPONSES = yaml.safe_load(domain)["responses"]


@pytest.fixture
def gate() -> SafetyGate:
    return SafetyGate(shared(), RESPONSES)


async def alarm_in(gate: SafetyGate, text: str, known: Memory | None = None) -> Alarm | None:
    return await gate.alarm_in(text, now=NOW, timezone="UTC", memory=known)


@pytest.mark.parametrize("prefix", ["", "/", "/ /", "\t/\xa0/", "\u200b/"])
async def test_words_after_a_slash_are_read(gate: SafetyGate, prefix: str) -> None:
    alarm = await alarm_in(gate, prefix + RED_FLAG)
    assert alarm is not None
    assert alarm.kind == "emergency"


@pytest.mark.parametrize("before", [0, 990, 3_000])
async def test_a_red_flag_is_found_anywhere_in_a_long_text(gate: SafetyGate, before: int) -> None:
    text = "hello. " * (before // 7) + RED_FLAG + ". " + "hello. " * 300
    assert await alarm_in(gate, text) is not None


async def test_a_yes_is_judged_by_what_was_asked(gate: SafetyGate) -> None:
    rulebook = shared().knowledge.rulebook
    emergency = next(rule for rule in rulebook.rules if rule.level.name == "EMERGENCY_NOW")
    assert await alarm_in(gate, "yes") is None
    assert await alarm_in(gate, "yes", Memory(Episode(), (emergency.question,))) is not None


async def test_a_reader_that_breaks_is_logged_without_words(
    gate: SafetyGate, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any, **__: Any) -> None:
        raise RuntimeError(RED_FLAG)

    monkeypatch.setattr(Consultation, "hear", breaks)
    assert await alarm_in(gate, RED_FLAG) is None
    assert "RuntimeError" in caplog.text
    assert RED_FLAG not in caplog.text


def test_an_alarm_that_was_said_stays_and_is_not_said_twice(gate: SafetyGate) -> None:
    said = [gate.answer(EMERGENCY, "GB"), {"text": "What I noted …"}]
    completed = gate.complete(said, EMERGENCY, "GB")
    assert completed[:-1] == said
    assert completed[-1] == gate.answer(None, "GB")


def test_an_alarm_that_was_not_said_goes_first(gate: SafetyGate) -> None:
    half = {"text": "Half an answ"}
    assert gate.complete([half], EMERGENCY, "GB") == [gate.answer(EMERGENCY, "GB"), half]


@pytest.mark.parametrize("length", [0, 1, WINDOW, WINDOW + 1, 5_000, 12_345])
def test_windows_cover_the_text_and_overlap(length: int) -> None:
    text = "".join(chr(0x4E00 + place) for place in range(length))
    read = windows(text)
    assert set("".join(read)) == set(text)
    assert all(len(window) <= WINDOW for window in read)
    for cut in range(0, max(length - OVERLAP, 1), 97):
        assert any(text[cut : cut + OVERLAP] in window for window in read)


def test_a_huge_text_is_read_from_both_ends_in_bounded_time() -> None:
    text = "a" * 30_000 + "b" * 30_000
    read = windows(text)
    assert len(read) == MOST_WINDOWS
    assert read[0] == text[:WINDOW]
    assert text.endswith(read[1])


class Store:
    """A tracker store that holds one tracker's slots, or fails."""

    def __init__(self, slots: dict[str, Any] | None, error: Exception | None = None) -> None:
        self.slots = slots
        self.error = error

    async def retrieve(self, sender: str) -> Any:
        if self.error:
            raise self.error
        return None if self.slots is None else SimpleNamespace(get_slot=self.slots.get)


def app_with(store: Store) -> Any:
    return SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(tracker_store=store)))


async def test_the_memory_is_what_the_tracker_knew() -> None:
    known = await memory.of(app_with(Store({"episode": None, "asked": ["saddle"]})), "web-1")
    assert known == Memory(Episode(), ("saddle",))


@pytest.mark.parametrize(
    "store",
    [Store(None), Store({"episode": {"version": -1}}), Store({}, RuntimeError("down"))],
)
async def test_the_memory_is_empty_where_it_cannot_be_had(store: Store) -> None:
    assert await memory.of(app_with(store), "web-1") == Memory()
