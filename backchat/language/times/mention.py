"""A time spoken of in a message: which words, and how long before now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """What sort of time a mention is."""

    DURATION = "duration"  # three days, the past week
    AGO = "ago"  # three days ago
    DAY = "day"  # yesterday, on Monday morning, Nov 20
    OFFSET = "offset"  # two days after, ten minutes into


@dataclass(frozen=True, slots=True)
class Mention:
    """A time in canonical text.

    Attributes:
        start: Its first character in the canonical text.
        end: One past its last character.
        low: At least so many hours before now.
        high: At most so many hours before now; below zero lies the future.
        kind: What sort of time it is.
        brief: A duration in minutes or hours, as exercise and rest are measured.
        weak: Says what is true now rather than when it began ("today", "right now").
    """

    start: int
    end: int
    low: float
    high: float
    kind: Kind
    brief: bool = False
    weak: bool = False


def without_overlaps(mentions: Iterable[Mention]) -> list[Mention]:
    """Return mentions in order of place; of two that overlap the earlier given one stays."""
    kept: list[Mention] = []
    for mention in mentions:
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)
