"""The interview: short, explained, interruptible, and silent in an emergency."""

from __future__ import annotations

import pytest
from visiting import Answer, Records, Visitor

STIFF = "my lower back is stiff since yesterday"
STANDING = "My advice stands"


def begin(visitor: Visitor) -> Answer:
    answer = visitor.say(STIFF)
    assert answer.question is not None
    return answer


def test_plain_soreness_is_asked_at_most_six_questions(visitor: Visitor) -> None:
    answers = visitor.finish(begin(visitor))
    assert len(answers) <= 6
    assert answers[-1].levels == ["SELF_CARE"]


def test_what_was_said_is_not_asked(visitor: Visitor) -> None:
    first = visitor.say(
        "I'm 35. My lower back is stiff since yesterday's squats, 3/10, and it's getting better."
    )
    questions = [a.question for a in (first, *visitor.finish(first)) if a.question]
    asked = "\n".join(question["text"] for question in questions)
    assert "getting better" not in asked
    assert "How strong" not in asked
    assert "How old" not in asked
    assert "When did" not in asked


def test_an_answered_question_is_not_asked_again(visitor: Visitor) -> None:
    first = begin(visitor)
    texts = [a.question["text"] for a in (first, *visitor.finish(first)) if a.question]
    assert len(texts) == len(set(texts))


def test_why_do_you_ask_is_explained_and_the_question_stays_open(
    visitor: Visitor, records: Records
) -> None:
    begin(visitor)
    open_questions = records.judgement(visitor).ask
    answer = visitor.say("why do you ask?")
    assert "I ask because" in answer.text
    assert answer.question is not None
    assert "/deny" in answer.payloads
    assert records.judgement(visitor).ask == open_questions


def test_a_question_can_be_skipped_and_the_reply_names_what_was_not_checked(
    visitor: Visitor, records: Records
) -> None:
    answer = begin(visitor)
    answer = visitor.say("skip")
    answer = visitor.say("skip")
    answers = [answer, *visitor.finish(answer)]
    assert answers[-1].levels == ["SELF_CARE"]
    assert "Not checked" in answers[-1].text
    assert records.judgement(visitor).level == "SELF_CARE"


def test_the_second_failed_answer_is_explained(visitor: Visitor) -> None:
    begin(visitor)
    first = visitor.say("the quick brown fox")
    second = visitor.say("jumps over the lazy dog")
    assert "I ask because" not in first.text
    assert "I ask because" in second.text


def test_a_bare_no_answers_the_question_just_asked_and_nothing_else(
    visitor: Visitor, records: Records
) -> None:
    begin(visitor)
    visitor.say("no")
    asked = records.judgement(visitor).ask
    assert not {"screen:1", "screen:2", "screen:3"} & set(asked)
    assert {"screen:4", "screen:7"} <= set(asked)


def test_a_button_answers_like_a_word(server: str, records: Records) -> None:
    typing, pressing = Visitor(server), Visitor(server)
    begin(typing)
    begin(pressing)
    typed, pressed = typing.say("no"), pressing.press("/deny")
    assert [m["text"] for m in typed.messages] == [m["text"] for m in pressed.messages]
    assert records.judgement(typing).ask == records.judgement(pressing).ask


@pytest.mark.parametrize(
    "question", ["ice or heat?", "thanks", "what's the weather", "how are you"]
)
def test_a_question_in_the_middle_is_answered_and_the_interview_goes_on(
    visitor: Visitor, records: Records, question: str
) -> None:
    begin(visitor)
    open_questions = records.judgement(visitor).ask
    answer = visitor.say(question)
    assert len(answer.messages) >= 2
    assert answer.question is not None
    assert records.judgement(visitor).ask == open_questions
    visitor.say("no")
    assert not {"screen:1", "screen:2", "screen:3"} & set(records.judgement(visitor).ask)


def test_a_bare_yes_to_a_screening_question_is_an_emergency_until_it_is_settled(
    visitor: Visitor, records: Records
) -> None:
    begin(visitor)
    answer = visitor.say("yes")
    assert records.judgement(visitor).level == "EMERGENCY_NOW"
    assert answer.is_emergency


def test_stop_ends_the_questions_with_the_safety_net(visitor: Visitor) -> None:
    begin(visitor)
    answer = visitor.say("stop asking me questions")
    assert answer.question is None
    assert "genitals" in answer.text


@pytest.mark.parametrize(
    "said", ["thanks", "which stretches?", "can I take ibuprofen?", "ice or heat?", "ok bye", "no",
             "when can I train again?", "why does it hurt", "when should I worry?"],
)  # fmt: skip
def test_after_an_emergency_there_is_nothing_but_emergency_help(
    visitor: Visitor, said: str
) -> None:
    visitor.say("my crotch is numb")
    answer = visitor.say(said)
    assert STANDING in answer.text
    assert "911" in answer.text
    assert len(answer.messages) == 1
    assert answer.payloads in ([], ["/correct"])


def test_after_an_emergency_the_reason_is_still_explained(visitor: Visitor) -> None:
    visitor.say("my crotch is numb")
    assert "crotch is numb" in visitor.say("why do you say that?").text


def test_start_over_restates_a_standing_emergency_before_it_begins_anew(
    visitor: Visitor, records: Records
) -> None:
    visitor.say("my crotch is numb")
    answer = visitor.say("let's start over")
    assert STANDING in answer.messages[0]["text"]
    assert records.judgement(visitor).level is None
    assert not visitor.say("thanks").is_emergency


def test_an_emergency_is_lowered_only_by_a_confirmed_correction(
    visitor: Visitor, records: Records
) -> None:
    visitor.say("ugh my bladder is leaking everywhere")
    doubt = visitor.say(
        "lol no, I mean my hydration bladder in my backpack. My own bladder is fine. "
        "Back just sore since this morning."
    )
    assert STANDING in doubt.text
    assert doubt.question is not None
    assert records.judgement(visitor).level == "EMERGENCY_NOW"
    visitor.say("Yes, I'm sure, no problems peeing.")
    assert records.judgement(visitor).level == "SELF_CARE"


def test_an_urgent_sign_after_an_emergency_does_not_talk_the_emergency_down(
    visitor: Visitor, records: Records
) -> None:
    visitor.say("my crotch is numb")
    answer = visitor.say("and I have a fever of 38.6")
    assert "today" not in answer.text
    assert STANDING in answer.text
    assert records.judgement(visitor).level == "EMERGENCY_NOW"
