"""Scenes → SVG: still, or moving by itself without a script."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from xml.sax.saxutils import escape

from backchat.illustration.keyframes import easing, needed
from backchat.illustration.palette import CARD, FELT
from backchat.illustration.pathdata import curve, polygon
from backchat.illustration.scene import HEIGHT, WIDTH, Look, Scene, Shape
from backchat.illustration.stage import Stage
from backchat.illustration.timeline import Step

STYLE = (
    ".still{display:none}"
    "@media(prefers-reduced-motion:reduce){.still{display:inline}.moving{display:none}}"
)
"""The style of every moving drawing; whoever asks for less motion sees two still poses."""

_GHOST = 0.28
_NEAR_ENOUGH = 6.0
"""How far a point may be off while it moves: two pixels on a phone."""
_FAINT = 0.1


def still_svg(stage: Stage, moment: float, title: str) -> str:
    """Return the drawing at a moment, in seconds from its start."""
    return _document(stage, title, _still(stage.scene(moment)))


def summary_svg(stage: Stage, title: str) -> str:
    """Return the drawing in one picture: the pose that says most, and faintly where it starts."""
    return _document(stage, title, _summary(stage))


def animated_svg(stage: Stage, title: str) -> str:
    """Return the moving drawing, which repeats for ever."""
    parts = (
        f"<style>{STYLE}</style>"
        f'<g class="moving">{_moving(stage)}</g>'
        f'<g class="still">{_summary(stage)}</g>'
    )
    return _document(stage, title, parts)


def _document(stage: Stage, title: str, content: str) -> str:
    left, top = -WIDTH // 2, -HEIGHT // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}" role="img">'
        f"<title>{escape(title)}</title><desc>{escape(stage.drawing.alt)}</desc>"
        f'<defs><radialGradient id="felt"><stop stop-color="{FELT}" stop-opacity=".8"/>'
        f'<stop offset=".45" stop-color="{FELT}" stop-opacity=".45"/>'
        f'<stop offset="1" stop-color="{FELT}" stop-opacity="0"/></radialGradient></defs>'
        f'<rect x="{left}" y="{top}" width="{WIDTH}" height="{HEIGHT}" rx="28" fill="{CARD}"/>'
        '<g stroke-width="5" stroke-linejoin="round" stroke-linecap="round" paint-order="stroke">'
        f"{content}</g></svg>"
    )


def _still(scene: Scene) -> str:
    return "".join(_path(shape) for shape in scene.shapes if shape.opacity)


def _summary(stage: Stage) -> str:
    behind, start, front = (_still(scene) for scene in stage.summary())
    return f'{behind}<g opacity="{_GHOST}">{start}</g>{front}'


def _moving(stage: Stage) -> str:
    steps = stage.timeline.steps()
    scenes = [stage.scene(moment) for moment in (0.0, *(step.until for step in steps))]
    tracks = zip(*(scene.shapes for scene in scenes), strict=True)
    return "".join(_path(shapes[0], _animations(shapes, steps)) for shapes in tracks)


def _animations(shapes: Sequence[Shape], steps: Sequence[Step]) -> str:
    """Return how a shape changes, as little of it as needs to be said."""
    places = [
        [n for outline in shape.outlines for spot in outline for n in spot] for shape in shapes
    ]
    strengths = [[shape.opacity] for shape in shapes]
    return _animation(
        "d", [_data(shape) for shape in shapes], needed(places, steps, _NEAR_ENOUGH), steps
    ) + _animation(
        "opacity",
        [_short(shape.opacity) for shape in shapes],
        needed(strengths, steps, _FAINT),
        steps,
    )


def _animation(
    attribute: str, texts: Sequence[str], keys: Sequence[int], steps: Sequence[Step]
) -> str:
    if len({texts[key] for key in keys}) == 1:
        return ""
    duration = steps[-1].until
    times = [0.0, *(step.until / duration for step in steps)]
    splines = (easing(steps, start, end) for start, end in pairwise(keys))
    return (
        f'<animate attributeName="{attribute}" dur="{_short(duration)}s" '
        'repeatCount="indefinite" calcMode="spline" '
        f'keyTimes="{";".join(_short(times[key]) for key in keys)}" '
        f'keySplines="{";".join(f".33 {_short(a)} .67 {_short(b)}" for a, b in splines)}" '
        f'values="{";".join(texts[key] for key in keys)}"/>'
    )


def _path(shape: Shape, animations: str = "") -> str:
    paint = {
        Look.ROUNDED: f'fill="{shape.fill}" stroke="{shape.line}"',
        Look.SOFT: f'fill="{shape.fill}"',
        Look.PLAIN: f'fill="{shape.fill}" stroke="{shape.fill}"',
        Look.LINE: f'fill="none" stroke="{shape.fill}"',
        Look.GLOW: 'fill="url(#felt)"',
    }[shape.look]
    opacity = "" if shape.opacity == 1 else f' opacity="{_short(shape.opacity)}"'
    start = f'<path {paint}{opacity} d="{_data(shape)}"'
    return f"{start}>{animations}</path>" if animations else f"{start}/>"


def _data(shape: Shape) -> str:
    if shape.look is Look.PLAIN:
        return "".join(polygon(outline) for outline in shape.outlines)
    closed = shape.look is not Look.LINE
    return "".join(curve(outline, closed=closed) for outline in shape.outlines)


def _short(value: float) -> str:
    """Return a number with at most three decimals, without needless zeros."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text.removeprefix("0") if text.startswith("0.") else text
