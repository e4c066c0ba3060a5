"""When a drawing is in which pose."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from math import asin, sin
from typing import TypeVar, cast

from backchat.knowledge.poses import Arrow, Drawing, Pose

T = TypeVar("T")

_STEPS = 4
"""Into how many steps a movement is cut, each as far as the others."""


@dataclass(frozen=True, slots=True)
class Step:
    """A piece of the clock in which the drawing moves along straight lines, nearly.

    Attributes:
        until: When it ends, in seconds.
        span: Which movement it belongs to; a rest belongs to none.
        part: The share of the movement's time at its start and at its end.
    """

    until: float
    span: int | None
    part: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Span:
    """One movement on the clock: it starts, arrives, and rests until it ends, in seconds."""

    start: float
    arrival: float
    end: float
    source: Pose
    target: Pose
    arrow: Arrow | None

    def part(self, moment: float) -> float:
        """Return which share of the movement's time has gone, from 0 to 1."""
        return max(0.0, min(1.0, (moment - self.start) / (self.arrival - self.start)))


class Timeline:
    """The movements of a drawing, one after another, which then start again."""

    def __init__(self, drawing: Drawing) -> None:
        """Lay the movements out in time."""
        spans = []
        clock = 0.0
        source = drawing.poses[0]
        for move in drawing.moves:
            target = drawing.pose(move.to)
            arrival = clock + move.seconds
            end = arrival + move.hold
            spans.append(Span(clock, arrival, end, source, target, move.arrow))
            clock, source = end, target
        self.spans = tuple(spans)
        self.duration = clock

    def pose(self, moment: float) -> Pose:
        """Return the pose at a moment, in seconds."""
        span = self._span(moment)
        return blend(span.source, span.target, eased(span.part(moment)))

    def span_to(self, name: str) -> Span:
        """Return the first movement to the pose of this name."""
        return next(span for span in self.spans if span.target.id == name)

    def steps(self) -> tuple[Step, ...]:
        """Return the whole clock in steps."""
        parts = [_part_at(index / _STEPS) for index in range(_STEPS + 1)]
        steps = []
        for index, span in enumerate(self.spans):
            length = span.arrival - span.start
            for part in pairwise(parts):
                steps.append(Step(span.start + length * part[1], index, part))
            if span.end > span.arrival:
                steps.append(Step(span.end, None, (0.0, 1.0)))
        return tuple(steps)

    def _span(self, moment: float) -> Span:
        return next((span for span in self.spans if moment <= span.end), self.spans[-1])


def eased(part: float) -> float:
    """Return how far a movement is that starts and ends gently, after a share of its time."""
    return part * part * (3 - 2 * part)


def ease_between(start: float, end: float) -> tuple[float, float]:
    """Return the easing between two shares of a movement's time, as heights of two handles.

    The easing is a cubic curve, and so is every piece of it: with time evenly spaced, its handles
    stand at a third and at two thirds.
    """
    rise = eased(end) - eased(start)
    first, last = (6 * part * (1 - part) * (end - start) / (3 * rise) for part in (start, end))
    return first, 1 - last


def _part_at(done: float) -> float:
    """Return after which share of its time a movement is that far; the inverse of ``eased``."""
    return 0.5 - sin(asin(1 - 2 * done) / 3)


def blend(start: T, end: T, part: float) -> T:
    """Return what is between two poses, or parts of poses, of the same form."""
    if isinstance(start, float):
        return cast(T, start + (cast(float, end) - start) * part)
    if is_dataclass(start) and not isinstance(start, type):
        between = {
            field.name: blend(getattr(start, field.name), getattr(end, field.name), part)
            for field in fields(start)
            if field.name != "id"
        }
        return replace(start, **between)
    if start is None and end is None:
        return start
    raise ValueError("one pose has a value that the other does not have")
