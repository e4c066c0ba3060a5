"""A rule of the grammar of moments: words that name a moment, and how long ago that was."""

from __future__ import annotations

import re
from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date

from backchat.language.times.calendar import Calendar
from backchat.language.times.mention import Kind

Hours = tuple[float, float] | None
"""The hours since two ends of a stretch of time, in either order; below zero lies the future."""
DIGIT = "0"
"""Stands for any number among the words that a rule needs."""


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar, within which a time of day may be named beside it.

    Attributes:
        date: The local date.
        hours: The hours since its end and its start where nothing narrower is said; None where
            the words name a day only beside a time of day ("two days ago at noon").
    """

    date: date
    hours: Hours = None


Resolve = Callable[[re.Match[str], Calendar], Hours | Day]


@dataclass(frozen=True, slots=True)
class Rule:
    """Words that name a moment.

    Attributes:
        pattern: The words in canonical text.
        resolve: How long ago that was; None where the words name no moment after all.
        kind: What sort of time it is.
        weak: Says what is true now rather than when it began.
        needs: Words one of which a text must hold for the rule to apply; any text if empty.
    """

    pattern: re.Pattern[str]
    resolve: Resolve
    kind: Kind = Kind.DAY
    weak: bool = False
    needs: frozenset[str] = frozenset()

    def may_match(self, words: Set[str]) -> bool:
        """Whether a text of these words can hold a match."""
        return not self.needs or not self.needs.isdisjoint(words)


def words_of(text: str) -> frozenset[str]:
    """Return the words of a canonical text, and ``DIGIT`` where one of them is a number."""
    words = text.split()
    numbers = (DIGIT for word in words if word[0].isdigit())
    return frozenset((*words, *numbers))


def rule(
    words: str, resolve: Resolve, kind: Kind = Kind.DAY, *, weak: bool = False, needs: str = ""
) -> Rule:
    """Return the rule for whole words.

    Args:
        words: The pattern of the words.
        resolve: How long ago they say it was.
        kind: What sort of time it is.
        weak: Whether they say what is true now rather than when it began.
        needs: The words of which every match holds one.
    """
    pattern = re.compile(rf"(?<!\S)(?:{words})(?!\S)")
    return Rule(pattern, resolve, kind, weak, frozenset(needs.split()))


def after_any(words: str) -> str:
    """Return a pattern for a place right after one of some words (``"since in from"``)."""
    return "(?:" + "|".join(rf"(?<={word} )" for word in words.split()) + ")"
