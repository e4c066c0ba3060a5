"""Putting values into readable form: lists, quotations, moments."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from backchat.knowledge.vocabulary import Source

_MOST_QUOTES = 2
_MORNING_HOUR = 6


def bullets(lines: Iterable[str]) -> str:
    """Return one line for each entry, as a list in simple markdown."""
    return "\n".join(f"- {line}" for line in lines)


def numbered(lines: Iterable[str]) -> str:
    """Return the entries as a numbered list."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def reason(text: str, quotes: Iterable[str]) -> str:
    """Return a reason after the person's own words that led to it."""
    shown = quoted(quotes)
    return f"{shown}: {text}" if shown else text


def quoted(quotes: Iterable[str]) -> str:
    """Return the first quotes in quotation marks, without those that stand in another."""
    distinct = list(dict.fromkeys(quotes))
    whole = [each for each in distinct if not any(each in other != each for other in distinct)]
    return ", ".join(f"“{each}”" for each in whole[:_MOST_QUOTES])


def moment(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a moment as people say it: ``Wednesday at 9 am``, with the date from a week on.

    One in the small hours is put off until the morning.
    """
    local = at.astimezone(zone)
    day = f"{local:%A %-d %B}" if (at - now).days >= 6 else f"{local:%A}"
    if local.hour < _MORNING_HOUR:
        return f"{day} morning"
    return f"{day} at {local.hour % 12 or 12} {'am' if local.hour < 12 else 'pm'}"


def cited(sources: Iterable[Source]) -> str:
    """Return sources as title and year."""
    return "; ".join(f"{each.title}, {each.year}" if each.year else each.title for each in sources)
