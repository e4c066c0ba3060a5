"""Pain over time, the summary for a visit, and whether advice was helpful."""

from __future__ import annotations

from typing import Any

from visiting import Answer, Records, Visitor

from backchat.records import queries

RED_FLAG = "my back hurts and since this morning I can't feel it when I wipe"
NOTHING = "–"


def card(answer: Answer, kind: str) -> dict[str, Any]:
    return next(m["card"] for m in answer.messages if (m["card"] or {}).get("type") == kind)


def rows(answer: Answer) -> dict[str, str]:
    return {row["label"]: row["value"] for row in card(answer, "summary")["rows"]}


def test_two_scores_make_a_chart_with_their_levels(visitor: Visitor) -> None:
    visitor.say("sharp pain in my lower back for four days, 6/10")
    visitor.say("now it is 3/10")

    answer = visitor.say("how has my pain been")

    points = card(answer, "chart")["points"]
    assert [point["pain"] for point in points] == [6, 3]
    assert {point["level"] for point in points} == {"SEE_PROVIDER"}
    assert "6/10" in answer.text
    assert "3/10" in answer.text


def test_scores_of_an_earlier_episode_stay_in_the_chart(visitor: Visitor) -> None:
    visitor.say("my lower back is sore since yesterday, 6/10")
    visitor.press("/start_over")
    visitor.say("my lower back is sore since this morning, 2/10")

    points = card(visitor.say("show my progress"), "chart")["points"]

    assert [point["pain"] for point in points] == [6, 2]


def test_one_score_is_no_course_and_it_asks_for_another(visitor: Visitor) -> None:
    visitor.say("my lower back is sore since yesterday, 6/10")

    answer = visitor.say("pain chart")

    assert "at least two" in answer.text


def test_the_summary_has_the_words_the_findings_the_level_and_its_rules(visitor: Visitor) -> None:
    said = "sharp shooting pain in my lower back for four days, 6/10"
    visitor.say(said)
    visitor.say("no")

    summary = rows(visitor.say("summary for my doctor"))

    assert said in summary["In their own words"]
    assert "sharp shooting" in summary["There"]
    assert "saddle area" in summary["Not there"]
    assert "urine" in summary["Not asked, or not answered"]
    assert summary["Level"] == "see provider, soon"
    assert "SS1_SHARP_SHOOTING" in summary["Rules and sources"]
    assert "SS3_OVER_TWO_DAYS" in summary["Rules and sources"]
    assert "6/10" in summary["Pain scores"]
    assert "Check in with your healthcare provider" in summary["What I advised"]
    assert summary["Knowledge version"] != NOTHING


def test_the_summary_says_it_all_in_text_too(visitor: Visitor) -> None:
    visitor.say("sharp shooting pain in my lower back for four days")

    text = "\n".join(message["text"] for message in visitor.say("visit summary").messages)

    assert "SS1_SHARP_SHOOTING" in text
    assert "{" not in text


def test_a_symptom_that_was_not_asked_about_is_never_listed_as_not_there(visitor: Visitor) -> None:
    visitor.say("sharp shooting pain in my lower back for four days")

    assert rows(visitor.say("summary for my doctor"))["Not there"] == NOTHING


def test_in_an_emergency_the_number_comes_first_and_the_summary_after_it(visitor: Visitor) -> None:
    visitor.say(RED_FLAG)

    answer = visitor.say("summary for my doctor")

    kinds = [(message["card"] or {}).get("type") for message in answer.messages]
    assert kinds == ["emergency", "summary"]
    assert "911" in answer.messages[0]["text"]
    assert rows(answer)["Level"] == "emergency now"
    assert "stretching" not in answer.text


def test_nothing_said_makes_no_summary(visitor: Visitor) -> None:
    assert "nothing to sum up" in visitor.say("summary for my doctor").text


def test_whether_advice_was_helpful_is_kept_with_the_words_for_the_operator(
    visitor: Visitor, records: Records
) -> None:
    answer = visitor.say("how do I prevent this next time?")
    unhelpful = next(each for each in answer.payloads if '"helpful":"no"' in each)

    asked = visitor.press(unhelpful)
    visitor.say("it was too long and too vague")

    assert "What was missing" in asked.text
    conversation = records.messages(visitor)[-1].conversation_id
    [rating] = queries.show_conversation(records.engine, conversation).ratings
    assert (rating.advice, rating.helpful) == ("prevention", False)
    assert rating.comment == "it was too long and too vague"


def test_a_symptom_in_place_of_a_comment_is_heard_as_a_symptom(visitor: Visitor) -> None:
    answer = visitor.say("how do I prevent this next time?")
    visitor.press(next(each for each in answer.payloads if '"helpful":"no"' in each))

    assert visitor.say(RED_FLAG).is_emergency


def test_nothing_asks_for_a_rating_in_an_emergency(visitor: Visitor) -> None:
    answers = [visitor.say(RED_FLAG), visitor.say("what helps?")]

    assert not any("give_feedback" in payload for each in answers for payload in each.payloads)
