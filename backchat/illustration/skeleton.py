"""A pose → where every joint of the body is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from math import sqrt

from backchat.illustration.space import SIDE, Vector, along, bent, upward
from backchat.knowledge.poses import Arm, Body, Joint, Kneeling, Leg, Point, Pose

_SPINE_STEPS = 24
_EARS = (2.2, 7.5)
"""How far the ears are in front of the end of the neck, and above it, in centimetres."""


class Side(IntEnum):
    """A side of the body; the value is its sign along z."""

    LEFT = -1
    RIGHT = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """A place on the body and its directions: ``up`` along the bone, ``front``, and ``side``."""

    at: Vector
    up: Vector
    front: Vector

    @property
    def side(self) -> Vector:
        """Toward the person's right."""
        return self.front.cross(self.up)

    def point(self, front: float, up: float, side: float = 0.0) -> Vector:
        """Return the point at these distances."""
        return self.at.plus(self.front, front).plus(self.up, up).plus(self.side, side)


@dataclass(frozen=True, slots=True)
class Bone:
    """A bone, and in which direction its front looks."""

    start: Vector
    end: Vector
    front: Vector


@dataclass(frozen=True, slots=True)
class Limb:
    """An arm or a leg: three bones, and in which direction the front of each looks."""

    root: Vector
    middle: Vector
    end: Vector
    tip: Vector
    fronts: tuple[Vector, Vector, Vector]

    @property
    def bones(self) -> tuple[Bone, Bone, Bone]:
        """The bones, from the trunk outward."""
        return (
            Bone(self.root, self.middle, self.fronts[0]),
            Bone(self.middle, self.end, self.fronts[1]),
            Bone(self.end, self.tip, self.fronts[2]),
        )


@dataclass(frozen=True, slots=True)
class Skeleton:
    """Every joint of one pose.

    Attributes:
        spine: Frames along the trunk, from the hips to the neck, evenly spaced.
        neck: Where the neck meets the head.
        head: The head, at the ears.
        arms: Arms by side.
        legs: Legs by side.
    """

    spine: tuple[Frame, ...]
    neck: Frame
    head: Frame
    arms: dict[Side, Limb]
    legs: dict[Side, Limb]

    def on_spine(self, share: float) -> Frame:
        """Return the frame at a share of the trunk; below 0 it goes straight on."""
        return _frame_at(self.spine, share)

    def joint(self, joint: Joint) -> Vector:
        """Return where a joint is."""
        places = {
            Joint.HEAD: self.head.at,
            Joint.CHEST: self.on_spine(0.75).at,
            Joint.WAIST: self.on_spine(0.4).at,
            Joint.HIPS: self.spine[0].at,
            Joint.RIGHT_KNEE: self.legs[Side.RIGHT].middle,
            Joint.LEFT_KNEE: self.legs[Side.LEFT].middle,
            Joint.RIGHT_WRIST: self.arms[Side.RIGHT].end,
        }
        return places[joint]


def pose_skeleton(body: Body, pose: Pose) -> Skeleton:
    """Return the joints of a pose.

    Raises:
        ValueError: A hand or foot is out of reach.
    """
    spine = _spine(body, pose)
    neck = _bend(spine[-1], body.neck.length, pose.spine.neck)
    pitch = pose.tilt + pose.spine.lower + pose.spine.upper + pose.spine.neck + pose.spine.head
    skull = _frame(neck.at, pitch)
    chest = _frame_at(spine, body.shoulder_at)
    return Skeleton(
        spine,
        neck,
        replace(skull, at=skull.point(*_EARS)),
        {side: _arm(body, chest, pose, side) for side in Side},
        {side: _leg(body, spine[0], pose, side) for side in Side},
    )


def _frame(at: Vector, pitch: float, twist: float = 0.0) -> Frame:
    up = upward(pitch)
    return Frame(at, up, upward(pitch + 90).turned(up, -twist))


def _frame_at(spine: Sequence[Frame], share: float) -> Frame:
    place = share * (len(spine) - 1)
    index = max(0, min(len(spine) - 2, int(place)))
    low, high = spine[index], spine[index + 1]
    part = place - index
    return Frame(
        low.at.plus(high.at.minus(low.at), part),
        _mix(low.up, high.up, part),
        _mix(low.front, high.front, part),
    )


def _mix(a: Vector, b: Vector, part: float) -> Vector:
    return a.times(1 - part).plus(b, part).unit()


def _hips(body: Body, pose: Pose) -> Vector:
    if pose.hips is not None:
        return Vector(pose.hips.x, pose.hips.y, 0.0)
    assert pose.kneeling is not None
    knees = pose.kneeling.knees
    aside = (body.hips if knees.out is None else knees.out) - body.hips
    thigh = sqrt(body.thigh.length**2 - aside**2)
    return Vector(knees.x, knees.y, 0.0).plus(upward(-pose.kneeling.lean), thigh)


def _spine(body: Body, pose: Pose) -> tuple[Frame, ...]:
    """Walk up the trunk in small steps, bending a little at each."""
    lengths = (body.pelvis, body.lower_back, body.upper_back)
    total = sum(lengths)
    step = total / _SPINE_STEPS

    def bend_at(distance: float) -> tuple[float, float]:
        """Return the pitch and the twist at a distance from the hips."""
        lower = min(1.0, max(0.0, (distance - lengths[0]) / lengths[1]))
        upper = min(1.0, max(0.0, (distance - lengths[0] - lengths[1]) / lengths[2]))
        pitch = pose.tilt + pose.spine.lower * lower + pose.spine.upper * upper
        untwisted = (distance - lengths[0]) / (lengths[1] + lengths[2] / 2)
        return pitch, pose.spine.twist * max(0.0, min(1.0, 1 - untwisted))

    at = _hips(body, pose)
    frames = [_frame(at, *bend_at(0.0))]
    for index in range(_SPINE_STEPS):
        at = at.plus(upward(bend_at((index + 0.5) * step)[0]), step)
        frames.append(_frame(at, *bend_at((index + 1) * step)))
    return tuple(frames)


def _bend(start: Frame, length: float, angle: float) -> Frame:
    """Return the end of a part of this length that bends evenly by ``angle``."""
    half = start.up.turned(SIDE, -angle / 2)
    up = start.up.turned(SIDE, -angle)
    return Frame(start.at.plus(half, length), up, start.front.turned(SIDE, -angle))


def _place(point: Point, out: float, side: Side) -> Vector:
    return Vector(point.x, point.y, side * (out if point.out is None else point.out))


def _arm(body: Body, chest: Frame, pose: Pose, side: Side) -> Limb:
    arm: Arm = pose.left_arm if side is Side.LEFT and pose.left_arm is not None else pose.arms
    shoulder = chest.point(0.0, pose.spine.reach, side * body.shoulders)
    wrist = _place(arm.wrist, body.shoulders, side)
    line = wrist.minus(shoulder).unit()
    back = _behind(line, chest).turned(line, -side * arm.elbow)
    elbow = bent(shoulder, wrist, body.upper_arm.length, body.forearm.length, back)
    forearm = wrist.minus(elbow).unit()
    hand = forearm if arm.fingers is None else along(arm.fingers)
    fronts = tuple(_across(bone, back.times(-1)) for bone in (line, forearm))
    return Limb(
        shoulder,
        elbow,
        wrist,
        wrist.plus(hand, body.hand.length),
        (fronts[0], fronts[1], _across(hand, Vector(-hand.y, hand.x + 0.01, 0.0))),
    )


def _behind(line: Vector, chest: Frame) -> Vector:
    """Return where an elbow points: turned from the arm's line as the arm hangs, to the back."""
    behind = line.cross(chest.side)
    if behind.length < 0.2:
        return chest.up.times(-1)
    return behind.unit()


def _leg(body: Body, pelvis: Frame, pose: Pose, side: Side) -> Limb:
    hip = pelvis.point(0.0, 0.0, side * body.hips)
    if pose.kneeling is not None:
        return _kneeling_leg(body, hip, pose.kneeling, side)
    assert pose.legs is not None
    leg: Leg = pose.left_leg if side is Side.LEFT and pose.left_leg is not None else pose.legs
    ankle = _place(leg.ankle, body.hips, side)
    line = ankle.minus(hip).unit()
    front = SIDE.cross(line).unit().turned(line, leg.roll)
    knee = bent(hip, ankle, body.thigh.length, body.shank.length, front)
    fronts = tuple(_across(bone.unit(), front) for bone in (knee.minus(hip), ankle.minus(knee)))
    foot = along(leg.toes)
    top = _across(foot, knee.minus(ankle))
    return Limb(hip, knee, ankle, ankle.plus(foot, body.foot.length), (fronts[0], fronts[1], top))


def _kneeling_leg(body: Body, hip: Vector, kneeling: Kneeling, side: Side) -> Limb:
    knee = _place(kneeling.knees, body.hips, side)
    shin = along(kneeling.shins)
    ankle = knee.plus(shin, body.shank.length)
    foot = along(kneeling.toes)
    thigh = knee.minus(hip).unit()
    return Limb(
        hip,
        knee,
        ankle,
        ankle.plus(foot, body.foot.length),
        (
            _across(thigh, Vector(1.0, 0.0, 0.0)),
            _across(shin, Vector(0.0, -1.0, 0.0)),
            _across(foot, Vector(0.0, -1.0, 0.0)),
        ),
    )


def _across(bone: Vector, toward: Vector) -> Vector:
    """Return the part of ``toward`` that is at right angles to a bone."""
    return toward.plus(bone, -toward.dot(bone)).unit()
