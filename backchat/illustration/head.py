"""The head, as points on it: from the side, or from the front when the face looks at the viewer."""

from __future__ import annotations

from collections.abc import Sequence

from backchat.illustration.camera import Camera
from backchat.illustration.palette import FEATURE, HAIR, SKIN
from backchat.illustration.scene import Look, Outline, Shape
from backchat.illustration.skeleton import Frame

Mark = tuple[float, float, float]
"""Distances from between the ears in centimetres: to the front, up, and to the person's right."""


def _side(*points: tuple[float, float]) -> tuple[Mark, ...]:
    return tuple((front, up, 0.0) for front, up in points)


def _face(*points: tuple[float, float, float]) -> tuple[Mark, ...]:
    """Return marks given as (right, up, front)."""
    return tuple((front, up, right) for right, up, front in points)


_PROFILE = _side(
    (-1, 11.4), (4.6, 10.8), (8, 7.6), (9, 4), (8.8, 1.6), (10.2, -0.8), (11.2, -2.6),
    (9.5, -3.6), (9.8, -5), (9.2, -5.8), (9.4, -6.8), (8.8, -9.2), (7, -10.6), (3, -9.2),
    (-0.6, -7), (-5, -6), (-8.4, -2), (-9.2, 3.6), (-6.6, 9),
)  # fmt: skip
_PROFILE_HAIR = _side(
    (8.2, 8.2), (5.6, 11.4), (0.6, 12.9), (-5.2, 11.8), (-9.4, 7.6), (-10.4, 2), (-9.2, -3.4),
    (-6.2, -6.8), (-3.8, -5.6), (-2.6, -2.4), (-2.4, 1.4), (-0.6, 2.8), (1.4, 1), (2.2, -1.2),
    (3.2, 1.6), (3.6, 5), (5.6, 7),
)  # fmt: skip
_PROFILE_EAR = _side((-0.4, 2), (1, 1), (0.6, -1), (-0.4, -2.4), (-1.6, -0.6), (-1.6, 1.2))
_PROFILE_EYE = _side((5.6, 1), (6.5, 0.4), (7.4, 0.9))
_PROFILE_BROW = _side((5.4, 3.3), (6.8, 3.9), (8, 3.4))
_PROFILE_MOUTH = _side((7, -5), (8, -5.5), (9.2, -5.4))

_FRONT = _face(
    (0, 11.4, 0), (5.4, 9.6, 0), (7.8, 4.6, 0), (7.9, -0.6, 0), (6.6, -6, 1.5), (3, -10.2, 4),
    (0, -11, 5), (-3, -10.2, 4), (-6.6, -6, 1.5), (-7.9, -0.6, 0), (-7.8, 4.6, 0), (-5.4, 9.6, 0),
)  # fmt: skip
_FRONT_HAIR = _face(
    (0, 12.8, 0), (6, 11.2, 0), (9, 6.4, 0), (9.2, -1, -1), (7.8, -2.6, 0), (7.5, 2.4, 2),
    (5.6, 6.6, 6), (1.4, 8.2, 7), (-3, 7.4, 7), (-6.2, 5.6, 5), (-7.5, 2, 2), (-7.8, -2.6, 0),
    (-9.2, -1, -1), (-9, 6.4, 0), (-6, 11.2, 0),
)  # fmt: skip
_FRONT_LINES = (
    ("right eye", _face((1.9, 0.6, 8), (3.3, -0.2, 8), (4.7, 0.5, 8))),
    ("left eye", _face((-1.9, 0.6, 8), (-3.3, -0.2, 8), (-4.7, 0.5, 8))),
    ("right brow", _face((1.8, 3, 9), (3.4, 3.7, 8.6), (5, 3, 8))),
    ("left brow", _face((-1.8, 3, 9), (-3.4, 3.7, 8.6), (-5, 3, 8))),
    ("nose", _face((-0.9, -2.6, 9.5), (0.1, -3.2, 10), (1, -2.6, 9.5))),
    ("mouth", _face((-2.4, -5.6, 8.5), (0, -6.6, 9), (2.4, -5.6, 8.5))),
)


def head_shapes(head: Frame, camera: Camera, *, facing: bool) -> list[Shape]:
    """Return the head; ``facing`` shows its front rather than its side."""
    if facing:
        return [
            _filled("face", _FRONT, head, camera, SKIN.fill, SKIN.line),
            _filled("hair", _FRONT_HAIR, head, camera, HAIR.fill, HAIR.line),
            *(_line(name, marks, head, camera) for name, marks in _FRONT_LINES),
        ]
    return [
        _filled("face", _PROFILE, head, camera, SKIN.fill, SKIN.line),
        _filled("hair", _PROFILE_HAIR, head, camera, HAIR.fill, HAIR.line),
        _filled("ear", _PROFILE_EAR, head, camera, SKIN.fill, SKIN.line),
        _line("eye", _PROFILE_EYE, head, camera),
        _line("brow", _PROFILE_BROW, head, camera),
        _line("mouth", _PROFILE_MOUTH, head, camera),
    ]


def _filled(
    name: str, marks: Sequence[Mark], head: Frame, camera: Camera, fill: str, line: str
) -> Shape:
    return Shape(name, (_seen(marks, head, camera),), Look.ROUNDED, fill, line)


def _line(name: str, marks: Sequence[Mark], head: Frame, camera: Camera) -> Shape:
    return Shape(name, (_seen(marks, head, camera),), Look.LINE, FEATURE)


def _seen(marks: Sequence[Mark], head: Frame, camera: Camera) -> Outline:
    return tuple(camera.spot(head.point(*mark)) for mark in marks)
