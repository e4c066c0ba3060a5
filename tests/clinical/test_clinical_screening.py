"""The ten screening questions: facts A6 and the last row of the table in A3."""

from __future__ import annotations

import pytest
from clinical_talk import NO, NOTHING, SKIP, UNSURE, YES, Talk, hours_ago, says

from backchat.clinical.conditions import Evidence
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Answer, Status
from backchat.clinical.rules import RuleBook

LEGS = ("screen:1", "screen:2", "screen:3")
GENERAL = ("screen:7", "screen:8", "screen:9", "screen:10")


@pytest.fixture
def sore(talk: Talk) -> Talk:
    """A fresh, plain, sore back."""
    return talk.hear(says("back_pain", "soreness", onset=hours_ago(1, 2)))


def test_all_ten_are_pending_once_a_back_hurts(sore: Talk) -> None:
    assert [each for each in sore.ask if each.startswith("screen:")] == [
        f"screen:{number}" for number in range(1, 11)
    ]


def test_none_is_pending_before_a_back_hurts(talk: Talk) -> None:
    assert talk.hear(says("workout")).ask == ()


def test_a_question_already_answered_by_words_is_not_asked(talk: Talk) -> None:
    talk.hear(says("back_pain", absent=["saddle_numbness", "both_legs", "leg_weakness", "fever"]))
    assert not {"screen:1", "screen:3", "screen:7"} & set(talk.ask)
    assert "screen:2" in talk.ask


def test_half_an_answer_leaves_the_question_open(talk: Talk) -> None:
    assert "screen:3" in talk.hear(says("back_pain", absent=["both_legs"])).ask


def test_no_to_all_makes_every_concept_of_the_group_absent(sore: Talk, rulebook: RuleBook) -> None:
    sore.hear(NO, asked=LEGS)
    assert not set(LEGS) & set(sore.ask)
    for question in LEGS:
        for concept in rulebook.screening_by_id[question].concepts:
            assert sore.episode.report.statuses.of(concept) is Status.ABSENT
    assert sore.level is Level.SELF_CARE


def test_no_to_all_denies_nothing_that_was_said_otherwise(talk: Talk) -> None:
    talk.hear(says("back_pain", "foot_drop")).hear(NO, asked=LEGS)
    assert talk.fired["RF07_FOOT_DROP"] is Level.URGENT_SAME_DAY
    assert not talk.assessment.retractions


def test_no_but_is_heard_as_what_follows(sore: Talk) -> None:
    sore.hear(says("fever", answer=Answer.NO), asked=GENERAL)
    assert sore.fired == {"RF16_FEVER_INFECTION": Level.URGENT_SAME_DAY}
    assert not set(GENERAL) & set(sore.ask)


def test_yes_to_a_question_about_one_thing_names_it(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:1",))
    assert sore.fired == {"RF01_SADDLE": Level.EMERGENCY_NOW}
    assert sore.assessment.is_settled


def test_yes_to_blood_thinners_alone_asks_for_a_blow(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:10",))
    assert sore.ask[0] == "clarify:RF27_ANTICOAGULANT"
    assert sore.level is None


def test_a_bare_yes_fires_the_highest_flag_until_it_is_settled(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:3",))
    assert sore.fired == {"RF05_BILATERAL_LEGS": Level.EMERGENCY_NOW}
    assert sore.assessment.fired[0].evidence == (Evidence("screen:3", "yes", 1),)
    assert not sore.assessment.is_settled
    assert sore.ask[:3] == (
        "clarify:RF05_BILATERAL_LEGS",
        "clarify:RF06_WEAKNESS_PROGRESSIVE",
        "clarify:RF07_FOOT_DROP",
    )
    sore.hear(NO)
    assert sore.fired == {"RF06_WEAKNESS_PROGRESSIVE": Level.EMERGENCY_NOW}
    sore.hear(NO)
    assert sore.fired == {"RF07_FOOT_DROP": Level.URGENT_SAME_DAY}
    sore.hear(YES)
    assert sore.fired == {"RF07_FOOT_DROP": Level.URGENT_SAME_DAY}
    assert sore.assessment.is_settled


def test_a_group_yes_asks_for_its_rules_in_order_of_danger(sore: Talk) -> None:
    sore.hear(YES, asked=GENERAL)
    assert [each for each in sore.ask if each.startswith("clarify:")] == [
        "clarify:RF16_FEVER_INFECTION",
        "clarify:RF17_INFECTION_RISK",
        "clarify:RF18_CANCER",
        "clarify:RF19_RENAL",
        "clarify:RF20_NIGHT_REST_PAIN",
        "clarify:RF28_SHINGLES",
        "clarify:RF23_PREGNANCY",
    ]
    assert sore.fired == {"RF16_FEVER_INFECTION": Level.URGENT_SAME_DAY}
    assert not set(GENERAL) & set(sore.ask)


def test_once_a_group_yes_is_explained_its_other_questions_return(sore: Talk) -> None:
    sore.hear(YES, asked=GENERAL).hear(NO).hear(YES)
    assert sore.fired == {"RF17_INFECTION_RISK": Level.URGENT_SAME_DAY}
    assert [each for each in sore.ask if each.startswith("clarify:")] == []
    assert {"screen:8", "screen:9", "screen:10"} <= set(sore.ask)
    assert "screen:7" not in sore.ask


def test_a_group_yes_that_meant_a_question_without_follow_up_asks_that_one_again(
    sore: Talk,
) -> None:
    sore.hear(YES, asked=GENERAL).hear(*[NO] * 7)
    assert [each for each in sore.ask if each.startswith(("clarify:", "screen:1"))][-1] == (
        "screen:10"
    )
    assert sore.fired == {}


def test_a_yes_that_is_denied_piece_by_piece_is_still_worth_a_check(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:8",)).hear(NO, NO)
    assert sore.fired == {"RF18_CANCER": Level.SEE_PROVIDER}
    assert sore.assessment.timeframe is Timeframe.SOON


def test_yes_with_words_needs_no_follow_up(sore: Talk) -> None:
    sore.hear(says("fever", answer=Answer.YES), asked=GENERAL)
    assert sore.fired == {"RF16_FEVER_INFECTION": Level.URGENT_SAME_DAY}
    assert "screen:7" not in sore.ask
    assert {"screen:8", "screen:9", "screen:10"} <= set(sore.ask)


def test_an_old_finding_does_not_explain_a_new_yes(talk: Talk) -> None:
    talk.hear(says("back_pain", "foot_drop")).hear(YES, asked=("screen:3",))
    assert talk.level is Level.EMERGENCY_NOW
    assert "clarify:RF05_BILATERAL_LEGS" in talk.ask


def test_an_unanswered_yes_stays_at_the_highest_flag(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:3",)).hear(NOTHING, NOTHING, NOTHING)
    assert sore.fired["RF05_BILATERAL_LEGS"] is Level.EMERGENCY_NOW
    assert sore.assessment.is_settled


def test_perhaps_to_one_question_asks_for_each_of_its_rules(sore: Talk) -> None:
    sore.hear(UNSURE, asked=("screen:2",))
    assert sore.ask[:3] == ("clarify:RF02_BLADDER", "clarify:RF03_BOWEL", "clarify:RF04_SEXUAL")
    assert sore.fired == {}
    assert sore.level is None


def test_perhaps_is_not_about_what_was_already_denied(talk: Talk) -> None:
    talk.hear(says("back_pain", absent=["bowel_change"])).hear(UNSURE, asked=("screen:2",))
    assert talk.ask[:2] == ("clarify:RF02_BLADDER", "clarify:RF04_SEXUAL")
    assert "clarify:RF03_BOWEL" not in talk.ask


def test_perhaps_to_a_group_puts_its_questions_one_by_one(sore: Talk) -> None:
    sore.hear(UNSURE, asked=LEGS)
    assert sore.question is not None
    assert sore.question.ids == ("screen:1",)


def test_words_answer_only_the_questions_they_are_about(sore: Talk) -> None:
    sore.hear(says(absent=["bladder_change"]), asked=LEGS)
    assert "screen:2" not in sore.ask
    assert {"screen:1", "screen:3"} <= set(sore.ask)


@pytest.mark.parametrize("concept", ["foot_drop", "cannot_walk"])
def test_words_about_any_part_of_a_question_answer_it(concept: str, sore: Talk) -> None:
    sore.hear(says(concept), asked=LEGS)
    assert "screen:3" not in sore.ask
    assert {"screen:1", "screen:2"} <= set(sore.ask)


def test_yes_with_words_and_a_denial_leaves_open_what_was_only_denied_in_part(sore: Talk) -> None:
    sore.hear(says("fever", absent=["weight_loss"], answer=Answer.YES), asked=GENERAL)
    assert "screen:7" not in sore.ask
    assert "screen:8" in sore.ask


@pytest.mark.parametrize("present", [(), ("foot_drop",)])
def test_words_without_a_yes_answer_by_denial_as_well(present: tuple[str, ...], sore: Talk) -> None:
    sore.hear(says(*present, absent=["bladder_change"]), asked=LEGS)
    assert "screen:2" not in sore.ask


def test_fine_bowels_say_nothing_of_the_bladder(sore: Talk) -> None:
    sore.hear(says(absent=["bowel_change"]), asked=LEGS)
    assert "screen:2" in sore.ask


def test_questions_beside_the_one_that_words_answer_are_put_three_times_at_most(
    sore: Talk,
) -> None:
    about_a_leg = says("foot_drop")
    sore.hear(about_a_leg, about_a_leg, asked=LEGS)
    assert {"screen:1", "screen:2"} <= set(sore.ask)
    sore.hear(about_a_leg, asked=LEGS)
    assert not set(LEGS) & set(sore.ask)


def test_an_unanswered_question_leaves_the_level_and_stays_named(sore: Talk) -> None:
    sore.hear(NOTHING, NOTHING, NOTHING, asked=LEGS)
    assert sore.level is Level.SELF_CARE
    assert not set(LEGS) & set(sore.ask)
    assert set(LEGS) <= set(sore.assessment.unscreened)


def test_skipping_a_question_twice_goes_on(sore: Talk) -> None:
    sore.hear(SKIP, asked=LEGS)
    assert set(LEGS) <= set(sore.ask)
    sore.hear(SKIP, asked=LEGS)
    assert not set(LEGS) & set(sore.ask)


def test_an_earlier_no_does_not_deny_a_later_yes(talk: Talk) -> None:
    talk.hear(says("back_pain", unsure=["both_legs"]))
    talk.hear(NO, asked=("clarify:RF05_BILATERAL_LEGS",))
    talk.hear(YES, asked=("screen:3",))
    assert talk.fired == {"RF05_BILATERAL_LEGS": Level.EMERGENCY_NOW}
    talk.hear(NO)
    assert talk.fired == {"RF06_WEAKNESS_PROGRESSIVE": Level.EMERGENCY_NOW}


def test_words_that_deny_one_meaning_of_a_yes_leave_the_others(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:3",)).hear(says(absent=["both_legs"]))
    assert sore.fired == {"RF06_WEAKNESS_PROGRESSIVE": Level.EMERGENCY_NOW}


def test_a_yes_explains_nothing_about_other_questions(sore: Talk) -> None:
    sore.hear(YES, asked=("screen:3",))
    assert {"screen:1", "screen:2"} <= set(sore.ask)


def test_a_yes_beside_words_that_fire_one_of_its_rules_is_explained(sore: Talk) -> None:
    sore.hear(says("faint_clammy", answer=Answer.YES), asked=("screen:5",))
    assert sore.fired == {"RF09_AORTA": Level.EMERGENCY_NOW}
    assert sore.assessment.is_settled
    assert not [each for each in sore.ask if each.startswith("clarify:")]
