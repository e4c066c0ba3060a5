"""The drawing of each stretch, in every format."""

from __future__ import annotations

from collections.abc import Callable

from backchat.illustration import raster, svg
from backchat.illustration.stage import Stage
from backchat.knowledge import Knowledge

WIDTH = 480
"""Width of pictures in pixels, unless asked for another."""
FRAMES_PER_SECOND = 10


class Illustrations:
    """Draws the stretches of the knowledge files; each call draws anew, so keep the result.

    Every method takes the id of a stretch and raises ``KeyError`` where there is none.
    """

    def __init__(self, knowledge: Knowledge) -> None:
        """Set every drawing up."""
        self._titles = {stretch.id: stretch.name for stretch in knowledge.stretches}
        self._stages = {
            name: Stage(knowledge.body, drawing) for name, drawing in knowledge.drawings.items()
        }

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the stretches."""
        return tuple(self._stages)

    def animated_svg(self, name: str) -> str:
        """Return the moving drawing; who asks for less motion sees two still poses."""
        return svg.animated_svg(self._stages[name], self._titles[name])

    def still_svg(self, name: str, moment: float) -> str:
        """Return the drawing at a moment, in seconds from its start."""
        return svg.still_svg(self._stages[name], moment, self._titles[name])

    def png(self, name: str, width: int = WIDTH) -> bytes:
        """Return the pose that says most, and faintly where it starts."""
        return raster.png(self._stages[name], self._titles[name], width)

    def gif(self, name: str, width: int = WIDTH, fps: int = FRAMES_PER_SECOND) -> bytes:
        """Return the moving drawing, which repeats for ever."""
        return raster.gif(self._stages[name], self._titles[name], width, fps)

    def contact_sheet(self, width: int = WIDTH) -> bytes:
        """Return all drawings in one PNG, a row each."""
        stages = {self._titles[name]: stage for name, stage in self._stages.items()}
        return raster.contact_sheet(stages, width)

    def formats(self, name: str) -> dict[str, Callable[[], bytes]]:
        """Return how to draw a stretch, by file suffix."""
        return {
            "svg": lambda: self.animated_svg(name).encode(),
            "png": lambda: self.png(name),
            "gif": lambda: self.gif(name),
        }
