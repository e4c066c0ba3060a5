"""How a symptom is meant: denied, doubted, over, imagined, someone else's (facts A5)."""

from __future__ import annotations

import pytest
from language_cases import finding, outcome, read, status

from backchat.clinical.reading import About, Answer, Status, Topic, Trend


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("I can't pee", "bladder_change"),
        ("havent been able to pee", "bladder_change"),
        ("unable to urinate", "bladder_change"),
        ("no control over my bladder", "bladder_change"),
        ("No, I can't control my bladder", "bladder_change"),
        ("No fever and I can't control my bladder", "bladder_change"),
        ("no feeling between my legs", "saddle_numbness"),
        ("can't feel it when I wipe", "saddle_numbness"),
        ("I don't know when I need to poo", "bowel_change"),
        ("can't get an erection", "sexual_change"),
        ("my legs won't hold me", "cannot_walk"),
        ("can't lift my foot", "foot_drop"),
        ("without warning I wet myself", "bladder_change"),
        ("not only my left leg, the right too is numb", "both_legs"),
        ("no longer able to feel my feet", "both_legs"),
    ],
)
def test_a_symptom_made_of_negative_words_is_present(text: str, concept: str) -> None:
    assert status(text, concept) is Status.PRESENT


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("no numbness between my legs", "saddle_numbness"),
        ("never lost control of my bladder", "bladder_change"),
        ("no weakness, tingling or numbness in my legs", "both_legs"),
        ("no leg weakness, foot comes up fine", "leg_weakness"),
        ("I can pee fine", "bladder_change"),
        ("bladder is normal", "bladder_change"),
        ("numbness? no", "numbness_tingling"),
        ("legs feel solid", "leg_giving_way"),
    ],
)
def test_a_denied_symptom_is_absent(text: str, concept: str) -> None:
    assert status(text, concept) is Status.ABSENT


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("I wouldn't say there's no numbness down there", "saddle_numbness"),
        ("it's not like I can't pee but it's slow", "bladder_change"),
        ("maybe my groin is numb", "saddle_numbness"),
        ("my groin is a bit numb", "saddle_numbness"),
        ("my groin is numb, not sure", "saddle_numbness"),
        ("worried about losing bladder control", "bladder_change"),
    ],
)
def test_a_doubtful_symptom_is_unsure(text: str, concept: str) -> None:
    assert status(text, concept) is Status.UNSURE


def test_a_denial_ends_at_but_and_at_just() -> None:
    assert status("No numbness but I can't feel when I pee", "bladder_change") is Status.PRESENT
    text = "No numbness in my back, just between my legs"
    assert status(text, "saddle_numbness") is Status.PRESENT


def test_a_symptom_that_is_over_is_past_and_counts_unless_it_is_old() -> None:
    recent = finding("my groin was numb yesterday, gone now", "saddle_numbness")
    old = finding("I used to get pins and needles in my foot years ago", "numbness_tingling")
    assert recent is not None
    assert (recent.status, recent.old) == (Status.PAST, False)
    assert old is not None
    assert (old.status, old.old) == (Status.PAST, True)


@pytest.mark.parametrize(
    "text",
    [
        "should I worry if I get numbness between my legs",
        "what if my groin goes numb",
        "what are the signs of saddle numbness",
    ],
)
def test_a_question_about_the_topic_is_hypothetical(text: str) -> None:
    assert status(text, "saddle_numbness") is Status.HYPOTHETICAL


def test_someone_described_now_is_assessed_as_the_other() -> None:
    found = read("my son can't feel his legs")
    assert found.about is About.OTHER
    assert "RF05_BILATERAL_LEGS" in outcome("my son can't feel his legs").rules


def test_what_others_have_is_not_mixed_into_the_persons_own_report() -> None:
    text = "my back is sore and my dad had prostate cancer"
    assert read(text).about is About.SELF
    assert status(text, "back_pain") is Status.PRESENT
    assert status(text, "cancer_history") is Status.OTHER_PERSON


def test_a_finding_quotes_the_persons_own_words() -> None:
    text = "Hi there, MY CROTCH has gone numb!!"
    found = finding(text, "saddle_numbness")
    assert found is not None
    assert found.text == text[found.start : found.end] == "CROTCH has gone numb"


def test_a_bare_no_answers_the_question_and_finds_nothing() -> None:
    found = read("no", "clarify:RF01_SADDLE")
    assert found.answer is Answer.NO
    assert found.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "cant feel my legs",
        "CANT FEEL MY LEGS",
        "cnt feel my legs",
        "can’t feel my leggs",
        "I can't  feel   my legs",
    ],
)
def test_typing_noise_changes_nothing(text: str) -> None:
    assert status(text, "both_legs") is Status.PRESENT


def test_a_repaired_word_alone_never_alarms() -> None:
    assert status("numbnnes", "numbness_tingling") in (Status.UNSURE, None)


def test_the_topic_is_the_back_another_part_or_neither() -> None:
    assert read("my lower back hurts").topic is Topic.IN_SCOPE
    assert read("moving boxes wrecked my back").topic is Topic.IN_SCOPE
    assert read("my knee hurts").topic is Topic.ADJACENT
    assert read("what is the capital of France").topic is Topic.OFF_TOPIC
    assert read("hello").topic is Topic.IN_SCOPE
    assert read("3/10").topic is None


def test_circumstances_are_read_beside_the_symptoms() -> None:
    found = read(
        "did deadlifts for the first time, skipped the warm up, left side hurts when i bend"
    )
    assert "deadlift" in found.activities
    assert {"skipped_warmup", "new_exercise"} <= set(found.causes)
    assert found.side == "left"
    assert "bending" in found.aggravators


def test_the_trend_of_the_weather_is_not_that_of_the_pain() -> None:
    assert read("the weather is getting worse").trend is None
    assert read("the pain is getting worse").trend is Trend.WORSE
