"""Clarifying questions and what their answers mean: the table of facts A3."""

from __future__ import annotations

import pytest
from clinical_talk import NO, NOTHING, SKIP, UNSURE, YES, Talk, hours_ago, says

from backchat.clinical.conditions import Evidence
from backchat.clinical.interview import Kind
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Answer, Finding, Reading, Status, Topic, Trend
from backchat.clinical.rules import RuleBook

SADDLE, FOOT, SHARP = "RF01_SADDLE", "RF07_FOOT_DROP", "SS1_SHARP_SHOOTING"

UNSURE_ABOUT = {SADDLE: "saddle_numbness", FOOT: "foot_drop", SHARP: "sharp_shooting"}


def suspecting(rule: str, rulebook: RuleBook) -> Talk:
    """A fresh back that may have the rule's symptom."""
    return Talk(rulebook).hear(
        says("back_pain", unsure=[UNSURE_ABOUT[rule]], onset=hours_ago(1, 2))
    )


@pytest.mark.parametrize("rule", UNSURE_ABOUT)
def test_uncertain_words_ask_and_leave_the_level_open(rule: str, rulebook: RuleBook) -> None:
    talk = suspecting(rule, rulebook)
    assert talk.ask[0] == f"clarify:{rule}"
    assert talk.level is None
    assert talk.question is not None
    assert talk.question.kind is Kind.CLARIFY


ANSWERS = [
    (SADDLE, YES, Level.EMERGENCY_NOW),
    (SADDLE, NO, Level.SELF_CARE),
    (FOOT, YES, Level.URGENT_SAME_DAY),
    (FOOT, NO, Level.SELF_CARE),
    (SHARP, YES, Level.SEE_PROVIDER),
    (SHARP, NO, Level.SELF_CARE),
]


@pytest.mark.parametrize(("rule", "answer", "level"), ANSWERS)
def test_yes_fires_the_flag_and_no_makes_it_absent(
    rule: str, answer: Reading, level: Level, rulebook: RuleBook
) -> None:
    talk = suspecting(rule, rulebook).hear(answer)
    assert talk.level is level
    assert (rule in talk.fired) is (answer is YES)
    assert f"clarify:{rule}" not in talk.ask


@pytest.mark.parametrize("silence", [NOTHING, SKIP, UNSURE])
@pytest.mark.parametrize(
    ("rule", "level"),
    [
        (SADDLE, Level.EMERGENCY_NOW),
        (FOOT, Level.SEE_PROVIDER),
        (SHARP, Level.SEE_PROVIDER),
    ],
)
def test_unanswered_after_one_retry_the_table_decides(
    rule: str, level: Level, silence: Reading, rulebook: RuleBook
) -> None:
    talk = suspecting(rule, rulebook).hear(silence)
    assert talk.level is None
    assert f"clarify:{rule}" in talk.ask
    talk.hear(silence)
    assert talk.level is level
    assert talk.fired[rule] is level
    if level is Level.SEE_PROVIDER:
        assert talk.assessment.timeframe is Timeframe.SOON


@pytest.mark.parametrize(
    ("doubt", "fired"),
    [("saddle_numbness", {SADDLE: Level.EMERGENCY_NOW}), ("fever", {})],
)
def test_where_no_back_hurts_only_an_unanswered_emergency_fires(
    doubt: str, fired: dict[str, Level], talk: Talk
) -> None:
    assert talk.hear(says(unsure=[doubt]), NOTHING, NOTHING).fired == fired


def test_the_question_explains_itself_after_the_second_failure(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NOTHING)
    assert talk.question is not None
    assert not talk.question.explain
    talk.hear(NOTHING)
    assert talk.question is not None
    assert talk.question.explain


def test_the_third_failure_gives_up_and_what_fired_stays(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NOTHING, NOTHING)
    assert not talk.assessment.is_settled
    talk.hear(NOTHING)
    assert f"clarify:{SADDLE}" not in talk.ask
    assert talk.assessment.is_settled
    talk.hear(NO)
    assert talk.level is Level.EMERGENCY_NOW


def test_an_answer_to_the_explained_question_still_settles_it(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NOTHING, NOTHING)
    assert talk.level is Level.EMERGENCY_NOW
    talk.hear(NO)
    assert talk.level is Level.SELF_CARE


def test_skipping_twice_is_enough(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(SKIP, SKIP)
    assert f"clarify:{SADDLE}" not in talk.ask
    assert talk.level is Level.EMERGENCY_NOW


def test_a_message_that_is_no_reply_is_no_failed_answer(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook)
    for _ in range(5):
        talk.hear(NOTHING, asked=())
    assert talk.level is None
    assert talk.ask[0] == f"clarify:{SADDLE}"


def test_words_beat_an_earlier_no(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NO, says("saddle_numbness"))
    assert talk.level is Level.EMERGENCY_NOW


def test_words_beat_the_no_beside_them(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(says("saddle_numbness", answer=Answer.NO))
    assert talk.fired[SADDLE] is Level.EMERGENCY_NOW


def test_yes_all_normal_is_no_yes(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(says(absent=["saddle_numbness"], answer=Answer.YES))
    assert talk.level is Level.SELF_CARE


def test_doubt_and_denial_in_one_message_ask(talk: Talk) -> None:
    talk.hear(says("back_pain", unsure=["saddle_numbness"], absent=["saddle_numbness"]))
    assert talk.ask[0] == f"clarify:{SADDLE}"


def test_words_alone_settle_the_question(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(says(absent=["saddle_numbness"]))
    assert talk.level is Level.SELF_CARE


def test_fresh_doubt_after_a_no_asks_again(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NO, says(unsure=["saddle_numbness"]))
    assert talk.ask[0] == f"clarify:{SADDLE}"


def test_a_no_to_one_rule_leaves_the_doubt_of_another_open(talk: Talk) -> None:
    talk.hear(says("back_pain", "anticoagulant", unsure=["severe_pain"]))
    assert {"clarify:RF27_ANTICOAGULANT", "clarify:RF21_SEVERE_UNCONTROLLED"} <= set(talk.ask)
    talk.hear(NO, asked=("clarify:RF27_ANTICOAGULANT",))
    assert "clarify:RF27_ANTICOAGULANT" not in talk.ask
    assert "clarify:RF21_SEVERE_UNCONTROLLED" in talk.ask


def test_yes_fires_a_rule_whose_other_conditions_are_still_in_doubt(talk: Talk) -> None:
    talk.hear(says("back_pain", "minor_trauma", unsure=["anticoagulant"]))
    talk.hear(YES, asked=("clarify:RF27_ANTICOAGULANT",))
    assert talk.fired["RF27_ANTICOAGULANT"] is Level.URGENT_SAME_DAY
    assert talk.assessment.fired[0].evidence == (Evidence("clarify:RF27_ANTICOAGULANT", "yes", 1),)


def test_rising_pain_after_heavy_lifting_asks_for_muscle_and_urine_first(talk: Talk) -> None:
    talk.hear(
        says("worsening", "heavy_lifting", "workout", onset=hours_ago(1, 6), trend=Trend.WORSE)
    )
    assert talk.level is Level.SEE_PROVIDER
    assert talk.ask[:2] == ("clarify:RF12_RHABDO", "clarify:RF13_COMPARTMENT_SCT")


def test_what_was_already_denied_is_not_asked(talk: Talk) -> None:
    talk.hear(says("worsening", "heavy_lifting", absent=["dark_urine"], onset=hours_ago(1, 6)))
    assert "clarify:RF12_RHABDO" not in talk.ask
    assert "clarify:RF13_COMPARTMENT_SCT" in talk.ask


def test_clarifying_questions_come_in_order_of_danger(talk: Talk) -> None:
    talk.hear(says("back_pain", unsure=["sharp_shooting", "fever", "saddle_numbness"]))
    assert [each for each in talk.ask if each.startswith("clarify:")] == [
        "clarify:RF01_SADDLE",
        "clarify:RF16_FEVER_INFECTION",
        "clarify:SS1_SHARP_SHOOTING",
    ]


def test_an_idiom_asked_about_once_leaves_self_care(talk: Talk) -> None:
    """E11: legs numb from soreness."""
    talk.hear(
        says("soreness", unsure=["numbness_tingling"], onset=hours_ago(12, 40, of_workout=True))
    )
    assert [each for each in talk.ask if each.startswith("clarify:")] == ["clarify:SS6_NUMB_TINGLE"]
    talk.hear(says("soreness", absent=["numbness_tingling"], answer=Answer.NO))
    assert talk.level is Level.SELF_CARE
    assert talk.fired == {}


def test_no_status_stands_for_what_nobody_mentioned(talk: Talk) -> None:
    assert talk.hear(says("back_pain")).episode.report.statuses.of("fever") is None
    assert talk.episode.report.statuses.of("back_pain") is Status.PRESENT


def test_doubt_beside_a_no_keeps_the_question_open(talk: Talk) -> None:
    talk.hear(says("back_pain", "anticoagulant"))
    talk.hear(says(unsure=["severe_pain"], answer=Answer.NO), asked=("clarify:RF27_ANTICOAGULANT",))
    assert "clarify:RF27_ANTICOAGULANT" in talk.ask


def test_no_with_fresh_doubt_is_no_answer(rulebook: RuleBook) -> None:
    no_or_perhaps = says(unsure=["saddle_numbness"], answer=Answer.NO)
    talk = suspecting(SADDLE, rulebook).hear(no_or_perhaps, no_or_perhaps)
    assert talk.fired[SADDLE] is Level.EMERGENCY_NOW
    assert not talk.assessment.is_settled


def test_no_denies_what_was_asked_and_what_was_in_doubt_and_nothing_else(
    rulebook: RuleBook,
) -> None:
    statuses = suspecting(FOOT, rulebook).hear(NO).episode.report.statuses
    assert statuses.of("leg_weakness") is Status.ABSENT
    assert statuses.of("foot_drop") is Status.ABSENT
    assert statuses.of("knee_buckling") is None


def test_what_yes_or_no_stands_for_quotes_no_words(rulebook: RuleBook) -> None:
    talk = suspecting(SADDLE, rulebook).hear(NO)
    said = talk.episode.report.findings[-1]
    assert said == Finding("saddle_numbness", Status.ABSENT, text="", turn=1, start=0, end=0)


def test_no_to_a_doubt_takes_back_nothing_that_is_certain(talk: Talk) -> None:
    mild = says("recent_infection", "workout", unsure=["dialysis"], pain=2, trend=Trend.BETTER)
    talk.hear(mild)
    assert talk.ask[0] == "clarify:RF17_INFECTION_RISK"
    talk.hear(NO)
    assert talk.fired["RF17_INFECTION_RISK"] is Level.SEE_PROVIDER
    assert talk.assessment.retractions == ()


def test_a_rule_that_fired_at_a_lower_level_is_not_asked_about(talk: Talk) -> None:
    mild = says("recent_infection", "diabetes", "workout", pain=2, trend=Trend.BETTER)
    talk.hear(mild)
    assert talk.fired["RF17_INFECTION_RISK"] is Level.SEE_PROVIDER
    assert "clarify:RF17_INFECTION_RISK" not in talk.ask


def test_pain_that_eases_is_not_asked_about_as_severe(talk: Talk) -> None:
    talk.hear(says("back_pain", "not_settling"))
    assert "clarify:RF21_SEVERE_UNCONTROLLED" in talk.ask
    talk.hear(says(trend=Trend.BETTER), asked=())
    assert "clarify:RF21_SEVERE_UNCONTROLLED" not in talk.ask


def test_with_another_body_part_only_red_flags_are_asked_about(talk: Talk) -> None:
    talk.hear(says("other_body_pain", unsure=["sharp_shooting", "fever"], topic=Topic.ADJACENT))
    assert talk.ask == ("clarify:RF16_FEVER_INFECTION",)


def test_a_symptom_that_has_gone_but_may_be_back_is_asked_about(talk: Talk) -> None:
    talk.hear(says("back_pain", past=["saddle_numbness"], unsure=["saddle_numbness"]))
    assert talk.fired["RF01_SADDLE"] is Level.URGENT_SAME_DAY
    assert talk.ask[0] == "clarify:RF01_SADDLE"
