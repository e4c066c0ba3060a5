"""Episodes: what stays, what a confirmed correction removes, and how they are stored."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from clinical_talk import NO, NOTHING, NOW, SKIP, YES, Talk, finding, hours_ago, says

from backchat.clinical import contract
from backchat.clinical.episode import Episode
from backchat.clinical.errors import EpisodeFormatError
from backchat.clinical.interview import Kind
from backchat.clinical.levels import Level
from backchat.clinical.reading import About, Answer, Reading, Status, Topic, Trend
from backchat.clinical.rules import RuleBook
from backchat.clinical.triage import assess

BLADDER = "RF02_BLADDER"


def test_a_risk_factor_told_later_escalates_and_stays(talk: Talk) -> None:
    """E14."""
    talk.hear(says("back_pain", "fever", "workout", unsure=["severe_pain"]))
    assert talk.level is Level.URGENT_SAME_DAY
    talk.hear(says("injected_drugs"))
    assert talk.level is Level.EMERGENCY_NOW
    assert talk.fired == {
        "RF16_FEVER_INFECTION": Level.EMERGENCY_NOW,
        "RF17_INFECTION_RISK": Level.EMERGENCY_NOW,
    }
    talk.hear(says("improving", trend=Trend.BETTER, pain=0), NOTHING)
    assert talk.level is Level.EMERGENCY_NOW


def test_a_correction_lowers_only_after_it_is_confirmed(talk: Talk) -> None:
    """E25."""
    talk.hear(says("bladder_change"))
    assert talk.level is Level.EMERGENCY_NOW
    talk.hear(
        says(
            "back_pain",
            "soreness",
            absent=["bladder_change"],
            onset=hours_ago(0, 12),
            answer=Answer.NO,
        )
    )
    assert talk.level is Level.EMERGENCY_NOW
    assert talk.ask[0] == f"clarify:{BLADDER}"
    assert talk.question is not None
    assert talk.question.kind is Kind.RETRACTION
    talk.hear(says(absent=["bladder_change"], answer=Answer.YES))
    assert talk.level is Level.SELF_CARE
    assert talk.fired == {}
    assert f"clarify:{BLADDER}" not in talk.ask


@pytest.fixture
def disputed(talk: Talk) -> Talk:
    """A bladder change that was told and then denied."""
    return talk.hear(
        says("back_pain", "bladder_change", onset=hours_ago(0, 12)),
        says(absent=["bladder_change"]),
    )


@pytest.mark.parametrize("confirmation", [YES, says(absent=["bladder_change"])])
def test_yes_or_a_repeated_denial_confirms(confirmation: Reading, disputed: Talk) -> None:
    assert disputed.hear(confirmation).level is Level.SELF_CARE


@pytest.mark.parametrize(
    "other",
    [
        NO,
        NOTHING,
        SKIP,
        says("stiffness"),
        says("bladder_change", answer=Answer.YES),
        says(past=["bladder_change"], answer=Answer.YES),
    ],
)
def test_anything_else_keeps_the_finding(other: Reading, disputed: Talk) -> None:
    assert disputed.hear(other).level is Level.EMERGENCY_NOW


def test_no_ends_the_question_until_it_is_denied_again(disputed: Talk) -> None:
    disputed.hear(NO)
    assert disputed.question is None
    disputed.hear(says(absent=["bladder_change"]))
    assert disputed.question is not None
    assert disputed.question.kind is Kind.RETRACTION


def test_a_correction_is_asked_for_at_most_three_times(disputed: Talk) -> None:
    disputed.hear(NOTHING, NOTHING)
    assert disputed.question is not None
    assert disputed.question.explain
    disputed.hear(NOTHING)
    assert disputed.question is None
    assert disputed.level is Level.EMERGENCY_NOW


def test_skipping_a_correction_twice_is_enough(disputed: Talk) -> None:
    disputed.hear(SKIP)
    assert disputed.question is not None
    disputed.hear(SKIP)
    assert disputed.question is None
    assert disputed.level is Level.EMERGENCY_NOW


def test_there_until_recently_takes_nothing_back_and_ends_the_question(disputed: Talk) -> None:
    disputed.hear(says(past=["bladder_change"], answer=Answer.YES))
    assert disputed.assessment.retractions == ()


def test_a_second_correction_is_asked_for_as_patiently_as_the_first(disputed: Talk) -> None:
    disputed.hear(NOTHING, NOTHING, YES)
    disputed.hear(says("bladder_change"), says(absent=["bladder_change"]))
    assert disputed.question is not None
    assert disputed.question.kind is Kind.RETRACTION
    assert not disputed.question.explain


def test_what_was_never_denied_is_asked_about_after_a_correction(talk: Talk) -> None:
    talk.hear(says("worsening", "heavy_lifting", "little_urine", "widespread_muscle_pain"))
    assert "RF12_RHABDO" in talk.fired
    question = ("clarify:RF12_RHABDO",)
    talk.hear(says(absent=["widespread_muscle_pain"]), asked=()).hear(YES, asked=question)
    assert "RF12_RHABDO" not in talk.fired
    assert talk.ask[:1] == question
    assert talk.assessment.retractions == ()


def test_both_the_finding_and_its_withdrawal_are_kept(disputed: Talk) -> None:
    disputed.hear(YES)
    report = disputed.episode.report
    assert [(each.concept, each.turn) for each in report.withdrawn] == [("bladder_change", 0)]
    assert report.statuses.of("bladder_change") is Status.ABSENT


def test_a_withdrawn_symptom_can_come_back(disputed: Talk) -> None:
    disputed.hear(YES, says("bladder_change"))
    assert disputed.level is Level.EMERGENCY_NOW


def test_a_withdrawal_takes_back_what_it_raised_elsewhere(talk: Talk) -> None:
    talk.hear(says("back_pain", "fever", "numbness_tingling"))
    assert talk.fired["RF16_FEVER_INFECTION"] is Level.EMERGENCY_NOW
    talk.hear(says(absent=["numbness_tingling"]))
    talk.hear(YES, asked=("clarify:SS6_NUMB_TINGLE",))
    assert talk.fired == {"RF16_FEVER_INFECTION": Level.URGENT_SAME_DAY}


def test_a_confirmed_answer_can_be_taken_back(talk: Talk) -> None:
    talk.hear(says("back_pain", unsure=["saddle_numbness"]), YES)
    assert talk.level is Level.EMERGENCY_NOW
    talk.hear(says(absent=["saddle_numbness"]), YES)
    assert talk.fired == {}


def test_a_confirmed_answer_without_other_words_can_be_taken_back(talk: Talk) -> None:
    question = ("clarify:RF27_ANTICOAGULANT",)
    talk.hear(says("back_pain", "severe_pain", unsure=["anticoagulant"]), asked=())
    talk.hear(YES, asked=question)
    assert "RF27_ANTICOAGULANT" in talk.fired
    talk.hear(says(absent=["minor_trauma"]), asked=())
    assert talk.assessment.retractions == question
    talk.hear(YES, asked=question)
    assert "RF27_ANTICOAGULANT" not in talk.fired
    assert talk.level is Level.URGENT_SAME_DAY


def test_a_correction_is_noticed_beside_a_rule_that_nobody_can_take_back(talk: Talk) -> None:
    talk.hear(says("back_pain", "limited_movement", onset=hours_ago(72, 96)))
    talk.hear(says(absent=["limited_movement"]), asked=())
    assert talk.assessment.retractions == ("clarify:SS5_MOVEMENT_LIMITED",)


def test_words_that_only_led_to_a_question_can_be_taken_back(talk: Talk) -> None:
    talk.hear(says("worsening", "heavy_lifting", onset=hours_ago(1, 6)), NOTHING, NOTHING, NOTHING)
    assert "RF12_RHABDO" in talk.fired
    talk.hear(says(absent=["heavy_lifting"]), asked=())
    assert "clarify:RF12_RHABDO" in talk.assessment.retractions


def test_a_denial_beside_the_words_in_one_message_disputes_nothing(talk: Talk) -> None:
    talk.hear(says("numbness_tingling", absent=["numbness_tingling"]))
    assert talk.fired == {"SS6_NUMB_TINGLE": Level.SEE_PROVIDER}
    assert talk.assessment.retractions == ()


@pytest.mark.parametrize(
    "later",
    [
        says(trend=Trend.BETTER, pain=1),
        says(absent=["foot_drop", "worsening"]),
        says(past=["foot_drop"]),
        says(topic=Topic.OFF_TOPIC),
        NO,
    ],
)
def test_nothing_said_later_lowers_the_level(later: Reading, talk: Talk) -> None:
    talk.hear(says("back_pain", "foot_drop", "worsening", trend=Trend.WORSE, pain=9))
    before = talk.fired
    talk.hear(later)
    assert all(talk.fired[rule] >= level for rule, level in before.items())


def test_severe_pain_stays_urgent_after_it_eases(talk: Talk) -> None:
    talk.hear(says("back_pain", pain=9), says(pain=4, trend=Trend.BETTER))
    assert talk.fired["RF21_SEVERE_UNCONTROLLED"] is Level.URGENT_SAME_DAY
    assert talk.episode.report.pain_now == 4


def test_findings_take_the_episodes_turn(talk: Talk) -> None:
    talk.hear(NOTHING, says("fever"))
    assert talk.episode.report.findings[0].turn == 1
    assert talk.episode.turns == 2


@pytest.mark.parametrize(
    ("told", "trend"),
    [
        (says("improving"), Trend.BETTER),
        (says("worsening"), Trend.WORSE),
        (says("improving", "worsening"), Trend.WORSE),
        (says(absent=["worsening"]), None),
        (says("worsening", trend=Trend.SAME), Trend.SAME),
    ],
)
def test_the_trend_follows_the_words_unless_it_is_stated(
    told: Reading, trend: Trend | None, talk: Talk
) -> None:
    assert talk.hear(told).episode.report.trend is trend


def test_someone_else_stays_the_one_described(talk: Talk) -> None:
    talk.hear(says("both_legs", about=About.OTHER), says("fever"))
    assert talk.episode.report.about is About.OTHER
    assert talk.level is Level.EMERGENCY_NOW


def test_facts_add_up_over_turns(talk: Talk) -> None:
    talk.hear(
        says(
            causes=("overdid_it",), activities=("deadlift",), aggravators=("bending",), side="left"
        ),
        says(causes=("overdid_it", "weak_core"), activities=("rowing",), aggravators=("bending",)),
        says(age=41),
    )
    report = talk.episode.report
    assert report.causes == ("overdid_it", "weak_core")
    assert report.activities == ("deadlift", "rowing")
    assert (report.aggravators, report.side, report.age) == (("bending",), "left", 41)


def test_an_episode_stays_small_however_often_things_are_repeated(talk: Talk) -> None:
    for _ in range(30):
        talk.hear(says("back_pain", "soreness", absent=["fever"]), asked=())
    assert len(talk.episode.report.findings) == 6


@pytest.fixture
def long_talk(talk: Talk) -> Talk:
    return talk.hear(
        says("back_pain", unsure=["saddle_numbness"], past=["fever"], onset=hours_ago(24, 72)),
        NO,
        says(absent=["fever"], pain=8, age=30, topic=Topic.IN_SCOPE, side="left"),
        YES,
        Reading(
            findings=(
                finding("dark_urine", Status.HYPOTHETICAL),
                finding("collapse", Status.PAST, old=True),
            ),
            trend=Trend.WORSE,
            causes=("overdid_it",),
        ),
    )


def test_an_episode_survives_json(long_talk: Talk, rulebook: RuleBook) -> None:
    stored = json.loads(json.dumps(long_talk.episode.to_dict()))
    restored = Episode.from_dict(stored)
    assert restored == long_talk.episode
    assert assess(restored, rulebook, NOW) == long_talk.assessment


def test_nothing_stored_is_a_new_episode() -> None:
    assert Episode.from_dict(None) == Episode()


def _changed(path: str, value: Any) -> Any:
    def change(stored: dict[str, Any]) -> None:
        *parents, last = path.split(".")
        place: Any = stored
        for key in parents:
            place = place[int(key)] if key.isdigit() else place[key]
        place[last] = value

    return change


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (_changed("version", 0), "version"),
        (_changed("turns", "5"), "Episode.turns"),
        (_changed("turns", True), "Episode.turns"),
        (_changed("more", 1), "more"),
        (lambda stored: stored.pop("report"), "report"),
        (_changed("report.trend", "sideways"), "Episode.report.trend"),
        (_changed("report.age", "30"), "Episode.report.age"),
        (_changed("report.onset.earliest", "2026-11-23T12:00:00"), "time zone"),
        (_changed("report.onset.earliest", "noon"), "no moment"),
        (_changed("report.findings", None), "Episode.report.findings"),
        (_changed("report.findings.0.status", "here"), "Episode.report.findings[0].status"),
        (_changed("report.findings.0.extra", 1), "Episode.report.findings[0]"),
        (_changed("standing.0.level", 3), "Episode.standing[0].level"),
    ],
)
def test_a_damaged_episode_is_refused_with_its_place(
    change: Any, place: str, long_talk: Talk
) -> None:
    stored = json.loads(json.dumps(long_talk.episode.to_dict()))
    change(stored)
    with pytest.raises(EpisodeFormatError) as refusal:
        Episode.from_dict(stored)
    assert place in str(refusal.value)


def test_something_else_than_a_mapping_is_refused() -> None:
    with pytest.raises(EpisodeFormatError):
        Episode.from_dict([1])  # type: ignore[arg-type]


def test_a_rule_the_knowledge_no_longer_has_still_stands(talk: Talk, rulebook: RuleBook) -> None:
    talk.hear(says("bladder_change", "self_harm", "fever"))
    smaller = RuleBook(
        tuple(rule for rule in rulebook.rules if rule.id != BLADDER),
        tuple(each for each in rulebook.screening if BLADDER not in each.rules),
        "smaller",
    )
    assessment = assess(talk.episode, smaller, NOW)
    assert assessment.level is Level.EMERGENCY_NOW
    assert [each.rule_id for each in assessment.fired] == [
        "RF31_SELF_HARM",
        BLADDER,
        "RF16_FEVER_INFECTION",
    ]


def test_the_public_form_has_the_documented_keys(talk: Talk) -> None:
    talk.hear(
        says("back_pain", "sharp_shooting", onset=hours_ago(48, 72), pain=3, causes=("overdid_it",))
    )
    public = contract.to_dict(talk.episode, talk.assessment, NOW)
    assert json.loads(json.dumps(public)) == public
    assert public["level"] == "SEE_PROVIDER"
    assert public["timeframe"] == "soon"
    assert public["borderline"] is False
    assert public["rules"] == ["SS1_SHARP_SHOOTING", "SS3_OVER_TWO_DAYS"]
    assert public["rule_levels"] == dict.fromkeys(public["rules"], "SEE_PROVIDER")
    assert public["onset_hours"] == [48.0, 72.0]
    assert (public["trend"], public["pain"], public["about"]) == (None, 3, "self")
    assert public["findings"][0] == {
        "concept": "back_pain",
        "status": "present",
        "text": "present back_pain",
        "turn": 0,
        "start": 0,
        "end": 17,
    }
    assert (public["causes"], public["topic"]) == (["overdid_it"], "in_scope")
    assert public["ask"][-1] == "age"


def test_the_public_form_of_nothing_is_null(talk: Talk) -> None:
    public = contract.to_dict(talk.episode, talk.assessment, NOW + timedelta(days=1))
    assert [public[key] for key in ("level", "timeframe", "onset_hours", "trend", "pain")] == [
        None
    ] * 5
    assert public["ask"] == public["rules"] == public["findings"] == []
