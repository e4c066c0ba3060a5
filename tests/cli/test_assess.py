from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from backchat.cli import app
from backchat.consultation import Consultation

NOW = "2026-11-23T12:00:00+00:00"
FIELDS = {
    "id", "level", "timeframe", "borderline", "rules", "rule_levels", "onset_hours", "trend",
    "pain", "about", "findings", "causes", "topic", "ask",
}  # fmt: skip


def assess(*lines: str | bytes) -> list[dict]:
    given = b"\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)
    result = CliRunner().invoke(app, ["assess", "--jsonl"], input=given)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout_bytes.decode().splitlines()]


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"id": "c", "turns": ["na\u00efve"]}'.encode("latin-1"), "not valid UTF-8"),
        ("[" * 100_000, "nested too deeply"),
        ('{"id": ' + "9" * 10_000 + ', "turns": ["hi"]}', "not valid JSON"),
        ('{"id": NaN, "turns": ["hi"]}', "NaN"),
        ('{"id": 1e999, "turns": ["hi"]}', "`id`"),
        (case("hi", now="0001-01-01T00:00:00+14:00"), "1970 to 2200"),
        (case("hi", now="9999-12-31T23:59:59-14:00"), "1970 to 2200"),
        (case("hi", region="USA"), "region"),
        (case("hi", region=5), "region"),
        (case("hi", timezone=5), "timezone"),
    ],
    ids=[
        "latin-1",
        "deep",
        "digits",
        "nan",
        "infinity",
        "year 1",
        "year 9999",
        "USA",
        "region",
        "timezone",
    ],
)
def test_no_line_ends_the_run(line, said):
    before, after = assess(line, case("my back is stiff since this morning"))
    assert said in before["error"]
    assert "error" not in after


def test_a_byte_order_mark_is_no_part_of_the_first_line():
    (result,) = assess(b"\xef\xbb\xbf" + case("my crotch has gone numb").encode())
    assert result["level"] == "EMERGENCY_NOW"


def test_half_a_character_is_read_over_and_an_id_comes_back_as_it_was():
    (result,) = assess(case("\ud800 my crotch has gone numb", id="\ud800"))
    assert result["level"] == "EMERGENCY_NOW"
    assert result["id"] == "\ud800"


def test_a_text_that_cannot_be_judged_is_reported_and_the_run_goes_on(monkeypatch):
    hear = Consultation.hear

    def fragile(self, episode, text, **rest):
        if text == "break":
            raise RuntimeError("it broke")
        return hear(self, episode, text, **rest)

    monkeypatch.setattr(Consultation, "hear", fragile)
    broken, whole = assess(case("break"), case("my back is stiff since this morning"))
    assert broken == {"id": "c", "error": "RuntimeError: it broke"}
    assert "error" not in whole


def test_an_unknown_time_zone_is_one_sentence():
    result = CliRunner().invoke(app, ["assess", "--timezone", "bogus", "hi"])
    assert result.exit_code == 1
    assert "IANA name" in result.stderr
    assert len(result.stderr.splitlines()) == 1


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
