"""Going through an episode again days later: what may have changed is asked, nothing is lowered."""

from __future__ import annotations

import pytest
from clinical_talk import NO, NOW, UNSURE, YES, Talk, hours_ago, says

from backchat.clinical.episode import Episode
from backchat.clinical.interview import next_question
from backchat.clinical.levels import Level
from backchat.clinical.reading import Answer, Reading, Trend
from backchat.clinical.triage import assess

SORE = says("back_pain", onset=hours_ago(12, 24), trend=Trend.SAME, pain=3, age=30)
SCREENS = tuple(f"screen:{number}" for number in range(1, 11))


def reopened(talk: Talk) -> Episode:
    return talk.episode.reopened(talk.rulebook)


def test_denied_warning_signs_and_the_trend_are_asked_about_once_more(talk: Talk) -> None:
    talk.hear(SORE).hear(NO, asked=SCREENS)
    assert talk.assessment.unscreened == ()

    again = assess(reopened(talk), talk.rulebook, NOW)

    assert again.unscreened == SCREENS
    assert "trend" in again.ask


def test_a_warning_sign_denied_in_words_is_asked_about_once_more(talk: Talk) -> None:
    talk.hear(says("back_pain", absent=["saddle_numbness"], onset=hours_ago(12, 24)))
    again = reopened(talk)

    question = next_question(again, assess(again, talk.rulebook, NOW), talk.rulebook)

    assert question is not None
    assert "screen:1" in question.ids


def test_what_was_said_of_pain_age_and_onset_is_not_asked_again(talk: Talk) -> None:
    talk.hear(SORE).hear(NO, asked=SCREENS)

    again = assess(reopened(talk), talk.rulebook, NOW)

    assert {"pain", "age", "onset"}.isdisjoint(again.ask)


@pytest.mark.parametrize("answer", [YES, UNSURE])
@pytest.mark.parametrize("asked", [SCREENS[:3], SCREENS[3:6], SCREENS[6:], ("screen:1",)])
def test_a_bare_yes_or_perhaps_keeps_its_level(
    talk: Talk, answer: Reading, asked: tuple[str, ...]
) -> None:
    talk.hear(SORE).hear(answer, asked=asked)

    again = assess(reopened(talk), talk.rulebook, NOW)

    assert again.level == talk.level
    assert again.possible_level == talk.assessment.possible_level


@pytest.mark.parametrize("concept", ["saddle_numbness", "fever", "weakness_leg", "cancer_history"])
def test_no_rule_that_stands_is_lost(talk: Talk, concept: str) -> None:
    talk.hear(says("back_pain", concept, onset=hours_ago(12, 24), trend=Trend.WORSE))

    again = assess(reopened(talk), talk.rulebook, NOW)

    assert again.level == talk.level
    assert again.level is not Level.SELF_CARE
    assert {each.rule_id for each in again.fired} == {
        each.rule_id for each in talk.assessment.fired
    }


def test_a_sign_denied_before_and_named_now_raises_the_level(talk: Talk) -> None:
    talk.hear(SORE).hear(NO, asked=SCREENS)

    now_numb = reopened(talk).hear(says("saddle_numbness"), talk.rulebook, NOW, SCREENS[:3])

    assert assess(now_numb, talk.rulebook, NOW).level is Level.EMERGENCY_NOW


def test_a_yes_to_the_questions_asked_again_is_followed_up(talk: Talk) -> None:
    talk.hear(SORE).hear(NO, asked=SCREENS)

    yes = reopened(talk).hear(Reading(answer=Answer.YES), talk.rulebook, NOW, SCREENS[:3])

    assert assess(yes, talk.rulebook, NOW).level is Level.EMERGENCY_NOW
