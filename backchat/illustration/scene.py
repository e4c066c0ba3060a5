"""A moment of a drawing as shapes, back to front."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from backchat.illustration.camera import Spot

WIDTH, HEIGHT = 900, 600
"""Size of the picture in its own units; (0, 0) is its middle."""

Outline = tuple[Spot, ...]
"""The points around something."""


class Look(Enum):
    """How a shape is drawn."""

    ROUNDED = "rounded"
    """A curve through its points, filled, with a line around it."""
    SOFT = "soft"
    """A curve through its points, filled."""
    PLAIN = "plain"
    """Straight lines between its points, filled."""
    LINE = "line"
    """A curve through its points that does not close."""
    GLOW = "glow"
    """A curve through its points, filled from its middle with ever less."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape of the picture.

    Attributes:
        name: What it is; the same in every moment of a drawing.
        outlines: Its parts, as points; they fill as one.
        look: How it is drawn.
        fill: Colour of its inside, or of a line.
        line: Colour of the line around it.
        opacity: From 0 to 1.
    """

    name: str
    outlines: tuple[Outline, ...]
    look: Look
    fill: str
    line: str = ""
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything that is seen at one moment."""

    shapes: tuple[Shape, ...]
