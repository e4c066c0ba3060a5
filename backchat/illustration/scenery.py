"""What is around the person: the mat, a shadow, the glow where it is felt, and the arrow."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import cos, hypot, radians, sin

from backchat.illustration.camera import Camera, Spot
from backchat.illustration.outline import Cut
from backchat.illustration.palette import ARROW, FELT, MAT, SHADOW
from backchat.illustration.scene import Look, Shape
from backchat.illustration.skeleton import Skeleton
from backchat.illustration.space import Vector
from backchat.knowledge.poses import Felt, Mat

_THICKNESS = 1.2
_HEAD = 26.0
"""Length of the arrow's head in picture units."""


def mat_shapes(mat: Mat, camera: Camera) -> list[Shape]:
    """Return the mat with its near edge."""
    return [
        Shape(name, (tuple(map(camera.spot, mat_corners(mat, y))),), Look.PLAIN, colour)
        for name, y, colour in (("mat edge", -_THICKNESS, MAT.line), ("mat", 0.0, MAT.fill))
    ]


def mat_corners(mat: Mat, y: float = 0.0) -> list[Vector]:
    """Return the corners of the mat, one after another, at a height."""
    ends = ((mat.begins, -1), (mat.ends, -1), (mat.ends, 1), (mat.begins, 1))
    return [Vector(x, y, side * mat.half_width) for x, side in ends]


def shadow_shape(cuts: Iterable[Cut], camera: Camera) -> Shape:
    """Return the shadow of a body, as from a light above."""
    solid = list(cuts)
    outline = []
    for angle in range(0, 360, 30):
        toward = Vector(cos(radians(angle)), 0.0, sin(radians(angle)))
        outline.append(camera.spot(_floor_edge(solid, toward)))
    return Shape("shadow", (tuple(outline),), Look.SOFT, SHADOW, opacity=0.35)


def _floor_edge(cuts: Sequence[Cut], toward: Vector) -> Vector:
    """Return the outermost point, in a direction on the floor, below any of the cuts."""
    outermost = max(cuts, key=lambda cut: cut.middle.dot(toward) + cut.reach(toward))
    edge = outermost.middle.plus(toward, outermost.reach(toward))
    return Vector(edge.x, 0.0, edge.z)


def felt_shape(felt: Felt, strength: float, skeleton: Skeleton, camera: Camera) -> Shape:
    """Return the glow where the stretch is felt."""
    x, y = camera.spot(skeleton.on_spine(felt.at).point(-felt.back, 0.0))
    radius = felt.size * camera.scale
    around = tuple(
        (x + radius * cos(radians(angle)), y + radius * sin(radians(angle)))
        for angle in range(0, 360, 90)
    )
    return Shape("felt", (around,), Look.GLOW, FELT, opacity=round(strength, 2))


def arrow_shapes(name: str, path: Sequence[Spot], opacity: float) -> list[Shape]:
    """Return an arrow along a path."""
    (fx, fy), (x, y) = path[-3], path[-1]
    length = hypot(x - fx, y - fy)
    ux, uy = (x - fx) / length, (y - fy) / length
    tip = (x + ux * _HEAD * 0.6, y + uy * _HEAD * 0.6)
    wings = [
        (x + (-ux * 0.4 + side * -uy * 0.5) * _HEAD, y + (-uy * 0.4 + side * ux * 0.5) * _HEAD)
        for side in (1, -1)
    ]
    return [
        Shape(f"{name} shaft", (tuple(path),), Look.LINE, ARROW, opacity=opacity),
        Shape(f"{name} head", ((wings[0], tip, wings[1]),), Look.PLAIN, ARROW, opacity=opacity),
    ]
