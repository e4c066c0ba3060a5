"""A drawing, ready to be seen at any moment."""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise

from backchat.illustration.camera import Camera, Spot
from backchat.illustration.figure import figure_shapes
from backchat.illustration.flesh import body_cuts, supporting_cuts
from backchat.illustration.scene import HEIGHT, WIDTH, Scene, Shape
from backchat.illustration.scenery import (
    arrow_shapes,
    felt_shape,
    mat_corners,
    mat_shapes,
    shadow_shape,
)
from backchat.illustration.skeleton import Skeleton, pose_skeleton
from backchat.illustration.space import Vector
from backchat.illustration.timeline import Span, Timeline, eased
from backchat.knowledge.poses import Arrow, Body, Drawing, Pose

_MARGIN = 48
_FROM_ABOVE = 35.0
"""From this steepness on, the face looks at the viewer."""
_ARROW_POINTS = 9
_FADE = 1 / 4
"""The share of a movement's way on which its arrow appears, and on which it goes."""


class Stage:
    """The body, the drawing and the camera, framed so that every moment fits."""

    def __init__(self, body: Body, drawing: Drawing) -> None:
        """Set the drawing up."""
        self.body = body
        self.drawing = drawing
        self.timeline = Timeline(drawing)

    def skeleton(self, moment: float) -> Skeleton:
        """Return where every joint is at a moment, in seconds."""
        return pose_skeleton(self.body, self.timeline.pose(moment))

    @cached_property
    def camera(self) -> Camera:
        """From where the drawing is seen: near enough to fill the picture."""
        points: list[Vector] = []
        for pose in self.drawing.poses:
            skeleton = pose_skeleton(self.body, pose)
            points += [cut.middle for cut in body_cuts(self.body, skeleton)]
            points += [skeleton.head.point(8.0, 8.0), skeleton.head.point(-8.0, 8.0)]
        points += mat_corners(self.drawing.mat)
        return Camera(self.drawing.view).fitted(points, WIDTH - 2 * _MARGIN, HEIGHT - 2 * _MARGIN)

    def scene(self, moment: float) -> Scene:
        """Return everything that is seen at a moment."""
        pose = self.timeline.pose(moment)
        skeleton = pose_skeleton(self.body, pose)
        arrows = [
            shape
            for span in self.timeline.spans
            for shape in self._arrow(span, _visibility(span, moment))
        ]
        return Scene((*self._scenery(skeleton), *self._person(pose, skeleton), *arrows))

    def summary(self) -> tuple[Scene, Scene, Scene]:
        """Return the parts of the drawing in one picture.

        They are what is behind, the start, and the pose that says most with the arrow to it.
        """
        span = self.timeline.span_to(self.drawing.shows)
        start = self.drawing.poses[0]
        skeleton = pose_skeleton(self.body, span.target)
        return (
            Scene(tuple(self._scenery(skeleton))),
            Scene(tuple(self._person(start, pose_skeleton(self.body, start)))),
            Scene((*self._person(span.target, skeleton), *self._arrow(span, 1.0))),
        )

    @property
    def _from_above(self) -> bool:
        return self.drawing.view.down >= _FROM_ABOVE

    def _scenery(self, skeleton: Skeleton) -> list[Shape]:
        """Return the mat and the shadow, which from above lies out of sight."""
        mat = mat_shapes(self.drawing.mat, self.camera)
        if self._from_above:
            return mat
        return [*mat, shadow_shape(supporting_cuts(self.body, skeleton), self.camera)]

    def _person(self, pose: Pose, skeleton: Skeleton) -> list[Shape]:
        layers = self.drawing.layers
        return [
            *figure_shapes(self.body, skeleton, self.camera, layers, facing=self._from_above),
            felt_shape(self.drawing.felt, pose.felt, skeleton, self.camera),
        ]

    def _arrow(self, span: Span, opacity: float) -> list[Shape]:
        if span.arrow is None:
            return []
        return arrow_shapes(span.target.id, self._arrow_path(span, span.arrow), opacity)

    def _arrow_path(self, span: Span, arrow: Arrow) -> list[Spot]:
        length = span.arrival - span.start
        moments = [span.start + length * i / (_ARROW_POINTS - 1) for i in range(_ARROW_POINTS)]
        spots = [self.camera.spot(self.skeleton(moment).joint(arrow.follows)) for moment in moments]
        middle_x = (spots[0][0] + spots[-1][0]) / 2
        middle_y = (spots[0][1] + spots[-1][1]) / 2
        shift_x, shift_y = arrow.shift.x * self.camera.scale, -arrow.shift.y * self.camera.scale
        longer = [
            (
                middle_x + (x - middle_x) * arrow.size + shift_x,
                middle_y + (y - middle_y) * arrow.size + shift_y,
            )
            for x, y in spots
        ]
        return [longer[0], *(b for a, b in pairwise(longer) if a != b)]


def _visibility(span: Span, moment: float) -> float:
    """Return how much of a movement's arrow is seen: all of it, but for the start and the end."""
    way = eased(span.part(moment))
    return round(min(1.0, way / _FADE, (1 - way) / _FADE), 2)
