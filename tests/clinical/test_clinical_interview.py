"""The order of the questions, and how few they are: design 6."""

from __future__ import annotations

from itertools import permutations

import pytest
from clinical_talk import NO, NOTHING, SKIP, YES, Talk, hours_ago, says

from backchat.clinical.interview import MOST_QUESTIONS, Kind, Question
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Reading, Trend
from backchat.clinical.rules import RuleBook

PLAIN = {
    Kind.ONSET: says(onset=hours_ago(12, 24)),
    Kind.TREND: says(trend=Trend.SAME),
    Kind.PAIN: says(pain=3),
    Kind.SCREEN: NO,
    Kind.ACTIVITY: says("workout", activities=("rowing",)),
    Kind.AGE: says(age=30),
}


def questions_put(talk: Talk, answers: dict[Kind, Reading]) -> list[Question]:
    """Answer every question until none is left."""
    put = []
    while (question := talk.question) is not None:
        put.append(question)
        assert len(put) < 40, "the interview does not end"
        talk.hear(answers[question.kind], asked=question.ids)
    return put


def test_plain_soreness_is_asked_six_questions_the_dangerous_ones_first(talk: Talk) -> None:
    put = questions_put(talk.hear(says("back_pain", "soreness")), PLAIN)
    assert [question.kind for question in put] == [
        Kind.SCREEN,
        Kind.SCREEN,
        Kind.SCREEN,
        Kind.ONSET,
        Kind.TREND,
        Kind.PAIN,
    ]
    assert put[0].ids == ("screen:1", "screen:2", "screen:3")
    assert put[2].ids == ("screen:7", "screen:8", "screen:9", "screen:10", "age")
    assert talk.level is Level.SELF_CARE
    assert talk.assessment.unscreened == ()


KNOWN = {
    "onset": says("back_pain", onset=hours_ago(12, 24)),
    "trend": says("back_pain", trend=Trend.BETTER),
    "pain": says("back_pain", pain=4),
    "activity": says("back_pain", "workout"),
    "age": says("back_pain", age=30),
    "screen:1": says("back_pain", absent=["saddle_numbness"]),
}


@pytest.mark.parametrize("known", list(permutations(KNOWN, 2)))
def test_nobody_with_plain_soreness_is_asked_more_than_six(
    known: tuple[str, str], rulebook: RuleBook
) -> None:
    talk = Talk(rulebook).hear(*(KNOWN[each] for each in known), asked=())
    put = questions_put(talk, PLAIN)
    assert len(put) <= MOST_QUESTIONS
    assert not {each for question in put for each in question.ids} & set(known)


def test_what_was_told_out_of_turn_is_not_asked(talk: Talk) -> None:
    told = says("back_pain", "workout", onset=hours_ago(12, 24), trend=Trend.BETTER, pain=2, age=29)
    put = questions_put(talk.hear(told), PLAIN)
    assert [question.kind for question in put] == [Kind.SCREEN] * 3
    assert put[2].ids[-1] == "screen:10"


def test_there_is_room_for_activity_and_age_when_the_rest_is_known(talk: Talk) -> None:
    told = says("back_pain", absent=["anticoagulant"], onset=hours_ago(1), trend=Trend.SAME, pain=2)
    put = questions_put(talk.hear(told), PLAIN)
    assert [question.kind for question in put][-2:] == [Kind.ACTIVITY, Kind.AGE]


def test_an_age_not_given_with_its_group_is_not_asked_again(talk: Talk) -> None:
    told = says("back_pain", "workout", onset=hours_ago(1), trend=Trend.SAME, pain=2)
    put = questions_put(talk.hear(told), PLAIN)
    assert [question.kind for question in put] == [Kind.SCREEN] * 3
    assert "age" in talk.assessment.unknown


@pytest.mark.parametrize("fact", ["trend", "pain", "age"])
def test_no_is_no_answer_to_a_fact_that_was_asked_alone(fact: str, talk: Talk) -> None:
    assert fact in talk.hear(says("back_pain")).hear(NO, asked=(fact,)).ask


def test_no_activity_is_an_answer_and_silence_is_none(talk: Talk) -> None:
    talk.hear(says("back_pain")).hear(NOTHING, asked=("activity",))
    assert "activity" in talk.ask
    assert "activity" not in talk.hear(NO, asked=("activity",)).ask


def test_somebody_known_to_be_a_minor_is_not_asked_for_the_age(talk: Talk) -> None:
    assert "age" not in talk.hear(says("back_pain", "minor")).ask


def test_age_told_with_a_no_is_taken_in(talk: Talk) -> None:
    talk.hear(says("back_pain")).hear(
        says(age=16, answer=Answer.NO), asked=("screen:9", "screen:10", "age")
    )
    assert "RF24_MINOR" in talk.fired
    assert "age" not in talk.assessment.unknown


def test_an_age_alone_answers_nothing_else(talk: Talk) -> None:
    talk.hear(says("back_pain")).hear(says(age=34), asked=("screen:10", "age"))
    assert "screen:10" in talk.ask
    assert "age" not in talk.ask


def test_somebody_who_skips_everything_gets_through(talk: Talk) -> None:
    put = questions_put(talk.hear(says("back_pain")), dict.fromkeys(Kind, SKIP))
    assert len(put) == 9
    assert talk.level is None
    assert len(talk.assessment.unscreened) == 10


def test_somebody_who_never_answers_gets_through(talk: Talk) -> None:
    put = questions_put(talk.hear(says("back_pain")), dict.fromkeys(Kind, NOTHING))
    first = [question.explain for question in put if question.ids[0] == "screen:1"]
    assert first == [False, False, True]


def test_nothing_is_asked_once_an_emergency_stands(talk: Talk) -> None:
    talk.hear(says("back_pain", "saddle_numbness", unsure=["bladder_change"]))
    assert talk.ask
    assert talk.question is None


def test_an_emergency_that_rests_on_a_bare_yes_is_followed_up(talk: Talk) -> None:
    talk.hear(says("back_pain")).hear(YES, asked=("screen:1", "screen:2", "screen:3"))
    assert talk.level is Level.EMERGENCY_NOW
    assert talk.question == Question(("clarify:RF01_SADDLE",), Kind.CLARIFY)
    talk.hear(YES, asked=talk.question.ids)
    assert talk.question is None


def test_with_an_urgent_level_only_danger_is_asked_for(talk: Talk) -> None:
    put = questions_put(talk.hear(says("back_pain", "fever")), PLAIN)
    assert {question.kind for question in put} == {Kind.SCREEN}


def test_a_digression_is_followed_by_the_same_question(talk: Talk) -> None:
    talk.hear(says("back_pain"))
    before = talk.question
    assert talk.hear(NOTHING, asked=()).question == before


@pytest.mark.parametrize("kind", [Kind.TREND, Kind.PAIN])
def test_a_fact_the_person_does_not_know_is_not_asked_twice(kind: Kind, talk: Talk) -> None:
    answers = {**PLAIN, kind: Reading(answer=Answer.UNSURE)}
    put = questions_put(talk.hear(says("back_pain")), answers)
    assert [question.kind for question in put].count(kind) == 1


def test_a_question_about_an_unknown_rule_is_ignored(talk: Talk) -> None:
    talk.hear(says("back_pain")).hear(YES, asked=("clarify:RF99_GONE",))
    assert talk.fired == {}
