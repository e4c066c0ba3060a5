"""Going through the stretches, in words as on the page."""

from __future__ import annotations

from typing import Any

import pytest
from visiting import Answer, Records, Visitor

WARNING_SIGNS = ("the pain is sharp", "the pain goes down my leg", "I feel tingling or numbness")


def card(answer: Answer, kind: str) -> dict[str, Any]:
    return next(m["card"] for m in answer.messages if (m["card"] or {}).get("type") == kind)


def hurt(visitor: Visitor, stretch: str) -> Answer:
    return visitor.press(
        card(visitor.say("which stretches?"), "session")["offers"][stretch]["payload"]
    )


def test_the_session_card_has_what_the_player_needs_of_each_stretch(visitor: Visitor) -> None:
    session = card(visitor.say("which stretches?"), "session")

    assert len(session["stretches"]) == 5
    for stretch in session["stretches"]:
        assert stretch["steps"]
        assert stretch["repetitions"] >= 1
        assert stretch["hold_seconds"] >= 0
        assert stretch["sides"] in (1, 2)
        assert stretch["image"]["src"] == f"/chat/drawings/{stretch['id']}.svg"
        assert stretch["image"]["alt"]
        assert stretch["id"] in session["offers"]


def test_back_returns_to_the_stretch_before(visitor: Visitor) -> None:
    visitor.say("which stretches?")
    first = card(visitor.say("next"), "stretch")["name"]
    second = card(visitor.say("next"), "stretch")["name"]

    assert first != second
    assert card(visitor.say("go back"), "stretch")["name"] == first


def test_skip_passes_over_a_stretch_when_no_question_is_open(visitor: Visitor) -> None:
    visitor.say("which stretches?")
    first = card(visitor.say("next"), "stretch")["name"]

    assert card(visitor.say("skip"), "stretch")["name"] != first


def test_a_stretch_that_hurts_is_stopped_and_rechecked(visitor: Visitor) -> None:
    answer = hurt(visitor, "knee_hug")

    assert "stop the knee hug" in answer.text
    assert "sharp" in answer.messages[-1]["text"]
    assert set(WARNING_SIGNS) < set(answer.payloads)


def test_said_in_words_it_means_the_stretch_that_was_last_explained(visitor: Visitor) -> None:
    visitor.say("how do I do cat cow")

    assert "stop the cat-cow" in visitor.say("it hurts").text


def test_without_a_warning_sign_the_others_go_on_and_that_one_is_left_out(
    visitor: Visitor,
) -> None:
    hurt(visitor, "knee_hug")

    assert "/next" in visitor.press("/deny").payloads
    session = card(visitor.say("which stretches?"), "session")
    assert [each["id"] for each in session["stretches"] if each["id"] == "knee_hug"] == []
    assert len(session["stretches"]) == 4


@pytest.mark.parametrize("sign", WARNING_SIGNS)
def test_a_warning_sign_is_judged_by_the_rules(visitor: Visitor, sign: str) -> None:
    hurt(visitor, "knee_hug")

    assert visitor.press(sign).levels == ["SEE_PROVIDER"]


def test_a_bare_yes_to_the_recheck_is_never_taken_as_harmless(visitor: Visitor) -> None:
    hurt(visitor, "knee_hug")

    answer = visitor.say("yes")

    assert "/next" not in answer.payloads
    assert set(WARNING_SIGNS) < set(answer.payloads)


def test_a_red_flag_in_the_recheck_is_an_emergency_without_stretches(visitor: Visitor) -> None:
    hurt(visitor, "knee_hug")

    answer = visitor.say("yes and I can't feel anything between my legs since just now")

    assert answer.is_emergency
    assert visitor.say("next").is_emergency


def test_worse_after_the_stretches_is_recorded_and_sent_to_a_provider(
    visitor: Visitor, records: Records
) -> None:
    offers = card(visitor.say("which stretches?"), "session")["offers"]

    answer = visitor.press(offers["worse"]["payload"])

    assert "further down a leg" in answer.text
    assert answer.levels == ["SEE_PROVIDER"]
    assert "SS4_WORSENING" in records.judgement(visitor).rules
    assert (answer.messages[-1]["card"] or {}).get("type") == "pain_scale"


def test_better_after_the_stretches_raises_nothing_and_asks_for_a_score(
    visitor: Visitor, records: Records
) -> None:
    offers = card(visitor.say("which stretches?"), "session")["offers"]

    answer = visitor.press(offers["better"]["payload"])
    visitor.say("2")

    assert answer.levels == []
    assert (answer.messages[-1]["card"] or {}).get("type") == "pain_scale"
    assert records.judgement(visitor).report["report"]["pain"][-1]["score"] == 2


def test_after_the_last_stretch_it_asks_how_it_went(visitor: Visitor) -> None:
    visitor.say("which stretches?")
    answer = visitor.say("next")
    while answer.messages[0]["card"]:
        answer = visitor.press("/next")

    assert '/after_stretching{"trend":"worse"}' in answer.payloads
    assert "{hours}" not in visitor.say("better").text


def test_a_payload_that_no_card_offered_is_refused(visitor: Visitor) -> None:
    visitor.say("hi")

    assert visitor.press('/report_hurts{"stretch":"knee_hug"}').status == 400
