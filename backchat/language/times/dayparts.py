"""The time of day beside a day: "Monday at 7 in the morning", "the evening of the 21st".

Whatever names the day ("the day before yesterday", "Nov 20", "Christmas Eve"), what is said right
before or after it of mornings, meals and hours cuts it down.
"""

from __future__ import annotations

import re
from datetime import date

from backchat.language.numbers import CLOCK
from backchat.language.times.calendar import PARTS, Calendar
from backchat.language.times.rules import Day

PART_NAMES = "|".join(sorted(PARTS, key=len, reverse=True))
_SHORTLY = 2.0
_FARTHEST_BEFORE = 40
_BARE_HOUR = r"(?:1?\d|2[0-3])(?!\S)"
_HOUR = rf"(?:{CLOCK}|{_BARE_HOUR})"
_OF_DAY = r"(?: (?:in the|at|this) (?P<of>morning|afternoon|evening|night)(?!\S))"
_AFTER = re.compile(
    r"(?P<lead>(?: ,)?(?: (?:at|around|about|round|like|in|on|the|late|early|doors|1st thing"
    r"|sometime|some time|just|right|roughly|maybe|probably|,))*)"
    rf" (?P<side>before |after )?(?:(?P<hour>{_HOUR}){_OF_DAY}?"
    rf"|(?P<part>{PART_NAMES})(?!\S)(?:(?: (?:at|around|about|round|like|,))+ (?P<then>{_HOUR}))?)"
)
_BEFORE = re.compile(
    rf"(?<!\S)(?:(?:(?P<hour>{CLOCK})|(?:at|around|about) (?P<bare>{_BARE_HOUR}))"
    rf"{_OF_DAY}?(?: (?:of|on))?|(?P<part>{PART_NAMES}) (?:of|on)) (?:the )?$"
)
_RISING = re.compile(r"\b(?:woke|woken|waking|awoke|got up|getting up)(?: \w+){0,3} $")
_AT = re.compile(r" (?:at|about|around|round|like)$")
_CLOSED = re.compile(r"$| (?:ish|[,.!;)]|and|when|while|doing|with|i|my)(?!\S)")


def clock_hours(clock: str, day: date, part: str | None, calendar: Calendar) -> tuple[float, float]:
    """Return the hours since a clock time or a bare hour on a day, the latest reading first.

    "7:30u" and "7" are both morning and evening unless the part of the day is said, and midnight
    is both ends of the day; "2 at night" lies in the small hours after it.
    """
    hour, _, minute = clock.rstrip("u").partition(":")
    at = int(hour) + int(minute or 0) / 60
    if clock == "0:00":
        readings = (0.0, 24.0)
    elif ":" in clock and not clock.endswith("u"):
        readings = (at, at)
    else:
        readings = (at % 12, at % 12 + 12)
    if part is not None and readings[0] != readings[1]:
        begins, ends = PARTS[part]
        turns = (*readings, readings[0] + 24)
        best = min(turns, key=lambda turn: max(begins - turn, turn - ends, 0.0))
        readings = (best, best)
    return calendar.hours_since(day, readings[-1]), calendar.hours_since(day, readings[0])


def within(
    day: Day, text: str, start: int, end: int, calendar: Calendar
) -> tuple[int, int, float, float] | None:
    """Return where a day and the time of day beside it begin and end, and the hours since it.

    None where no time of day is said beside the day.
    """
    ahead = _AFTER.match(text, end)
    if ahead is not None and not _is_time(ahead, text):
        ahead = None
    behind = _BEFORE.search(text, max(0, start - _FARTHEST_BEFORE), start)
    hour = part = side = None
    if behind is not None:
        start = behind.start()
        hour, part = behind["hour"] or behind["bare"], behind["part"] or behind["of"]
    if ahead is not None:
        then = ahead["then"] if _CLOSED.match(text, ahead.end()) else None
        end = ahead.end() if then or not ahead["then"] else ahead.end("part")
        hour, side = hour or ahead["hour"] or then, ahead["side"]
        part = part or ahead["part"] or ahead["of"]
    if hour is not None:
        if part is None and _RISING.search(text, 0, start):
            part = "morning"
        low, high = clock_hours(hour, day.date, "night" if side and not part else part, calendar)
    elif part is not None:
        low, high = calendar.part(day.date, part)
    else:
        return None
    if side is not None:
        low, high = (low, high + _SHORTLY) if side == "before " else (low - _SHORTLY, high)
    return start, end, low, high


def _is_time(ahead: re.Match[str], text: str) -> bool:
    """Whether a bare number after a day is the hour ("Saturday at 9") and no other number."""
    hour = ahead["hour"]
    if hour is None:
        return True
    if ":" in hour or ahead["of"]:
        return True
    return bool(_AT.search(ahead["lead"]) and _CLOSED.match(text, ahead.end()))
