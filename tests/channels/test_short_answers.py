"""Cards that keep an answer short, and what they must not hide."""

from __future__ import annotations

from typing import Any

from visiting import Answer, Visitor


def card(answer: Answer, kind: str) -> dict[str, Any]:
    return next(m["card"] for m in answer.messages if (m["card"] or {}).get("type") == kind)


def test_a_reason_brings_the_persons_words_the_rule_and_its_sources(visitor: Visitor) -> None:
    [reason] = card(visitor.say("my lower back has hurt for four days"), "assessment")["reasons"]

    assert reason["quotes"] == ["four days"]
    assert reason["rule"] == "SS3_OVER_TWO_DAYS"
    assert reason["name"]
    assert reason["sources"]


def test_the_safety_net_is_open_the_first_time_and_may_fold_after_that(visitor: Visitor) -> None:
    first = card(visitor.say("my lower back has hurt for four days"), "assessment")
    second = card(visitor.say("and it is getting worse"), "assessment")

    assert (first["folds_net"], second["folds_net"]) == (False, True)
    assert first["safety_net"] == second["safety_net"]


def test_an_urgent_result_never_folds_it(visitor: Visitor) -> None:
    visitor.say("my lower back has hurt for four days")

    assert card(visitor.say("and I have a fever and chills"), "assessment")["folds_net"] is False


def test_words_that_give_no_time_get_the_day_and_time_to_pick(visitor: Visitor) -> None:
    answer = visitor.say("my lower back is sore")
    while "begin" not in answer.messages[-1]["text"]:
        answer = visitor.say("35" if "old" in answer.messages[-1]["text"] else "no")

    again = visitor.say("it crept up on me")

    assert again.messages[-1]["card"]["type"] == "duration"
    assert "three to seven days ago" in again.payloads


def test_a_result_without_advice_has_no_empty_line(visitor: Visitor) -> None:
    answer = visitor.say("I'm 14 and my lower back has hurt for four days")

    text = "\n".join(message["text"] for message in answer.messages)
    assert "\n\n" not in text
    assert "{" not in text


def test_no_label_is_given_before_the_age_is_known(visitor: Visitor) -> None:
    asked = visitor.say("can I take ibuprofen?")
    answered = visitor.say("35")

    assert "mg" not in asked.text
    assert "how old" in asked.text
    assert "200 mg" in answered.text


def test_under_18_no_label_is_given(visitor: Visitor) -> None:
    visitor.say("can I take ibuprofen?")

    assert "mg" not in visitor.say("16").text


def test_who_keeps_their_age_to_themselves_is_sent_to_a_pharmacist(visitor: Visitor) -> None:
    visitor.say("can I take ibuprofen?")

    answer = visitor.say("skip")

    assert "pharmacist" in answer.text
    assert "mg" not in answer.text


def test_the_timer_stays_within_the_minutes_and_brings_the_cautions(visitor: Visitor) -> None:
    timer = card(visitor.say("how do I use ice"), "timer")

    assert (timer["least"], timer["minutes"], timer["most"]) == (10, 10, 15)
    assert "blotchy" in timer["skin_check"]
    assert "Raynaud" in timer["ask_first"]
    assert "towel" in timer["rules"]
