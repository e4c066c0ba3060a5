"""Named moments: "yesterday evening", "since Tuesday", "the end of last week", "since Easter"."""

from __future__ import annotations

import re

from backchat.language.times.anchors import ANCHORS
from backchat.language.times.calendar import Calendar
from backchat.language.times.dates import DATES
from backchat.language.times.dayparts import within
from backchat.language.times.days import DAYS
from backchat.language.times.lengths import DAY
from backchat.language.times.mention import Kind, Mention, without_overlaps
from backchat.language.times.phases import narrowed
from backchat.language.times.rules import Day, Rule, words_of

RULES = (*DAYS, *DATES, *ANCHORS)
_WEAK = frozenset({"this week", "this month", "this year"})


def find_moments(text: str, calendar: Calendar) -> list[Mention]:
    """Return the named moments in canonical text, in order, none within another."""
    words = words_of(text)
    narrow: list[Mention] = []
    found: list[Mention] = []
    for rule in RULES:
        if not rule.may_match(words):
            continue
        for match in rule.pattern.finditer(text):
            when = rule.resolve(match, calendar)
            if isinstance(when, Day):
                exact = within(when, text, match.start(), match.end(), calendar)
                if exact is not None:
                    start, end, low, high = exact
                    narrow.append(Mention(start, end, _of_the_past(low, high), high, Kind.DAY))
                    continue
                when = when.hours
            if when is not None:
                found.append(_mention(rule, match, when))
    return without_overlaps([*narrow, *found])


def _mention(rule: Rule, match: re.Match[str], hours: tuple[float, float]) -> Mention:
    start, low, high = match.start(), min(hours), max(hours)
    if rule.kind is Kind.DAY:
        start, low, high = narrowed(match.string, start, low, high)
    low = _of_the_past(low, high)
    weak = rule.weak or match.group() in _WEAK
    brief = rule.kind is Kind.DURATION and high < DAY
    return Mention(start, match.end(), low, high, rule.kind, brief, weak)


def _of_the_past(low: float, high: float) -> float:
    """Return the hours since the end of a stretch of time, or zero where that is yet to come."""
    return max(low, 0.0) if high > 0 else low
