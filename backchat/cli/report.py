"""``backchat report``: counts of a span of time, as text, CSV, JSON or a page with charts."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

import typer

from backchat import clock
from backchat.cli import report_page
from backchat.cli.databases import json_text, records
from backchat.cli.environment import say
from backchat.cli.moments import moment
from backchat.records import figures
from backchat.records.figures import Counts, Figures

DAYS = 30


def command(
    since: Annotated[
        datetime | None, typer.Option(help=f"From this day on (UTC); the last {DAYS} by default.")
    ] = None,
    until: Annotated[datetime | None, typer.Option(help="Before this day (UTC).")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page with charts to a file.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="As CSV.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False,
) -> None:
    """Count conversations by level, rule and channel, and what went unanswered or misunderstood."""
    end = moment(until) or clock.now()
    begin = moment(since) or end - timedelta(days=DAYS)
    found = figures.collect(records(), begin, end, lambda step: say(f"counting {step} …"))
    if html is not None:
        html.write_text(report_page.page(found), encoding="utf-8")
        say(f"written to {html}.")
    elif as_json:
        typer.echo(json_text(asdict(found)))
    elif as_csv:
        typer.echo(_csv(found), nl=False)
    else:
        for line in _lines(found):
            typer.echo(line)


def _csv(found: Figures) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(("what", "which", "value"))
    writer.writerows(_rows(found))
    return text.getvalue()


def _rows(found: Figures) -> Iterator[tuple[str, str, object]]:
    for name, value in asdict(found).items():
        if isinstance(value, dict):
            yield from ((name, str(which), number) for which, number in value.items())
        else:
            yield name, "", value.isoformat() if isinstance(value, datetime) else value


def _lines(found: Figures) -> Iterator[str]:
    yield f"{found.since:%Y-%m-%d %H:%M} to {found.until:%Y-%m-%d %H:%M} UTC"
    yield ""
    for title, number in report_page.totals(found):
        yield f"{number:>10}  {title}"
    for title, counts in report_page.tables(found):
        if counts:
            yield ""
            yield title
            yield from _bars(counts)


def _bars(counts: Counts, width: int = 30) -> Iterator[str]:
    most = max(counts.values())
    for which, number in counts.items():
        yield f"{number:>10}  {which:<28}  {'█' * max(1, round(width * number / most))}"
