"""The figure moves as a body does: bones keep their length, joints bend one way, floors hold."""

from __future__ import annotations

from itertools import pairwise

import pytest

from backchat.illustration.flesh import body_cuts
from backchat.illustration.skeleton import Limb, Side, Skeleton
from backchat.illustration.space import ORIGIN, SIDE, Vector, angle_between, bent
from backchat.illustration.stage import Stage
from backchat.knowledge import Knowledge

UP = Vector(0.0, 1.0, 0.0)
FLOOR_TOLERANCE = 0.5
"""Flesh gives: so many centimetres a part may be below the floor."""
KNEE_BENDS_TO = 160.0
ELBOW_BENDS_TO = 155.0


def moments(stage: Stage, count: int = 60) -> list[float]:
    return [stage.timeline.duration * index / count for index in range(count + 1)]


def skeletons(stage: Stage) -> list[Skeleton]:
    return [stage.skeleton(moment) for moment in moments(stage)]


def limbs(skeleton: Skeleton) -> list[Limb]:
    return [*skeleton.arms.values(), *skeleton.legs.values()]


def bones(limb: Limb) -> list[float]:
    joints = (limb.root, limb.middle, limb.end, limb.tip)
    return [end.minus(start).length for start, end in pairwise(joints)]


def test_bones_keep_their_length_all_the_time(stage: Stage, knowledge: Knowledge) -> None:
    body = knowledge.body
    arm = [segment.length for segment in (body.upper_arm, body.forearm, body.hand)]
    leg = [segment.length for segment in (body.thigh, body.shank, body.foot)]
    for skeleton in skeletons(stage):
        for side in Side:
            assert bones(skeleton.arms[side]) == pytest.approx(arm)
            assert bones(skeleton.legs[side]) == pytest.approx(leg)


def test_the_back_bends_but_keeps_its_length(stage: Stage, knowledge: Knowledge) -> None:
    body = knowledge.body
    trunk = body.pelvis + body.lower_back + body.upper_back
    for skeleton in skeletons(stage):
        steps = pairwise(frame.at for frame in skeleton.spine)
        assert sum(end.minus(start).length for start, end in steps) == pytest.approx(trunk)


def test_nothing_sinks_into_the_floor(stage: Stage, knowledge: Knowledge) -> None:
    for moment in moments(stage):
        for cut in body_cuts(knowledge.body, stage.skeleton(moment)):
            assert cut.middle.y - cut.reach(UP) > -FLOOR_TOLERANCE, f"at {moment:.1f} s"


def test_the_head_stays_above_the_floor(stage: Stage) -> None:
    skull = [(9.0, 4.0), (11.2, -2.6), (8.8, -9.2), (-9.2, 3.6), (-1.0, 11.4)]
    for skeleton in skeletons(stage):
        for front, up in skull:
            assert skeleton.head.point(front, up).y > -FLOOR_TOLERANCE


def test_the_body_rests_on_the_floor_and_does_not_float(stage: Stage, knowledge: Knowledge) -> None:
    for skeleton in skeletons(stage):
        lowest = min(cut.middle.y - cut.reach(UP) for cut in body_cuts(knowledge.body, skeleton))
        assert lowest < FLOOR_TOLERANCE


def test_knees_and_elbows_bend_only_the_way_they_can(stage: Stage) -> None:
    for skeleton in skeletons(stage):
        for leg in skeleton.legs.values():
            thigh, shank = leg.middle.minus(leg.root), leg.end.minus(leg.middle)
            assert shank.dot(leg.fronts[0]) < 0.1, "a shank points to the front of its thigh"
            assert angle_between(thigh, shank) < KNEE_BENDS_TO
        for arm in skeleton.arms.values():
            upper, forearm = arm.middle.minus(arm.root), arm.end.minus(arm.middle)
            assert forearm.dot(arm.fronts[0]) > -0.1, "a forearm points to the back of its arm"
            assert angle_between(upper, forearm) < ELBOW_BENDS_TO


@pytest.mark.parametrize(
    ("stretch", "contacts"),
    [
        ("cat_cow", ("hands", "knees", "feet")),
        ("childs_pose", ("knees", "feet")),
        ("prone_press_up", ("hands", "hips", "feet")),
        ("back_rotation", ("hands", "feet")),
    ],
    indirect=["stretch"],
)
def test_what_rests_on_the_mat_does_not_slide(stage: Stage, contacts: tuple[str, ...]) -> None:
    def places(skeleton: Skeleton) -> list[Vector]:
        found = {
            "hands": [arm.end for arm in skeleton.arms.values()],
            "knees": [leg.middle for leg in skeleton.legs.values()],
            "feet": [leg.end for leg in skeleton.legs.values()],
            "hips": [skeleton.spine[0].at],
        }
        return [place for contact in contacts for place in found[contact]]

    start = places(stage.skeleton(0.0))
    for skeleton in skeletons(stage):
        for before, now in zip(start, places(skeleton), strict=True):
            assert now.minus(before).length < 0.5


def test_the_resting_leg_of_the_knee_hug_stays_where_it_is(knowledge: Knowledge) -> None:
    stage = Stage(knowledge.body, knowledge.drawings["knee_hug"])
    start = stage.skeleton(0.0).legs[Side.LEFT].end
    for skeleton in skeletons(stage):
        assert skeleton.legs[Side.LEFT].end.minus(start).length < 0.5


def test_the_movement_ends_where_it_began(stage: Stage) -> None:
    start, end = stage.skeleton(0.0), stage.skeleton(stage.timeline.duration)
    for before, after in zip(limbs(start), limbs(end), strict=True):
        assert after.tip.minus(before.tip).length < 0.01
    assert end.head.at.minus(start.head.at).length < 0.01


def shown(knowledge: Knowledge, name: str) -> tuple[Skeleton, Skeleton]:
    stage = Stage(knowledge.body, knowledge.drawings[name])
    return stage.skeleton(0.0), stage.skeleton(stage.timeline.span_to(stage.drawing.shows).arrival)


def test_the_knee_hug_brings_a_knee_to_the_chest(knowledge: Knowledge) -> None:
    start, hug = shown(knowledge, "knee_hug")

    def gap(skeleton: Skeleton) -> float:
        return skeleton.legs[Side.RIGHT].middle.minus(skeleton.on_spine(0.75).at).length

    assert gap(hug) < 0.75 * gap(start)


def test_the_back_rotation_lowers_both_knees_to_one_side_and_leaves_the_shoulders(
    knowledge: Knowledge,
) -> None:
    start, rolled = shown(knowledge, "back_rotation")
    for side in Side:
        assert rolled.legs[side].middle.z > start.legs[side].middle.z + 20
        assert rolled.arms[side].root.minus(start.arms[side].root).length < 3


def test_cat_rounds_the_back_up_and_cow_lets_the_belly_sink(knowledge: Knowledge) -> None:
    stage = Stage(knowledge.body, knowledge.drawings["cat_cow"])
    waist = {
        name: stage.skeleton(stage.timeline.span_to(name).arrival).on_spine(0.4).at.y
        for name in ("cat", "level", "cow")
    }
    assert waist["cat"] > waist["level"] + 3
    assert waist["cow"] < waist["level"]


def test_childs_pose_brings_the_hips_to_the_heels_and_the_head_to_the_floor(
    knowledge: Knowledge,
) -> None:
    _, rest = shown(knowledge, "childs_pose")
    assert abs(rest.spine[0].at.x - rest.legs[Side.RIGHT].end.x) < 6
    assert rest.head.at.y < 14


def test_the_press_up_lifts_the_chest_and_leaves_the_hips_down(knowledge: Knowledge) -> None:
    start, up = shown(knowledge, "prone_press_up")
    assert up.on_spine(0.75).at.y > start.on_spine(0.75).at.y + 15
    assert up.spine[0].at.y == pytest.approx(start.spine[0].at.y, abs=0.5)


def test_a_hand_out_of_reach_is_an_error_and_not_a_longer_arm() -> None:
    with pytest.raises(ValueError, match="cannot span"):
        bent(ORIGIN, Vector(60.0, 0.0, 0.0), 28.0, 24.0, SIDE)
