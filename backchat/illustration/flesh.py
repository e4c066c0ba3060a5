"""A skeleton → cuts through the body around it."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from backchat.illustration.outline import Cut
from backchat.illustration.skeleton import Bone, Limb, Skeleton
from backchat.illustration.space import Vector
from backchat.knowledge.poses import Body, Section, Segment


def body_cuts(body: Body, skeleton: Skeleton) -> list[Cut]:
    """Return cuts through all of the body but the head."""
    arms = [arm_cuts(body, arm) for arm in skeleton.arms.values()]
    return [cut for arm in arms for segment in arm for cut in segment] + supporting_cuts(
        body, skeleton
    )


def supporting_cuts(body: Body, skeleton: Skeleton) -> list[Cut]:
    """Return cuts through the legs and the trunk."""
    legs = [leg_cuts(body, leg) for leg in skeleton.legs.values()]
    return [cut for leg in legs for segment in leg for cut in segment] + trunk_cuts(body, skeleton)


def arm_cuts(body: Body, arm: Limb) -> list[list[Cut]]:
    """Return cuts through upper arm, forearm and hand."""
    return _limb_cuts((body.upper_arm, body.forearm, body.hand), arm)


def leg_cuts(body: Body, leg: Limb) -> list[list[Cut]]:
    """Return cuts through thigh, shank and foot."""
    return _limb_cuts((body.thigh, body.shank, body.foot), leg)


def segment_cuts(segment: Segment, bone: Bone, *, end: float = inf, add: float = 0.0) -> list[Cut]:
    """Return cuts through what is around a bone.

    Args:
        segment: Its thickness.
        bone: Where it is.
        end: Where to stop, as a share of its length.
        add: How much thicker, in centimetres.
    """
    line = bone.end.minus(bone.start)
    side = bone.front.cross(line.unit())
    return [
        _cut(section, bone.start.plus(line, section.at), bone.front, side, add)
        for section in _between(segment.sections, -inf, end)
    ]


def trunk_cuts(
    body: Body, skeleton: Skeleton, *, start: float = -inf, end: float = inf, add: float = 0.0
) -> list[Cut]:
    """Return cuts through the trunk, from one share of its length to another."""
    cuts = []
    for section in _between(body.trunk, start, end):
        frame = skeleton.on_spine(section.at)
        cuts.append(_cut(section, frame.at, frame.front, frame.side, add))
    return cuts


def _limb_cuts(segments: Sequence[Segment], limb: Limb) -> list[list[Cut]]:
    return [segment_cuts(segment, bone) for segment, bone in zip(segments, limb.bones, strict=True)]


def _cut(section: Section, middle: Vector, front: Vector, side: Vector, add: float) -> Cut:
    return Cut(
        middle.plus(front, section.shift),
        front.times(section.depth + add),
        side.times(section.width + add),
    )


def _between(sections: Sequence[Section], start: float, end: float) -> list[Section]:
    """Return the sections from ``start`` to ``end``, cut off there."""
    first, last = sections[0], sections[-1]
    return [
        *([_at(sections, start)] if start >= first.at else []),
        *(section for section in sections if start < section.at < end),
        *([_at(sections, end)] if end <= last.at else []),
    ]


def _at(sections: Sequence[Section], at: float) -> Section:
    """Return the section at a place, between its neighbours."""
    after = next(index for index, section in enumerate(sections) if section.at >= at)
    low, high = sections[max(0, after - 1)], sections[after]
    part = (at - low.at) / (high.at - low.at) if high.at > low.at else 0.0
    return Section(
        at,
        low.depth + (high.depth - low.depth) * part,
        low.width + (high.width - low.width) * part,
        low.shift + (high.shift - low.shift) * part,
    )
