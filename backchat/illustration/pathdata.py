"""Points → SVG path data, in whole units and as short as the format allows."""

from __future__ import annotations

from collections.abc import Sequence

from backchat.illustration.camera import Spot


def curve(points: Sequence[Spot], *, closed: bool = True) -> str:
    """Return a smooth curve through points: Catmull-Rom as cubic Béziers."""
    count = len(points)
    whole = [(round(x), round(y)) for x, y in points]

    def point(index: int) -> tuple[int, int]:
        return whole[index % count] if closed else whole[max(0, min(count - 1, index))]

    def slope(index: int) -> Spot:
        (ax, ay), (bx, by) = point(index - 1), point(index + 1)
        return (bx - ax) / 6, (by - ay) / 6

    data = [f"M{_numbers(whole[0])}"]
    for index in range(count if closed else count - 1):
        (x, y), (to_x, to_y) = point(index), point(index + 1)
        arriving = slope(index + 1)
        ends = (to_x - arriving[0] - x, to_y - arriving[1] - y, to_x - x, to_y - y)
        data.append(f"s{_numbers(ends)}" if index else f"c{_numbers((*slope(0), *ends))}")
    return "".join(data) + ("z" if closed else "")


def polygon(points: Sequence[Spot]) -> str:
    """Return straight lines between points, closed."""
    return "M" + "L".join(_numbers(point) for point in points) + "z"


def _numbers(values: Sequence[float]) -> str:
    return " ".join(str(round(value)) for value in values).replace(" -", "-")
