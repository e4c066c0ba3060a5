"""Putting values into readable form: lists, quotations, moments."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from backchat.knowledge.vocabulary import Source
from backchat.records.views import PainPoint

_MOST_QUOTES = 2
_MORNING_HOUR = 6


def bullets(lines: Iterable[str]) -> str:
    """Return one line for each entry, as a list in simple markdown."""
    return "\n".join(f"- {line}" for line in lines)


def data(value: Any) -> str:
    """Return a value as JSON, for a field of a card whose name ends in ``_json``."""
    return json.dumps(value, ensure_ascii=False)


def numbered(lines: Iterable[str]) -> str:
    """Return the entries as a numbered list."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def reason(text: str, quotes: Iterable[str]) -> str:
    """Return a reason after the person's own words that led to it."""
    shown = quoted(quotes)
    return f"{shown}: {text}" if shown else text


def quoted(quotes: Iterable[str]) -> str:
    """Return the first quotes in quotation marks, without those that stand in another."""
    return ", ".join(f"“{each}”" for each in distinct(quotes))


def distinct(quotes: Iterable[str]) -> list[str]:
    """Return the first quotes, without those that stand in another."""
    different = list(dict.fromkeys(quotes))
    whole = [each for each in different if not any(each in other != each for other in different)]
    return whole[:_MOST_QUOTES]


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a moment as people say it: ``Wednesday at 9 am``, with the date from a week on.

    One in the small hours is put off until the morning.
    """
    local = at.astimezone(zone)
    day = f"{local:%A %-d %B}" if (at - now).days >= 6 else f"{local:%A}"
    if local.hour < _MORNING_HOUR:
        return f"{day} morning"
    return f"{day} at {local.hour % 12 or 12} {'am' if local.hour < 12 else 'pm'}"


def day(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a day that is past as people say it: ``Monday``, with the date after a week."""
    local = at.astimezone(zone)
    return f"{local:%A %-d %B}" if (now - at).days >= 6 else f"{local:%A}"


def stamp(at: datetime, zone: ZoneInfo) -> str:
    """Return a moment for a record: ``Mon 23 Nov 2026, 10:05``."""
    return f"{at.astimezone(zone):%a %-d %b %Y, %H:%M}"


def score(point: PainPoint, zone: ZoneInfo) -> str:
    """Return a pain score with its moment."""
    return f"{stamp(point.at, zone)}: {point.score}/10"


def cited(sources: Iterable[Source]) -> str:
    """Return sources as title and year."""
    return "; ".join(f"{each.title}, {each.year}" if each.year else each.title for each in sources)
