"""Points and directions in space, in centimetres: x along the mat, y up, z toward the viewer."""

from __future__ import annotations

from math import acos, cos, degrees, hypot, radians, sin, sqrt
from typing import NamedTuple


class Vector(NamedTuple):
    """A point or a direction."""

    x: float
    y: float
    z: float

    def plus(self, other: Vector, times: float = 1.0) -> Vector:
        """Return ``self + times * other``."""
        return Vector(self.x + times * other.x, self.y + times * other.y, self.z + times * other.z)

    def minus(self, other: Vector) -> Vector:
        """Return ``self - other``."""
        return self.plus(other, -1.0)

    def times(self, factor: float) -> Vector:
        """Return ``factor * self``."""
        return Vector(factor * self.x, factor * self.y, factor * self.z)

    def dot(self, other: Vector) -> float:
        """Return the scalar product."""
        return self.x * other.x + self.y * other.y + self.z * other.z

    def cross(self, other: Vector) -> Vector:
        """Return the vector product."""
        return Vector(
            self.y * other.z - self.z * other.y,
            self.z * other.x - self.x * other.z,
            self.x * other.y - self.y * other.x,
        )

    @property
    def length(self) -> float:
        """How long it is."""
        return hypot(self.x, self.y, self.z)

    def unit(self) -> Vector:
        """Return the direction of a vector that is not zero."""
        return self.times(1.0 / self.length)

    def turned(self, axis: Vector, angle: float) -> Vector:
        """Return this vector turned around a unit ``axis`` by ``angle`` degrees (Rodrigues)."""
        c, s = cos(radians(angle)), sin(radians(angle))
        return self.times(c).plus(axis.cross(self), s).plus(axis, axis.dot(self) * (1.0 - c))


ORIGIN = Vector(0.0, 0.0, 0.0)
SIDE = Vector(0.0, 0.0, 1.0)
"""Toward the person's right, and toward the viewer."""


def upward(pitch: float) -> Vector:
    """Return where the top of something points that leans forward, toward x, by ``pitch``."""
    return Vector(sin(radians(pitch)), cos(radians(pitch)), 0.0)


def along(angle: float) -> Vector:
    """Return the direction at ``angle`` above x."""
    return Vector(cos(radians(angle)), sin(radians(angle)), 0.0)


def angle_between(a: Vector, b: Vector) -> float:
    """Return the angle between two directions, 0 to 180 degrees."""
    return degrees(acos(max(-1.0, min(1.0, a.unit().dot(b.unit())))))


def bent(start: Vector, end: Vector, upper: float, lower: float, toward: Vector) -> Vector:
    """Return the joint between two bones that span from ``start`` to ``end``.

    Args:
        start: Where the upper bone begins.
        end: Where the lower bone ends.
        upper: Length of the upper bone.
        lower: Length of the lower bone.
        toward: To which side the joint bends; only its part across the line counts.

    Raises:
        ValueError: ``end`` is too far away, or too near, for bones of this length.
    """
    line = end.minus(start)
    distance = line.length
    if not abs(upper - lower) <= distance <= upper + lower:
        raise ValueError(f"bones of {upper:g} and {lower:g} cm cannot span {distance:.1f} cm")
    direction = line.unit()
    foot = (upper**2 - lower**2 + distance**2) / (2 * distance)
    height = sqrt(max(0.0, upper**2 - foot**2))
    across = toward.plus(direction, -toward.dot(direction)).unit()
    return start.plus(direction, foot).plus(across, height)
