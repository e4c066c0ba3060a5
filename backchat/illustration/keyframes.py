"""Which moments of an animated value have to be written down."""

from __future__ import annotations

from collections.abc import Sequence

from backchat.illustration.timeline import Step, ease_between, eased

Values = Sequence[float]


def needed(samples: Sequence[Values], steps: Sequence[Step], tolerance: float) -> list[int]:
    """Return the samples to keep, first and last included.

    The others lie within ``tolerance`` of a straight way between those kept (Ramer, Douglas and
    Peucker, movement by movement), or a value rests there.

    Args:
        samples: The value at the start and after each step.
        steps: The steps between them.
        tolerance: How far off a number may be.
    """
    kept = [0]
    start = 0
    for end in range(1, len(steps) + 1):
        if end == len(steps) or steps[end].span != steps[start].span or steps[start].span is None:
            kept += _bends(samples, steps, start, end, tolerance)
            start = end
    return [
        index
        for place, index in enumerate(kept)
        if place in (0, len(kept) - 1)
        or not samples[kept[place - 1]] == samples[index] == samples[kept[place + 1]]
    ]


def easing(steps: Sequence[Step], start: int, end: int) -> tuple[float, float]:
    """Return the easing from one sample to another, as heights of two handles.

    It is even where nothing moves.
    """
    first, last = steps[start], steps[end - 1]
    if first.span is None or first.span != last.span:
        return 1 / 3, 2 / 3
    return ease_between(first.part[0], last.part[1])


def _bends(
    samples: Sequence[Values], steps: Sequence[Step], start: int, end: int, tolerance: float
) -> list[int]:
    """Return the samples to keep after ``start`` up to ``end``."""
    begin = eased(steps[start].part[0])
    way = eased(steps[end - 1].part[1]) - begin
    worst, where = tolerance, 0
    for index in range(start + 1, end):
        share = (eased(steps[index].part[0]) - begin) / way
        for low, value, high in zip(samples[start], samples[index], samples[end], strict=True):
            error = abs(low + (high - low) * share - value)
            if error > worst:
                worst, where = error, index
    if not where:
        return [end]
    return [
        *_bends(samples, steps, start, where, tolerance),
        *_bends(samples, steps, where, end, tolerance),
    ]
