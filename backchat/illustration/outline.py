"""The silhouettes of limbs, as points around them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

from backchat.illustration.camera import Camera, Spot
from backchat.illustration.space import Vector


@dataclass(frozen=True, slots=True)
class Cut:
    """An elliptical cut through a limb: its middle and its two half axes."""

    middle: Vector
    depth: Vector
    width: Vector

    def reach(self, toward: Vector) -> float:
        """Return how far it extends from its middle in a unit direction."""
        return hypot(self.depth.dot(toward), self.width.dot(toward))


def silhouette(
    cuts: Sequence[Cut], camera: Camera, *, rounded: tuple[bool, bool] = (True, True)
) -> tuple[Spot, ...]:
    """Return the points around what is seen of a limb with these cuts; ends are round or cut off.

    All limbs are walked around the same way, so that overlapping ones fill as one shape.
    """
    middles = [camera.spot(cut.middle) for cut in cuts]
    left: list[Spot] = []
    right: list[Spot] = []
    for index, (cut, (x, y)) in enumerate(zip(cuts, middles, strict=True)):
        before, after = middles[max(0, index - 1)], middles[min(len(middles) - 1, index + 1)]
        along_x, along_y = _unit((after[0] - before[0], after[1] - before[1]))
        half = _half_width(cut, (-along_y, along_x), camera)
        left.append((x - along_y * half, y + along_x * half))
        right.append((x + along_y * half, y - along_x * half))
    start = _end_point(right[0], left[0], round_end=rounded[0])
    end = _end_point(left[-1], right[-1], round_end=rounded[1])
    return (*left, end, *reversed(right), start)


def _half_width(cut: Cut, across: Spot, camera: Camera) -> float:
    depth_x, depth_y = camera.direction(cut.depth)
    width_x, width_y = camera.direction(cut.width)
    return hypot(
        depth_x * across[0] + depth_y * across[1], width_x * across[0] + width_y * across[1]
    )


def _end_point(a: Spot, b: Spot, *, round_end: bool) -> Spot:
    """Return the point that closes the end of a limb between its two corners."""
    height = 0.9 if round_end else 0.12
    return (
        (a[0] + b[0]) / 2 + (a[1] - b[1]) / 2 * height,
        (a[1] + b[1]) / 2 + (b[0] - a[0]) / 2 * height,
    )


def _unit(spot: Spot) -> Spot:
    length = hypot(*spot) or 1.0
    return spot[0] / length, spot[1] / length
