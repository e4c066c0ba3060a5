"""What a reply may offer at each level: facts C and F."""

from __future__ import annotations

from typing import Any

import pytest
from clinical_talk import NO, NOW, Talk, hours_ago, says

from backchat.clinical.catalogue import Catalogue
from backchat.clinical.levels import Level
from backchat.clinical.permissions import Part
from backchat.clinical.plan import Plan, build

FRESH: dict[str, Any] = {"onset": hours_ago(12, 24)}
ALL_FIVE = {"back_rotation", "knee_hug", "childs_pose", "cat_cow", "prone_press_up"}
ALL_THREE = {"ibuprofen", "naproxen", "acetaminophen"}


@pytest.fixture
def plan_for(talk: Talk, catalogue: Catalogue) -> Any:
    def plan(*present: str, **others: Any) -> Plan:
        talk.hear(says("back_pain", *present, **{**FRESH, **others}))
        return build(talk.episode, talk.assessment, catalogue)

    return plan


def stretches(plan: Plan) -> set[str]:
    return {each.id for each in plan.stretches}


def skipped(plan: Plan) -> dict[str, str]:
    return {each.id: each.reason for each in plan.skipped}


def test_plain_soreness_may_have_everything(plan_for: Any, catalogue: Catalogue) -> None:
    plan = plan_for("soreness")
    assert plan.withheld == ()
    assert plan.remedies[:2] == ("keep_moving", "ice_or_heat")
    assert set(plan.remedies) == {remedy.id for remedy in catalogue.remedies}
    assert stretches(plan) == ALL_FIVE
    assert all(option.ask_first == () for option in (*plan.thermal, *plan.medicines))
    assert plan.prevention == tuple(tip.id for tip in catalogue.prevention)
    assert plan.check_again is not None
    assert plan.check_again > NOW


@pytest.mark.parametrize("part", Part)
def test_an_emergency_withholds_everything(part: Part, plan_for: Any) -> None:
    plan = plan_for("saddle_numbness")
    assert plan.withholds(part) == "emergency"
    empty = (plan.remedies, plan.thermal, plan.stretches, plan.medicines, plan.prevention)
    assert empty == ((),) * 5
    assert plan.thermal_lead is None
    assert plan.skipped == ()


def test_words_that_may_mean_an_emergency_withhold_everything_until_answered(
    plan_for: Any, talk: Talk, catalogue: Catalogue
) -> None:
    plan = plan_for("soreness", unsure=["dark_urine"])
    assert {each.part for each in plan.withheld} == set(Part)
    assert plan.withholds(Part.MEDICINES) == "open_question"
    talk.hear(NO)
    assert build(talk.episode, talk.assessment, catalogue).withheld == ()


def test_words_that_may_mean_less_withhold_nothing(plan_for: Any) -> None:
    assert plan_for("soreness", unsure=["sharp_shooting"]).withheld == ()


def test_an_urgent_level_allows_short_comfort_only(plan_for: Any) -> None:
    plan = plan_for("foot_drop")
    assert plan.remedies == ("ice_or_heat",)
    for part in (Part.STRETCHES, Part.MEDICINES, Part.PREVENTION, Part.TRAINING):
        assert plan.withholds(part) == "urgent"
    assert (plan.stretches, plan.skipped, plan.medicines, plan.prevention) == ((),) * 4
    assert plan.level is Level.URGENT_SAME_DAY


def test_with_a_fever_not_even_ice_or_heat(plan_for: Any) -> None:
    plan = plan_for("fever")
    assert plan.remedies == ()
    assert all("fever_or_infection" in option.ask_first for option in plan.thermal)
    assert plan.thermal_lead is None


@pytest.mark.parametrize("age", [12, 15])
def test_under_sixteen_the_adult_programme_is_off(age: int, plan_for: Any) -> None:
    plan = plan_for("soreness", age=age)
    assert {plan.withholds(part) for part in Part} == {"under_16"}
    assert (plan.remedies, plan.stretches, plan.medicines) == ((), (), ())


def test_a_minor_of_unknown_age_counts_as_a_young_one(plan_for: Any) -> None:
    assert plan_for("soreness", "minor").withholds(Part.STRETCHES) == "under_16"


@pytest.mark.parametrize("age", [16, 17])
def test_sixteen_and_seventeen_get_no_doses(age: int, plan_for: Any) -> None:
    plan = plan_for("soreness", age=age)
    assert plan.withholds(Part.MEDICINES) == "under_18"
    assert plan.medicines == ()
    assert "otc_medicine" not in plan.remedies
    assert plan.withholds(Part.STRETCHES) is None
    assert plan.stretches != ()


def test_from_eighteen_on_nothing_is_withheld_for_age(plan_for: Any) -> None:
    assert plan_for("soreness", age=18).withheld == ()


@pytest.mark.parametrize("unsure", [(), ("pregnant",)])
def test_in_pregnancy_nothing_before_the_midwife(unsure: tuple[str, ...], plan_for: Any) -> None:
    present = () if unsure else ("pregnant",)
    plan = plan_for("soreness", *present, unsure=unsure)
    for part in (Part.REMEDIES, Part.THERMAL, Part.STRETCHES, Part.MEDICINES, Part.TRAINING):
        assert plan.withholds(part) == "pregnancy"
    assert plan.withholds(Part.PREVENTION) is None


def test_numbness_that_nobody_explained_stops_all_stretches(plan_for: Any) -> None:
    """E06."""
    plan = plan_for("radiating_leg", "numbness_tingling")
    assert plan.stretches == ()
    assert set(skipped(plan)) == ALL_FIVE
    assert set(skipped(plan).values()) == {"numbness_or_weakness"}


def test_numbness_until_recently_stops_them_as_well(plan_for: Any) -> None:
    assert plan_for("soreness", past=["numbness_tingling"]).stretches == ()


@pytest.mark.parametrize("movement", ["arching", "standing"])
def test_worse_with_arching_skips_the_press_up_and_starts_with_bending(
    movement: str, plan_for: Any
) -> None:
    plan = plan_for("soreness", aggravators=(movement,))
    assert "prone_press_up" in skipped(plan)
    first = {each.id for each in plan.stretches if each.first}
    assert {"knee_hug", "childs_pose", "back_rotation"} == first
    assert not [each for each in plan.stretches if each.small_range]
    assert [each.first for each in plan.stretches] == sorted(
        (each.first for each in plan.stretches), reverse=True
    )


@pytest.mark.parametrize("movement", ["bending", "sitting"])
def test_worse_with_bending_starts_with_arching_and_goes_easy_on_bending(
    movement: str, plan_for: Any
) -> None:
    plan = plan_for("soreness", aggravators=(movement,))
    assert {each.id for each in plan.stretches if each.first} == {"cat_cow", "prone_press_up"}
    assert {"knee_hug"} <= {each.id for each in plan.stretches if each.small_range}


def test_leg_pain_with_bending_skips_the_knee_hug(plan_for: Any) -> None:
    plan = plan_for("radiating_leg", aggravators=("bending",))
    assert skipped(plan)["knee_hug"] == "leg_pain_worse_with_bending"


@pytest.mark.parametrize("movements", [(), ("twisting",), ("bending", "arching")])
def test_without_a_clear_direction_neutral_stretches_come_first_and_small(
    movements: tuple[str, ...], plan_for: Any
) -> None:
    plan = plan_for("soreness", aggravators=movements)
    assert all(each.small_range for each in plan.stretches)
    assert {each.id for each in plan.stretches if each.first} <= {"back_rotation", "cat_cow"}


def test_pain_on_arching_in_a_young_athlete_skips_the_press_up(plan_for: Any) -> None:
    """RF25."""
    plan = plan_for("extension_pain", age=19)
    assert "prone_press_up" in skipped(plan)
    assert "prone_press_up" not in stretches(plan)


@pytest.mark.parametrize(
    ("present", "others", "blocked"),
    [
        (
            ("anticoagulant",),
            {"absent": ["minor_trauma"]},
            {"ibuprofen", "naproxen", "acetaminophen"},
        ),
        (("nsaid_caution",), {}, ALL_THREE),
        (("vascular_risk",), {}, {"ibuprofen", "naproxen"}),
        ((), {"age": 60}, {"ibuprofen", "naproxen"}),
        ((), {"age": 59}, set()),
    ],
)
def test_the_medicine_gate_asks_first(
    present: tuple[str, ...], others: dict[str, Any], blocked: set[str], plan_for: Any
) -> None:
    plan = plan_for("soreness", *present, **others)
    assert {each.id for each in plan.medicines if each.ask_first} == blocked
    assert ("otc_medicine" in plan.remedies) is (len(blocked) < 3)


@pytest.mark.parametrize(
    ("present", "lead"),
    [(("stiffness",), "heat"), (("sudden_pain",), "ice"), (("soreness",), None)],
)
def test_ice_or_heat_leads_by_the_symptoms(
    present: tuple[str, ...], lead: str | None, plan_for: Any
) -> None:
    plan = plan_for(*present)
    assert plan.thermal_lead == lead
    assert lead is None or plan.thermal[0].id == lead


def test_heat_that_needs_asking_first_does_not_lead(plan_for: Any) -> None:
    plan = plan_for("stiffness", "large_bruise")
    assert {each.id: each.ask_first for each in plan.thermal} == {
        "heat": ("fresh_swelling",),
        "ice": (),
    }
    assert plan.thermal_lead is None


def test_when_both_or_neither_suit_nothing_leads(plan_for: Any) -> None:
    assert plan_for("stiffness", "sudden_pain").thermal_lead is None


def test_causes_bring_the_tips_that_answer_them(plan_for: Any) -> None:
    plan = plan_for("soreness", causes=("skipped_warmup",))
    assert plan.causes == ("skipped_warmup",)
    assert plan.prevention == ("warm_up",)


def test_a_new_exercise_is_explained_under_overdoing_it(plan_for: Any) -> None:
    assert plan_for("soreness", causes=("new_exercise",)).causes == ("overdid_it",)


def test_the_moment_to_check_again_ends_when_two_days_are_over(plan_for: Any) -> None:
    assert plan_for("soreness", onset=hours_ago(72, 90)).check_again is None
