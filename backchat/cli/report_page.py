"""The report as one HTML page without scripts: totals, charts and the numbers behind them."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from backchat.cli import charts
from backchat.records.figures import Counts, Figures

_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: 1rem; }
dl div { border: 1px solid #8886; border-radius: .5rem; padding: .5rem .75rem; }
dt { font-size: .85rem; } dd { margin: 0; font-size: 1.5rem; }
svg { width: 100%; height: auto; }
figure { margin: 2rem 0; } figcaption { font-weight: 600; margin-bottom: .5rem; }
"""


def page(found: Figures) -> str:
    """Return the page."""
    span = f"{found.since:%Y-%m-%d} to {found.until:%Y-%m-%d}"
    tiles = "".join(
        f"<div><dt>{escape(title)}</dt><dd>{escape(str(number))}</dd></div>"
        for title, number in totals(found)
    )
    drawn = "".join(_figure(title, counts) for title, counts in tables(found) if counts)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>Backchat, {span}</title><style>{_STYLE}</style></head>"
        f"<body><h1>Backchat, {span}</h1><dl>{tiles}</dl>{drawn}</body></html>\n"
    )


def totals(found: Figures) -> Iterator[tuple[str, object]]:
    """Yield what is one number, with its title."""
    yield "conversations", found.conversations
    yield "people", found.people
    yield "flagged for a human", found.flagged
    yield "messages from people", found.said
    yield "messages to people", found.answered
    yield "messages unanswered", found.unanswered
    yield "messages not understood", found.not_understood
    if found.time_to_answer is not None:
        yield "seconds to answer, half", f"{found.time_to_answer.median:.2f}"
        yield "seconds to answer, 9 of 10", f"{found.time_to_answer.p90:.2f}"
        yield "seconds to answer, 99 of 100", f"{found.time_to_answer.p99:.2f}"


def tables(found: Figures) -> Iterator[tuple[str, Counts]]:
    """Yield what is counted by something, with its title."""
    yield "Conversations by day", found.days
    yield "Conversations by highest level", found.levels
    yield "Conversations by rule", found.rules
    yield "Conversations by channel", found.channels
    yield "Check-ins", found.check_ins
    yield "Was it helpful?", found.helpful


def _figure(title: str, counts: Counts) -> str:
    return f"<figure><figcaption>{escape(title)}</figcaption>{charts.bars(title, counts)}</figure>"
