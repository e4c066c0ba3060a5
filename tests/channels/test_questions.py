"""Questions that a person asks, and what every answer must have in it."""

from __future__ import annotations

import re

import pytest
from visiting import Visitor

SCREENING = "numbness, tingling or an odd feeling around the genitals"
STRETCHES = ("Back rotation stretch", "Knee hug", "Child's pose", "Cat-cow", "Prone press-up")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what's the deal with ice vs heat", ["10–15 minutes", "ice", "heat", "towel"]),
        ("which stretches?", [*STRETCHES, "Stop if"]),
        ("I run 20 min, how much more can I do?", ["20 min", "22 min"]),
        ("I deadlift 135 lb, how much more may I lift?", ["135 lb", "148.5 lb", "145 lb"]),
        ("why does it hurt", ["usual reasons", "no sign of damage"]),
        ("should I rest in bed or keep moving?", ["Keep moving", "walking"]),
        ("when can I train again?", ["out of 10"]),
        ("how should I warm up?", ["5–10 minutes"]),
        ("when should I worry about my back?", ["healthcare provider", "genitals", "both legs"]),
        ("should I see a physical therapist?", ["physical therapist"]),
        ("which number do I call in an emergency?", ["911", "1-800-222-1222", "988"]),
        ("are you a real person or a bot", ["program", "no clinician has reviewed"]),
        ("can I talk to a human please", ["physical therapist", "911"]),
    ],
)
def test_a_question_is_answered_at_once(
    visitor: Visitor, question: str, expected: list[str]
) -> None:
    answer = visitor.say(question)
    assert [words for words in expected if words.lower() not in answer.text.lower()] == []
    assert not answer.is_emergency


def test_a_stretch_is_explained_step_by_step(visitor: Visitor) -> None:
    answer = visitor.say("how do I do cat cow")
    card = next(m["card"] for m in answer.messages if m["card"])
    assert (card["type"], card["name"]) == ("stretch", "Cat-cow")
    assert len(card["steps"]) >= 3
    assert card["dose"]
    assert card["skip_if"]


def test_next_goes_through_all_stretches_and_asks_how_it_went(visitor: Visitor) -> None:
    visitor.say("which stretches?")
    explained = []
    answer = visitor.say("next")
    while card := answer.messages[0]["card"]:
        explained.append(card["name"])
        answer = visitor.press("/next")
    assert sorted(explained) == sorted(STRETCHES)
    assert '/after_stretching{"trend":"better"}' in answer.payloads


def test_a_medicine_is_blocked_for_somebody_on_warfarin(visitor: Visitor) -> None:
    answer = visitor.say("can I take Advil? I'm on warfarin")
    assert "pharmacist or doctor" in answer.text
    assert "blood" in answer.text
    assert not re.search(r"\d+\s*mg", answer.text)


def test_a_label_is_given_only_with_the_question_whether_it_is_safe(visitor: Visitor) -> None:
    answer = visitor.say("I'm 35, can I take ibuprofen?")
    assert "if they are safe for you" in answer.text
    assert "pharmacist or doctor first" in answer.text


def test_keyboard_mash_is_not_understood_and_gets_three_ways_on(visitor: Visitor) -> None:
    answer = visitor.say("asdf")
    assert "did not understand" in answer.text
    assert len(answer.payloads) == 3
    assert all(visitor.press(payload).status == 200 for payload in answer.payloads)


def test_the_weather_is_kindly_out_of_scope(visitor: Visitor) -> None:
    answer = visitor.say("what's the weather")
    assert "outside what I know" in answer.text
    assert answer.payloads


@pytest.mark.parametrize(
    "said", ["my knee hurts", "my elbow aches after push ups", "i have shoulder pain"]
)
def test_another_body_part_is_outside_what_it_knows(said: str, visitor: Visitor) -> None:
    answer = visitor.say(said)
    assert "outside what I know well" in answer.text
    assert "lower back" in answer.text
    assert "did not understand" in visitor.say("asdf").text


@pytest.mark.parametrize("said", ["yes", "my lower back too", "yes my lower back too"])
def test_a_lower_back_that_hurts_as_well_begins_the_interview(said: str, visitor: Visitor) -> None:
    visitor.say("my knee hurts")
    answer = visitor.say(f"{said}, since yesterday's squats")
    assert SCREENING in answer.text


def test_a_lower_back_that_is_well_ends_it(visitor: Visitor) -> None:
    visitor.say("my knee hurts")
    answer = visitor.say("no just the knee")
    assert "healthcare provider" in answer.text
    assert SCREENING not in answer.text


def test_danger_in_that_answer_wins(visitor: Visitor) -> None:
    visitor.say("my knee hurts")
    assert visitor.say("no, but i cant pee since this morning").is_emergency


def test_a_question_that_is_not_understood_is_explained_and_put_again(visitor: Visitor) -> None:
    visitor.say("my lower back is sore since deadlifts yesterday")
    answer = visitor.say("what do you mean")
    assert answer.question is not None
    assert "rare" in answer.text


def test_another_body_part_beside_the_back_changes_nothing(visitor: Visitor) -> None:
    visitor.say("my lower back is sore since deadlifts yesterday")
    assert "outside what I know" not in visitor.say("my knee hurts too").text


def test_every_answer_to_the_opening_is_offered_as_a_button_and_works(server: str) -> None:
    payloads = Visitor(server).say("hi").payloads
    assert len(payloads) == 5
    for payload in payloads:
        visitor = Visitor(server)
        visitor.say("hi")
        answer = visitor.press(payload)
        assert answer.status == 200
        assert "did not understand" not in answer.text
