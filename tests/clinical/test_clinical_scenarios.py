"""The acceptance scenarios of facts E, with the readings written by hand."""

from __future__ import annotations

import pytest
from clinical_talk import Talk, hours_ago, says

from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Answer, Reading, Topic, Trend

SELF_CARE, PROVIDER, URGENT, EMERGENCY = Level

YESTERDAY = hours_ago(12, 36)
WEEKS = hours_ago(336, 504)

SCENARIOS: dict[str, tuple[list[Reading], Level, set[str]]] = {
    "E01 textbook soreness": (
        [
            says(
                "back_pain",
                "soreness",
                "stiffness",
                "workout",
                absent=["numbness_tingling", "bladder_change", "fever", "major_trauma"],
                onset=hours_ago(12, 36, of_workout=True),
                pain=3,
                age=29,
            )
        ],
        SELF_CARE,
        set(),
    ),
    "E02 exactly two days": (
        [says("back_pain", "stiffness", onset=hours_ago(36, 48), pain=2, trend=Trend.BETTER)],
        SELF_CARE,
        set(),
    ),
    "E03 three days, better": (
        [says(onset=hours_ago(72, 84), pain=2, trend=Trend.BETTER, age=41, topic=Topic.IN_SCOPE)],
        PROVIDER,
        {"SS3_OVER_TWO_DAYS"},
    ),
    "E04 worse on the first day": (
        [says("workout", "worsening", onset=hours_ago(0, 12), pain=6, trend=Trend.WORSE)],
        PROVIDER,
        {"SS4_WORSENING"},
    ),
    "E05 takes my breath away": (
        [
            says("sharp_shooting", "workout", unsure=["breathless"], onset=hours_ago(2)),
            says(absent=["breathless", "chest_pain"]),
        ],
        PROVIDER,
        {"SS1_SHARP_SHOOTING"},
    ),
    "E06 sciatica in one leg": (
        [
            says(
                "back_pain",
                "radiating_leg",
                "numbness_tingling",
                absent=["foot_drop", "bladder_change", "bowel_change"],
                onset=YESTERDAY,
            )
        ],
        PROVIDER,
        {"SS2_RADIATING", "SS6_NUMB_TINGLE"},
    ),
    "E07 cauda equina": (
        [says("saddle_numbness", "bladder_change")],
        EMERGENCY,
        {"RF01_SADDLE", "RF02_BLADDER"},
    ),
    "E10 cola urine": (
        [says("dark_urine", "widespread_muscle_pain", onset=hours_ago(36, 60, of_workout=True))],
        EMERGENCY,
        {"RF12_RHABDO"},
    ),
    "E11 numb from soreness": (
        [
            says(
                "soreness",
                unsure=["numbness_tingling"],
                onset=hours_ago(12, 36, of_workout=True),
            ),
            says("soreness", absent=["numbness_tingling"], answer=Answer.NO),
        ],
        SELF_CARE,
        set(),
    ),
    "E12 stable foot drop": (
        [says("foot_drop", absent=["worsening", "saddle_numbness"], onset=YESTERDAY, pain=5)],
        URGENT,
        {"RF07_FOOT_DROP"},
    ),
    "E13 both legs, weaker": (
        [says("both_legs", "weakness_progressive", onset=hours_ago(0, 12))],
        EMERGENCY,
        {"RF05_BILATERAL_LEGS", "RF06_WEAKNESS_PROGRESSIVE"},
    ),
    "E14 fever, then injected drugs": (
        [says("back_pain", "fever", "workout"), says("injected_drugs")],
        EMERGENCY,
        {"RF16_FEVER_INFECTION", "RF17_INFECTION_RISK"},
    ),
    "E15 aorta": (
        [says("tearing_pain", "back_pain", "abdominal_pain", "faint_clammy", age=68)],
        EMERGENCY,
        {"RF09_AORTA"},
    ),
    "E16 kidney stone": (
        [says("flank_pain", "sudden_severe_pain", "colicky_pain", "vomiting", "blood_in_urine")],
        EMERGENCY,
        {"RF19_RENAL"},
    ),
    "E17 urinary infection": (
        [says("back_pain", "burning_urination", absent=["vomiting", "pregnant"], age=24)],
        URGENT,
        {"RF19_RENAL"},
    ),
    "E18 teenage gymnast": (
        [says("back_pain", "extension_pain", "extension_sport", onset=WEEKS, age=15)],
        PROVIDER,
        {"RF24_MINOR", "RF25_STRESS_FRACTURE", "SS3_OVER_TWO_DAYS"},
    ),
    "E19 pregnant": (
        [
            says("back_pain", "pregnant", onset=hours_ago(0, 12)),
            says(absent=["vaginal_bleeding", "contractions", "fewer_movements"]),
        ],
        PROVIDER,
        {"RF23_PREGNANCY"},
    ),
    "E20 fragile bones": (
        [says("fragile_bones", "bone_crack", "sharp_shooting", onset=YESTERDAY, age=72)],
        URGENT,
        {"RF14_FRAGILITY_FRACTURE", "SS1_SHARP_SHOOTING"},
    ),
    "E21 cancer years ago": (
        [says("back_pain", "cancer_history", absent=["weight_loss"], onset=YESTERDAY, pain=3)],
        URGENT,
        {"RF18_CANCER"},
    ),
    "E22 two weeks of strain": (
        [says("back_pain", "spasm", absent=["fever", "weight_loss"], onset=hours_ago(330, 350))],
        PROVIDER,
        {"SS3_OVER_TWO_DAYS"},
    ),
    "E23 weeks, now a foot drop": (
        [says("back_pain", "foot_drop", onset=WEEKS, age=35)],
        URGENT,
        {"RF07_FOOT_DROP", "SS3_OVER_TWO_DAYS"},
    ),
    "E24 barbell on the back": (
        [says("major_trauma", "focal_spine_pain", pain=8)],
        EMERGENCY,
        {"RF08_MAJOR_TRAUMA"},
    ),
    "E25 hydration bladder": (
        [
            says("bladder_change"),
            says("back_pain", absent=["bladder_change"], onset=hours_ago(0, 12)),
            says(absent=["bladder_change"], answer=Answer.YES),
        ],
        SELF_CARE,
        set(),
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenario(name: str, talk: Talk) -> None:
    readings, level, rules = SCENARIOS[name]
    talk.hear(*readings)
    assert talk.level is level
    assert rules <= set(talk.fired)


def test_two_days_are_borderline_and_name_tomorrow(talk: Talk) -> None:
    talk.hear(*SCENARIOS["E02 exactly two days"][0])
    assert talk.assessment.borderline
    assert talk.assessment.check_again is not None
    assert talk.assessment.check_again.day == talk.now.day + 1


@pytest.mark.parametrize(
    ("name", "timeframe"),
    [
        ("E03 three days, better", Timeframe.ROUTINE),
        ("E04 worse on the first day", Timeframe.SOON),
        ("E06 sciatica in one leg", Timeframe.SOON),
        ("E22 two weeks of strain", Timeframe.ROUTINE),
    ],
)
def test_scenario_timeframe(name: str, timeframe: Timeframe, talk: Talk) -> None:
    assert talk.hear(*SCENARIOS[name][0]).assessment.timeframe is timeframe
