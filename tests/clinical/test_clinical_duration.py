"""The two-day rule on onset intervals: facts B1 and B2."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from clinical_talk import NO, NOTHING, NOW, SKIP, YES, Talk, hours_ago, says

from backchat.clinical.duration import (
    check_in_after,
    is_borderline,
    is_over,
    is_two_days_at_most,
    is_undecided,
    is_within,
    merge,
)
from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Onset, Reading, Trend
from backchat.clinical.rules import RuleBook
from backchat.clinical.triage import assess

SS3 = "SS3_OVER_TWO_DAYS"

B1 = [
    ("just now", 0, 12, "no", False),
    ("since last night", 8, 24, "no", False),
    ("yesterday", 12, 47, "no", True),
    ("36 hours", 36, 36, "no", True),
    ("two days", 36, 48, "no", True),
    ("two days ago", 24, 72, "ask", True),
    ("a couple of days", 36, 60, "ask", True),
    ("almost two days", 40, 47.9, "no", True),
    ("more than two days", 48, 72, "yes", False),
    ("49 hours", 49, 49, "yes", False),
    ("two and a half days", 60, 60, "yes", False),
    ("2-3 days", 48, 72, "yes", False),
    ("three days", 72, 84, "yes", False),
    ("a week", 168, 192, "yes", False),
    ("6 weeks", 1008, 1100, "yes", False),
]


@pytest.mark.parametrize(("words", "low", "high", "fires", "borderline"), B1)
def test_the_two_day_rule_follows_the_table(
    words: str, low: float, high: float, fires: str, borderline: bool, talk: Talk
) -> None:
    talk.hear(says("back_pain", onset=hours_ago(low, high)))
    assert (SS3 in talk.fired) is (fires == "yes")
    assert ("onset" in talk.ask) is (fires == "ask")
    assert talk.assessment.borderline is borderline


@pytest.mark.parametrize(
    ("age", "over"),
    [
        (timedelta(hours=47, minutes=59), False),
        (timedelta(hours=48), False),
        (timedelta(hours=48, seconds=1), True),
    ],
)
def test_an_exact_onset_is_over_one_second_after_48_hours(age: timedelta, over: bool) -> None:
    onset = Onset(NOW - age, NOW - age, "then")
    assert is_over(onset, 48, NOW) is over
    assert is_within(onset, 48, NOW) is not over
    assert not is_undecided(onset, NOW)


def test_an_interval_that_ends_at_48_hours_is_not_undecided() -> None:
    assert not is_undecided(hours_ago(48, 72), NOW)
    assert not is_undecided(hours_ago(36, 48), NOW)
    assert is_undecided(hours_ago(47.9, 48.1), NOW)


def test_two_days_do_not_flip_a_second_later_but_do_twelve_hours_on() -> None:
    onset = hours_ago(36, 48)
    assert not is_over(onset, 48, NOW + timedelta(seconds=1))
    assert is_over(onset, 48, NOW + timedelta(hours=12))


@pytest.mark.parametrize(
    ("said", "holds_for"),
    [(hours_ago(48), timedelta(0)), (hours_ago(36, 48), timedelta(hours=1))],
)
def test_two_days_hold_as_long_as_they_were_said_exactly(said: Onset, holds_for: timedelta) -> None:
    assert is_two_days_at_most(said, NOW + holds_for)
    assert not is_two_days_at_most(said, NOW + holds_for + timedelta(seconds=1))


def test_the_check_in_is_named_until_two_days_are_certainly_over() -> None:
    onset = hours_ago(36, 48)
    assert check_in_after(onset, NOW) == NOW + timedelta(hours=12)
    assert check_in_after(onset, NOW + timedelta(hours=12)) is None


@pytest.mark.parametrize(("high", "borderline"), [(35.99, False), (36, True)])
def test_borderline_begins_at_36_hours(high: float, borderline: bool) -> None:
    assert is_borderline(hours_ago(10, high), NOW) is borderline


@pytest.mark.parametrize("night", [datetime(2026, 10, 25, 1, 30), datetime(2026, 3, 29, 0, 30)])
def test_a_day_on_which_the_clocks_change_does_not_flip_the_result(night: datetime) -> None:
    began = night.replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)
    onset = Onset(began, began, "that night")
    assert not is_over(onset, 48, began + timedelta(hours=48))
    assert is_over(onset, 48, began + timedelta(hours=48, seconds=1))


def test_the_level_changes_while_a_conversation_lasts(talk: Talk, rulebook: RuleBook) -> None:
    talk.hear(says("back_pain", onset=hours_ago(36, 48)))
    assert talk.level is Level.SELF_CARE
    later = assess(talk.episode, rulebook, NOW + timedelta(hours=13))
    assert later.level is Level.SEE_PROVIDER
    assert not later.borderline
    assert later.check_again is None


B2 = [
    (12, 24, Trend.BETTER, Level.SELF_CARE, None),
    (12, 24, Trend.SAME, Level.SELF_CARE, None),
    (12, 24, None, Level.SELF_CARE, None),
    (12, 24, Trend.WORSE, Level.SEE_PROVIDER, Timeframe.SOON),
    (36, 48, Trend.BETTER, Level.SELF_CARE, None),
    (36, 48, Trend.SAME, Level.SELF_CARE, None),
    (36, 48, Trend.WORSE, Level.SEE_PROVIDER, Timeframe.SOON),
    (72, 96, Trend.BETTER, Level.SEE_PROVIDER, Timeframe.ROUTINE),
    (72, 96, Trend.SAME, Level.SEE_PROVIDER, Timeframe.ROUTINE),
    (72, 96, Trend.WORSE, Level.SEE_PROVIDER, Timeframe.SOON),
    (500, 700, Trend.BETTER, Level.SEE_PROVIDER, Timeframe.ROUTINE),
    (500, 700, Trend.WORSE, Level.SEE_PROVIDER, Timeframe.SOON),
    (1500, 3000, None, Level.SEE_PROVIDER, Timeframe.ROUTINE),
    (1500, 3000, Trend.WORSE, Level.SEE_PROVIDER, Timeframe.SOON),
]


@pytest.mark.parametrize(("low", "high", "trend", "level", "timeframe"), B2)
def test_duration_and_trend_give_the_level_of_the_matrix(
    low: float,
    high: float,
    trend: Trend | None,
    level: Level,
    timeframe: Timeframe | None,
    talk: Talk,
) -> None:
    talk.hear(says("back_pain", "soreness", onset=hours_ago(low, high), trend=trend))
    assert (talk.level, talk.assessment.timeframe) == (level, timeframe)


def test_worse_and_eight_out_of_ten_after_days_is_urgent(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(72, 96), trend=Trend.WORSE, pain=8))
    assert talk.level is Level.URGENT_SAME_DAY


def test_the_time_of_the_workout_stands_in_until_the_pain_is_timed(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(72, 96, of_workout=True)))
    assert SS3 in talk.fired
    assert "onset" in talk.ask
    talk.hear(says(onset=hours_ago(0, 12)))
    assert talk.level is Level.SELF_CARE
    assert "onset" not in talk.ask


def test_a_workout_never_replaces_the_time_of_the_pain() -> None:
    pain, workout = hours_ago(72, 80), hours_ago(1, 2, of_workout=True)
    assert merge(pain, workout, NOW) == pain
    assert merge(workout, pain, NOW) == pain


def test_of_two_contradicting_times_the_earlier_onset_counts() -> None:
    three_days, this_morning = hours_ago(72, 96), hours_ago(0, 12)
    assert merge(three_days, this_morning, NOW) == three_days
    assert merge(this_morning, three_days, NOW) == three_days


def test_a_later_time_told_in_a_talk_does_not_take_the_first_one_back(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(72, 96)), says(onset=hours_ago(0, 12)))
    assert talk.level is Level.SEE_PROVIDER


def test_a_second_statement_narrows_an_undecided_onset() -> None:
    merged = merge(hours_ago(24, 72), hours_ago(36, 48), NOW)
    assert merged.hours_before(NOW) == (36, 48)
    merged = merge(hours_ago(24, 72), hours_ago(48, 120), NOW)
    assert merged.hours_before(NOW) == (48, 72)


def test_pain_that_came_back_keeps_its_first_beginning() -> None:
    merged = merge(hours_ago(2000, recurrent=True), hours_ago(0, 12), NOW)
    assert merged.recurrent
    assert merged.hours_before(NOW)[0] == 2000


@pytest.mark.parametrize("known", [hours_ago(24, 72), hours_ago(0, 12)])
def test_pain_that_comes_and_goes_still_does_after_another_time(known: Onset) -> None:
    merged = merge(replace(known, recurrent=True), hours_ago(36, 48), NOW)
    assert merged == replace(hours_ago(36, 48), recurrent=True)


@pytest.mark.parametrize(("answer", "level"), [(YES, Level.SEE_PROVIDER), (NO, Level.SELF_CARE)])
def test_more_than_48_hours_is_settled_by_yes_or_no(
    answer: Reading, level: Level, talk: Talk
) -> None:
    talk.hear(says("back_pain", onset=hours_ago(24, 72)))
    assert talk.level is None
    talk.hear(answer, asked=("onset",))
    assert talk.level is level
    assert "onset" not in talk.ask


def test_yes_or_no_makes_an_unclear_time_clear(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(24, 72), onset_unclear=True))
    assert "onset" not in talk.hear(YES, asked=("onset",)).ask


@pytest.mark.parametrize("answer", [YES, NO])
def test_yes_or_no_to_another_question_decides_no_onset(
    answer: Reading, rulebook: RuleBook
) -> None:
    talk = Talk(rulebook).hear(says("back_pain", onset=hours_ago(24, 72)))
    assert "onset" in talk.hear(answer, asked=("activity",)).ask
    assert "SS3_OVER_TWO_DAYS" not in talk.fired


def test_an_unanswered_onset_leaves_the_level_open_and_borderline(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(24, 72))).hear(SKIP, asked=("onset",))
    assert talk.level is None
    assert talk.assessment.borderline
    assert "onset" not in talk.ask
    assert "onset" in talk.assessment.unknown


def test_a_time_that_settles_nothing_is_asked_again_at_most_three_times(talk: Talk) -> None:
    talk.hear(says("back_pain", onset_unclear=True))
    for _ in range(3):
        assert "onset" in talk.ask
        talk.hear(NOTHING, asked=("onset",))
    assert "onset" not in talk.ask


def test_it_came_back_today_asks_when_it_first_began(talk: Talk) -> None:
    talk.hear(says("back_pain", onset=hours_ago(0, 12), onset_unclear=True))
    assert "onset" in talk.ask
    talk.hear(says(onset=hours_ago(72, 96)), asked=("onset",))
    assert "onset" not in talk.ask
    assert SS3 in talk.fired


def test_a_later_time_beside_an_undecided_one_does_not_narrow_it() -> None:
    couple_of_days = hours_ago(36, 60)
    assert merge(couple_of_days, hours_ago(0, 12), NOW) == couple_of_days


def test_an_earlier_time_beside_an_undecided_one_replaces_it() -> None:
    assert merge(hours_ago(36, 60), hours_ago(90, 99), NOW) == hours_ago(90, 99)


def test_intervals_that_only_touch_narrow_to_the_moment_they_share() -> None:
    assert merge(hours_ago(24, 72), hours_ago(72, 99), NOW) == hours_ago(72)
    assert merge(hours_ago(24, 72), hours_ago(0, 24), NOW) == hours_ago(24)


def test_a_decided_time_is_replaced_as_a_whole_by_an_earlier_one() -> None:
    assert merge(hours_ago(1, 30), hours_ago(20, 60), NOW) == hours_ago(20, 60)
