"""A skeleton → the shapes of the person: skin, top and shorts, far limbs darker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from backchat.illustration import palette
from backchat.illustration.camera import Camera
from backchat.illustration.flesh import arm_cuts, leg_cuts, segment_cuts, trunk_cuts
from backchat.illustration.head import head_shapes
from backchat.illustration.outline import Cut, silhouette
from backchat.illustration.palette import Paint
from backchat.illustration.scene import Look, Outline, Shape
from backchat.illustration.skeleton import Bone, Side, Skeleton
from backchat.knowledge.poses import Body, Part

_WAIST = 0.26
"""Where the shorts end and the top begins, as a share of the trunk."""
_SHORTS_TO = 0.62
"""Where on the thigh the shorts end."""
_SLEEVE_TO = 0.52
_TUCKED = 0.1
"""How much of the top is inside the shorts, as a share of the trunk."""
_CLOTH = 0.7
"""How far cloth stands off, in centimetres."""


def figure_shapes(
    body: Body, skeleton: Skeleton, camera: Camera, layers: Iterable[Part], *, facing: bool
) -> list[Shape]:
    """Return the person, back to front.

    Args:
        body: The body's thickness.
        skeleton: Where its joints are.
        camera: From where it is seen.
        layers: The order of its parts, farthest first; a leg that is named twice comes to the front
            where it is the nearer one.
        facing: Whether the face looks at the viewer.
    """
    figure = _Figure(body, skeleton, camera)
    parts: dict[Part, Callable[[], list[Shape]]] = {
        Part.LEFT_ARM: lambda: figure.arm(Side.LEFT, dark=not facing),
        Part.RIGHT_ARM: lambda: figure.arm(Side.RIGHT, dark=False),
        Part.LEFT_LEG: lambda: figure.leg(Side.LEFT, dark=not facing),
        Part.RIGHT_LEG: lambda: figure.leg(Side.RIGHT, dark=False),
        Part.TRUNK: figure.trunk,
        Part.HEAD: lambda: head_shapes(skeleton.head, camera, facing=facing),
    }
    shapes: dict[str, Shape] = {}
    for part in layers:
        for shape in parts[part]():
            if shape.name in shapes:
                nearer = figure.nearer_leg(part)
                shape = replace(shape, name=f"{shape.name} over", opacity=nearer)
            shapes[shape.name] = shape
    return list(shapes.values())


class _Figure:
    """The parts of one person in one pose."""

    def __init__(self, body: Body, skeleton: Skeleton, camera: Camera) -> None:
        self.body = body
        self.skeleton = skeleton
        self.camera = camera

    def arm(self, side: Side, *, dark: bool) -> list[Shape]:
        limb = self.skeleton.arms[side]
        skin = [self._seen(cuts) for cuts in arm_cuts(self.body, limb)]
        cloth = segment_cuts(self.body.upper_arm, limb.bones[0], end=_SLEEVE_TO, add=_CLOTH)
        sleeve = [self._seen(cloth, hem=True)]
        name = side.name.lower()
        return [
            _rounded(f"{name} arm", skin, palette.FAR_SKIN if dark else palette.SKIN),
            _rounded(f"{name} sleeve", sleeve, palette.FAR_TOP if dark else palette.TOP),
        ]

    def leg(self, side: Side, *, dark: bool) -> list[Shape]:
        limb = self.skeleton.legs[side]
        skin = [self._seen(cuts) for cuts in leg_cuts(self.body, limb)]
        cloth = segment_cuts(self.body.thigh, limb.bones[0], end=_SHORTS_TO, add=_CLOTH)
        shorts = [self._seen(cloth, hem=True)]
        if not dark:
            pelvis = trunk_cuts(self.body, self.skeleton, end=_WAIST, add=_CLOTH)
            shorts.append(self._seen(pelvis, hem=True))
        name = side.name.lower()
        return [
            _rounded(f"{name} leg", skin, palette.FAR_SKIN if dark else palette.SKIN),
            _rounded(f"{name} shorts", shorts, palette.FAR_SHORTS if dark else palette.SHORTS),
        ]

    def nearer_leg(self, part: Part) -> float:
        """Return 1 where this leg is nearer to the viewer than the other, and 0 where it is not."""
        depths = {side: self.camera.depth(leg.middle) for side, leg in self.skeleton.legs.items()}
        ahead = depths[Side.LEFT] - depths[Side.RIGHT]
        return max(0.0, min(1.0, ahead if part is Part.LEFT_LEG else -ahead))

    def trunk(self) -> list[Shape]:
        collar, neck = self.skeleton.spine[-1], self.skeleton.neck
        bone = Bone(collar.at, neck.at, neck.front)
        shirt = trunk_cuts(self.body, self.skeleton, start=_WAIST - _TUCKED)
        return [
            _rounded("neck", [self._seen(segment_cuts(self.body.neck, bone))], palette.SKIN),
            _rounded("top", [self._seen(shirt, hem=True)], palette.TOP),
        ]

    def _seen(self, cuts: Sequence[Cut], *, hem: bool = False) -> Outline:
        return silhouette(cuts, self.camera, rounded=(True, not hem))


def _rounded(name: str, outlines: Sequence[Outline], paint: Paint) -> Shape:
    return Shape(name, tuple(outlines), Look.ROUNDED, paint.fill, paint.line)
