"""Three answers to "did the pain begin more than two days ago?": ours and two public parsers'.

The public parsers know times, not backs, so each is given every help: the person's wall clock, a
preference for the past, and, where a message names several times, whichever choice among them
scores best over the whole table. A bare duration counts back from now; future times are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckling
import tzdata
from dateparser.search import search_dates

from backchat.clinical.duration import TWO_DAYS_HOURS, is_over, is_within
from backchat.language.times import read_onset


class Side(Enum):
    """Which side of two days an onset lies on; UNDECIDED asks, NONE says that no time was told."""

    WITHIN = "within"
    OVER = "over"
    UNDECIDED = "undecided"
    NONE = "none"


Times = Callable[[str, datetime], Sequence[datetime]]
"""From a message and the wall clock (naive) to the times in it, in their order."""
Answer = Callable[[str, datetime, str], Side]
"""From a message, the moment it was sent and the time zone to a side."""

CHOICES: dict[str, Callable[[Sequence[float]], float]] = {
    "first named": lambda hours: hours[0],
    "earliest": max,
    "latest": min,
}


def ours(text: str, now: datetime, timezone: str) -> Side:
    """Answer with the reader's interval."""
    onset = read_onset(text, now, timezone).onset
    if onset is None:
        return Side.NONE
    if is_within(onset, TWO_DAYS_HOURS, now):
        return Side.WITHIN
    certain = is_over(onset, TWO_DAYS_HOURS, now) and not onset.of_workout
    return Side.OVER if certain else Side.UNDECIDED


def public(times: Times, choose: Callable[[Sequence[float]], float]) -> Answer:
    """Answer with one of the past times that a public parser finds."""

    def answer(text: str, now: datetime, timezone: str) -> Side:
        clock = now.astimezone(ZoneInfo(timezone)).replace(tzinfo=None)
        hours = [(clock - time) / timedelta(hours=1) for time in times(text, clock)]
        past = [each for each in hours if each >= 0]
        if not past:
            return Side.NONE
        return Side.OVER if choose(past) > TWO_DAYS_HOURS else Side.WITHIN

    return answer


def dateparser_times(text: str, clock: datetime) -> list[datetime]:
    """Return what dateparser finds."""
    preferences = {"RELATIVE_BASE": clock, "PREFER_DATES_FROM": "past"}
    found = search_dates(text, languages=["en"], settings=preferences) or []
    return [time.replace(tzinfo=None) for _, time in found]


_ZONES = duckling.load_time_zones(str(Path(tzdata.__file__).parent / "zoneinfo"))
_ENGLISH = duckling.parse_locale("EN_US", duckling.default_locale_lang(duckling.parse_lang("EN")))
_DIMENSIONS = duckling.parse_dimensions(["time", "duration"])
_MEANT_AS_FUTURE = re.compile(r"\b(?:tomorrow|tonight|next|in|later|from now)\b", re.IGNORECASE)
_CYCLES = (timedelta(days=1), timedelta(days=7))


def duckling_times(text: str, clock: datetime) -> list[datetime]:
    """Return what Duckling finds.

    It takes "Saturday" for the next one; such a time is looked for again from a day and from a week
    before, until it is past.
    """
    return [_in_the_past(entity, clock) for entity in _entities(text, clock)]


def _in_the_past(entity: dict[str, Any], clock: datetime) -> datetime:
    body, time = entity["body"], _moment(entity, clock)
    if time <= clock or _MEANT_AS_FUTURE.search(body):
        return time
    again = (_moment(e, clock) for back in _CYCLES for e in _entities(body, clock - back))
    return next((other for other in again if other <= clock), time)


def _entities(text: str, clock: datetime) -> list[dict[str, Any]]:
    moment = int(clock.replace(tzinfo=UTC).timestamp())
    context = duckling.Context(duckling.parse_ref_time(_ZONES, "UTC", moment), _ENGLISH)
    return duckling.parse(text, context, _DIMENSIONS, False)


def _moment(entity: dict[str, Any], clock: datetime) -> datetime:
    value = entity["value"]
    if entity["dim"] == "duration":
        return clock - timedelta(seconds=value["normalized"]["value"])
    bound = value.get("from") or value.get("to") or value
    return datetime.fromisoformat(bound["value"]).replace(tzinfo=None)
