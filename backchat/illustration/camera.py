"""Points in space → points of the picture, without perspective."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin

from backchat.illustration.space import Vector
from backchat.knowledge.poses import View

Spot = tuple[float, float]
"""A point of the picture: to the right, and down."""


@dataclass(frozen=True, slots=True)
class Camera:
    """Where a point in space is seen.

    Attributes:
        view: From where the viewer looks.
        scale: Picture units for a centimetre.
        origin: Where the point (0, 0, 0) is seen.
    """

    view: View
    scale: float = 1.0
    origin: Spot = (0.0, 0.0)

    def direction(self, vector: Vector) -> Spot:
        """Return how a direction runs in the picture."""
        turn, down = radians(self.view.turn), radians(self.view.down)
        nearer = vector.z * cos(turn) - vector.x * sin(turn)
        right = vector.x * cos(turn) + vector.z * sin(turn)
        above = vector.y * cos(down) - nearer * sin(down)
        return right * self.scale, -above * self.scale

    def depth(self, point: Vector) -> float:
        """Return how near a point is to the viewer."""
        turn, down = radians(self.view.turn), radians(self.view.down)
        nearer = point.z * cos(turn) - point.x * sin(turn)
        return nearer * cos(down) + point.y * sin(down)

    def spot(self, point: Vector) -> Spot:
        """Return where a point is seen."""
        right, below = self.direction(point)
        return self.origin[0] + right, self.origin[1] + below

    def fitted(self, points: Iterable[Vector], width: float, height: float) -> Camera:
        """Return this camera moved and scaled so that the picture holds all points, centred."""
        spots = [Camera(self.view).spot(point) for point in points]
        left, right = min(x for x, _ in spots), max(x for x, _ in spots)
        top, bottom = min(y for _, y in spots), max(y for _, y in spots)
        scale = min(width / (right - left), height / (bottom - top))
        return Camera(
            self.view,
            scale,
            (-scale * (left + right) / 2, -scale * (top + bottom) / 2),
        )
