"""Bar charts as SVG."""

from __future__ import annotations

from html import escape

WIDTH, LABELS, NUMBERS = 800, 240, 80
ROW, BAR = 24, 16
COLOUR = "#2f6fa7"


def bars(title: str, counts: dict[str, int]) -> str:
    """Return one horizontal bar for each count, with its label and its number.

    Args:
        title: What the chart shows; with the numbers for those who hear it.
        counts: Numbers by label, at least one.
    """
    most = max(max(counts.values()), 1)
    rows = "".join(
        _row(number, label, count, (WIDTH - LABELS - NUMBERS) * count / most)
        for number, (label, count) in enumerate(counts.items())
    )
    heard = f"{title}: {', '.join(f'{label} {count}' for label, count in counts.items())}"
    return (
        f'<svg viewBox="0 0 {WIDTH} {ROW * len(counts)}" role="img" aria-label="{escape(heard)}" '
        f'font-size="13" fill="currentColor">{rows}</svg>'
    )


def _row(number: int, label: str, count: int, length: float) -> str:
    top = ROW * number
    baseline = top + ROW / 2 + 5
    return (
        f'<text x="{LABELS - 8}" y="{baseline}" text-anchor="end">{escape(label)}</text>'
        f'<rect x="{LABELS}" y="{top + (ROW - BAR) / 2}" width="{length:.1f}" height="{BAR}" '
        f'rx="2" fill="{COLOUR}"/>'
        f'<text x="{LABELS + length + 8:.1f}" y="{baseline}">{count}</text>'
    )
