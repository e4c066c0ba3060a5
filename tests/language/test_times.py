"""When the pain began and which way it is going, in the words that people use."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phrase_tables import DATA, cases

from backchat.clinical.reading import Trend
from backchat.language.canonical import canonical
from backchat.language.times import OnsetReading, read_onset, read_trend
from backchat.language.times.calendar import Calendar
from backchat.language.times.feasts import easter
from backchat.language.times.moments import RULES
from backchat.language.times.rules import words_of

MONDAY_NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def verdict(reading: OnsetReading, now: datetime = MONDAY_NOON) -> str:
    if reading.onset is None:
        return "unclear" if reading.unclear else "none"
    low, high = reading.onset.hours_before(now)
    side = "yes" if low >= 48 and high > 48 else "no" if high <= 48 else "ask"
    return f"workout-{side}" if reading.onset.of_workout else side


def hours(
    text: str, now: datetime = MONDAY_NOON, timezone: str = "UTC", question: str | None = None
) -> tuple[float, float]:
    onset = read_onset(text, now, timezone, question).onset
    assert onset is not None, text
    low, high = onset.hours_before(now)
    return round(low, 2), round(high, 2)


@pytest.mark.parametrize(("expected", "text"), cases("onsets.txt"))
def test_phrase_falls_on_its_side_of_two_days(expected: str, text: str) -> None:
    assert verdict(read_onset(text, MONDAY_NOON)) == expected


def test_tuning_table_is_read_as_labelled() -> None:
    sides = {True: "yes", False: "no", "ask": "ask", None: "none"}
    wrong = []
    for line in (DATA / "durations_tune.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        now = datetime.fromisoformat(case["now"])
        got = verdict(read_onset(case["text"], now, case["timezone"]), now)
        got = {"unclear": "ask", "workout-yes": "ask"}.get(got, got.removeprefix("workout-"))
        if got != sides[case["over_two_days"]]:
            wrong.append((case["id"], case["text"], got))
        elif case["low"] is not None and case["high"] is not None:
            low, high = hours(case["text"], now, case["timezone"])
            if abs(low - case["low"]) > 0.02 or abs(high - case["high"]) > 0.02:
                wrong.append((case["id"], case["text"], f"{low}-{high}"))
    assert not wrong


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("this morning", 0, 12),
        ("since last night", 8, 24),
        ("yesterday", 12, 36),
        ("24 hours", 12, 47),
        ("a day and a half", 36, 36),
        ("two days", 36, 48),
        ("48 hours", 36, 48),
        ("two days ago", 24, 72),
        ("the day before yesterday", 24, 72),
        ("a couple of days", 36, 60),
        ("49 hours", 49, 60),
        ("two and a half days", 49, 60),
        ("2-3 days", 48, 72),
        ("three days", 72, 96),
        ("a week", 168, 336),
        ("since Saturday", 36, 60),
        ("since last Monday", 156, 180),
        ("since the weekend", 12, 60),
    ],
)
def test_interval_follows_the_table_of_the_two_day_rule(text: str, low: float, high: float) -> None:
    assert hours(text) == (low, high)


def test_last_monday_said_on_a_tuesday_is_eight_days_ago() -> None:
    tuesday = MONDAY_NOON + timedelta(days=1)
    assert hours("since last Monday", tuesday) == (180, 204)


def test_today_s_weekday_is_the_one_a_week_ago() -> None:
    assert hours("since Monday") == (156, 180)


@pytest.mark.parametrize("hour", range(24))
def test_yesterday_never_reaches_two_days(hour: int) -> None:
    now = MONDAY_NOON.replace(hour=hour)
    assert hours("yesterday", now)[1] <= 47


@pytest.mark.parametrize("hour", range(24))
def test_three_days_ago_is_always_over_two_days(hour: int) -> None:
    now = MONDAY_NOON.replace(hour=hour)
    assert verdict(read_onset("three days ago", now), now) == "yes"


@pytest.mark.parametrize(
    ("timezone", "low", "high"),
    [("Pacific/Auckland", 49, 73), ("America/Los_Angeles", 28, 52), ("Asia/Kolkata", 41.5, 65.5)],
)
def test_weekday_is_that_of_the_person_s_time_zone(timezone: str, low: float, high: float) -> None:
    assert hours("since Saturday", timezone=timezone) == (low, high)


@pytest.mark.parametrize(
    ("now", "timezone", "length"),
    [
        (datetime(2026, 3, 30, 11, tzinfo=UTC), "Europe/London", 23),  # clocks went forward
        (datetime(2026, 10, 26, 12, tzinfo=UTC), "Europe/London", 25),  # and back
        (datetime(2026, 11, 2, 17, tzinfo=UTC), "America/New_York", 25),
    ],
)
def test_sunday_has_23_or_25_hours_when_the_clocks_change(
    now: datetime, timezone: str, length: float
) -> None:
    low, high = hours("since Sunday", now, timezone)
    assert high - low == length


@pytest.mark.parametrize("timezone", ["Europe/London", "America/New_York", "UTC", "Nowhere/Land"])
@pytest.mark.parametrize("day", [datetime(2026, 3, 30, 12), datetime(2026, 11, 2, 12)])
def test_clock_changes_flip_no_whole_day_statement(timezone: str, day: datetime) -> None:
    now = day.replace(tzinfo=UTC)
    assert verdict(read_onset("two days", now, timezone), now) == "no"
    assert verdict(read_onset("three days", now, timezone), now) == "yes"
    assert verdict(read_onset("yesterday", now, timezone), now) == "no"
    assert verdict(read_onset("two days ago", now, timezone), now) == "ask"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 days", "no"),
        ("tuesday", "yes"),
        ("yesterday", "no"),
        ("about a week", "yes"),
        ("today", "no"),
        ("monday morning", "yes"),
        ("during squats yesterday", "no"),
        ("when I deadlifted on Thursday", "yes"),
        ("right after the gym on friday", "yes"),
        ("3", "unclear"),
        ("after my workout", "unclear"),
        ("since the marathon", "unclear"),
        ("tomorrow", "unclear"),
        ("recently", "unclear"),
        ("no idea", "none"),
        ("why do you ask?", "none"),
    ],
)
def test_bare_time_answers_the_question_when_it_began(text: str, expected: str) -> None:
    assert verdict(read_onset(text, MONDAY_NOON, question="onset")) == expected


def test_first_onset_counts_for_pain_that_comes_and_goes() -> None:
    onset = read_onset("on and off for two months, bad again since yesterday", MONDAY_NOON).onset
    assert onset is not None
    assert onset.recurrent
    assert verdict(OnsetReading(onset)) == "yes"


def test_pain_s_own_time_beats_the_workout_s() -> None:
    onset = read_onset("deadlifted on Saturday, sore since Sunday", MONDAY_NOON).onset
    assert onset is not None
    assert not onset.of_workout
    assert onset.text == "Sunday"


def test_two_statements_narrow_each_other() -> None:
    assert hours("since Saturday, so two days") == (36, 48)
    assert verdict(read_onset("since Saturday morning, over two days", MONDAY_NOON)) == "yes"


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("since mid November", 60, 300),
        ("since the first week of November", 372, 540),
        ("since the end of last week", 72, 108),
        ("since before the weekend", 60, 108),
        ("Friday or Saturday", 36, 84),
        ("sometime between Friday night and Sunday", 12, 66),
        ("yesterday or the day before", 12, 72),
        ("since the clocks went back", 372, 708),
        ("not two days, five", 120, 144),
        ("it's not been a week, just two days", 36, 48),
        ("deadlifted on Friday, woke up the next morning with a sore back", 36, 60),
    ],
)
def test_words_around_a_time_cut_move_and_deny_it(text: str, low: float, high: float) -> None:
    assert hours(text) == (low, high)


WEDNESDAY_EVENING = datetime(2026, 11, 25, 20, tzinfo=UTC)
SUNDAY_AFTER_CHRISTMAS = datetime(2026, 12, 27, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("two days ago at 9 in the morning", 59, 59),
        ("two days ago at 11 at night", 45, 45),
        ("the day before yesterday at half six in the morning", 61.5, 61.5),
        ("the day before yesterday, just before midnight", 44, 46),
        ("Monday lunchtime", 53, 57),
        ("on the 23rd at 8am", 60, 60),
        ("the evening of the 23rd", 44, 51),
        ("two mornings ago", 56, 64),
        ("today at 7am", 13, 13),
        ("at 2 at night on Monday", 42, 42),
    ],
)
def test_time_of_day_cuts_down_the_day_beside_it(text: str, low: float, high: float) -> None:
    assert hours(text, WEDNESDAY_EVENING) == (low, high)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("since Christmas Eve", 63, 87),
        ("since Christmas Day", 39, 63),
        ("on Christmas morning", 51, 59),
        ("Boxing Day lunchtime", 24, 28),
        ("since xmas eve in the evening", 63, 70),
    ],
)
def test_feast_is_its_day_and_its_eve_the_day_before(text: str, low: float, high: float) -> None:
    assert hours(text, SUNDAY_AFTER_CHRISTMAS) == (low, high)


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(1961, (4, 2)), (2008, (3, 23)), (2024, (3, 31)), (2026, (4, 5)), (2038, (4, 25))],
)
def test_easter_falls_where_the_church_has_it(year: int, sunday: tuple[int, int]) -> None:
    assert easter(year) == date(year, *sunday)


def test_good_friday_is_reckoned_from_easter() -> None:
    wednesday = datetime(2026, 4, 8, 12, tzinfo=UTC)
    assert hours("since Good Friday", wednesday) == (108, 132)


def test_no_rule_misses_a_time_for_want_of_the_words_it_needs() -> None:
    calendar = Calendar.at(MONDAY_NOON, "UTC")
    missed = []
    for _, text in cases("onsets.txt"):
        said = canonical(text).text
        for rule in RULES:
            found = [m.group() for m in rule.pattern.finditer(said) if rule.resolve(m, calendar)]
            if found and not rule.may_match(words_of(said)):
                missed.append((text, found))
    assert not missed


def test_bank_holiday_said_on_the_day_after_is_yesterday() -> None:
    tuesday = datetime(2026, 9, 1, 12, tzinfo=UTC)
    low, high = hours("since the bank holiday", tuesday)
    assert low <= 12 < 36 <= high


def test_a_weekday_named_next_lies_ahead_even_on_that_weekday() -> None:
    assert verdict(read_onset("next Monday", MONDAY_NOON)) == "none"


def test_last_midnight_of_a_named_day_may_be_either_end_of_it() -> None:
    assert hours("since Saturday at midnight") == (36, 60)


def test_correction_replaces_the_first_time() -> None:
    assert verdict(read_onset("it's been a week, no wait, two days", MONDAY_NOON)) == "no"


def test_pain_after_a_week_without_it_is_a_new_episode() -> None:
    text = "had it last month, totally gone for three weeks, came back this morning"
    assert verdict(read_onset(text, MONDAY_NOON)) == "no"


def test_onset_quotes_the_person() -> None:
    onset = read_onset("My back’s been sore for, like, TWO and a half WEEKS!!", MONDAY_NOON).onset
    assert onset is not None
    assert onset.text == "TWO and a half WEEKS"


def test_onset_is_kept_in_utc() -> None:
    now = datetime(2026, 11, 23, 7, tzinfo=ZoneInfo("America/New_York"))
    onset = read_onset("two days", now, "America/New_York").onset
    assert onset is not None
    assert onset.latest == datetime(2026, 11, 22, 0, tzinfo=UTC)
    assert onset.latest.tzinfo is UTC


@pytest.mark.parametrize(("expected", "text"), cases("trends.txt"))
def test_phrase_tells_its_trend(expected: str, text: str) -> None:
    trend = read_trend(text)
    assert (trend.value if trend else "none") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worse", Trend.WORSE),
        ("bit better i think", Trend.BETTER),
        ("about the same really", Trend.SAME),
        ("neither", Trend.SAME),
        ("easing", Trend.BETTER),
        ("worse for sure", Trend.WORSE),
        ("worse now after sitting all day", Trend.WORSE),
        ("worse when i sit", None),
        ("a bit worse in the morning", None),
        ("no", None),
        ("3", None),
    ],
)
def test_bare_word_answers_the_question_of_trend(text: str, expected: Trend | None) -> None:
    assert read_trend(text, "trend") is expected


SAID = """
two 2 3 a half and days day weeks ago since for been monday yesterday last next this morning night
over under almost about 20/11 nov 20 the 3rd 7:30 pm noon worse better was now 3 6 from to not no my
back hurts deadlifts did , . ? 99999999999 ½ - /
"""
SPOKEN = st.one_of(
    st.text(max_size=200),
    st.lists(
        st.sampled_from(SAID.split()),
        max_size=25,
    ).map(" ".join),
)
MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2150, 1, 1))


@settings(max_examples=300, deadline=None)
@given(SPOKEN, MOMENTS, st.sampled_from(["UTC", "Asia/Kolkata", "", "../etc", "America/New_York"]))
def test_no_text_raises_and_every_onset_is_an_interval_of_the_past(
    text: str, now: datetime, timezone: str
) -> None:
    for question in (None, "onset", "trend"):
        onset = read_onset(text, now, timezone, question).onset
        read_trend(text, question)
        if onset is not None:
            assert onset.earliest <= onset.latest <= now.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "change",
    [str.upper, str.title, "{} ".format, "  {}".format, "{}!!".format, "hi. {}".format],
    ids=["upper", "title", "space after", "space before", "exclamation", "greeting"],
)
def test_case_and_closing_marks_change_nothing(change: Callable[[str], str]) -> None:
    changed = []
    for _, text in cases("onsets.txt"):
        plain = text.rstrip(".!")
        if plain.endswith("?"):
            continue
        before = verdict(read_onset(plain, MONDAY_NOON))
        if verdict(read_onset(change(plain), MONDAY_NOON)) != before:
            changed.append(plain)
    assert not changed
