from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from backchat.cli import app

NOW = "2026-11-23T12:00:00+00:00"
FIELDS = {
    "id", "level", "timeframe", "borderline", "rules", "rule_levels", "onset_hours", "trend",
    "pain", "about", "findings", "causes", "topic", "ask",
}  # fmt: skip


def assess(*lines: str) -> list[dict]:
    result = CliRunner().invoke(app, ["assess", "--jsonl"], input="\n".join(lines))
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def case(*turns: str, **fields: object) -> str:
    return json.dumps({"id": "c", "turns": turns, "now": NOW, **fields})


def test_a_result_has_every_field_of_the_contract():
    (result,) = assess(case("my lower back is sore since deadlifts yesterday, 3/10"))
    assert set(result) == FIELDS
    assert result["level"] == "SELF_CARE"
    assert result["pain"] == 3
    assert result["topic"] == "in_scope"


def test_findings_quote_the_persons_words_with_their_place():
    text = "hi! my crotch has gone numb"
    (result,) = assess(case(text))
    finding = next(f for f in result["findings"] if f["concept"] == "saddle_numbness")
    assert text[finding["start"] : finding["end"]] == finding["text"]
    assert result["level"] == "EMERGENCY_NOW"
    assert result["rule_levels"]["RF01_SADDLE"] == "EMERGENCY_NOW"


def test_each_turn_answers_the_first_pending_question_of_the_turn_before():
    (before,) = assess(case("my lower back aches since this morning"))
    assert before["ask"][0] == "screen:1"
    (after,) = assess(case("my lower back aches since this morning", "no"))
    assert "screen:1" not in after["ask"]
    assert "screen:2" in after["ask"]


def test_a_line_that_cannot_be_read_is_reported_and_the_run_goes_on():
    results = assess(
        "{broken", json.dumps(["a list"]), json.dumps({"turns": ["hi"]}),
        json.dumps({"id": "x", "turns": []}), json.dumps({"id": "y", "turns": "hi"}),
        case("hello", now="yesterday"), case("hello", timezone="Mars/Olympus"),
        case("hello", colour="red"), case("my back is stiff since this morning"),
    )  # fmt: skip
    assert ["error" in result for result in results] == [True] * 8 + [False]
    assert results[3]["id"] == "x"
    assert "turns" in results[4]["error"]
    assert "timezone" in results[6]["error"]


@pytest.mark.parametrize("arguments", [["assess"], ["assess", "my back hurts", "--jsonl"]])
def test_a_text_or_jsonl_is_needed_and_not_both(arguments):
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 1
    assert "either a text or --jsonl" in result.stderr


def test_words_say_the_level_the_rule_and_why():
    result = CliRunner().invoke(app, ["assess", "my crotch has gone numb"])
    assert "Level: EMERGENCY_NOW" in result.stdout
    assert "RF01_SADDLE" in result.stdout
    assert "nerves" in result.stdout
