"""How long it has hurt, and the two-day rule.

An onset is an interval, so each question has three answers: certainly yes, certainly no, not known.
All arithmetic is on moments in UTC; a day on which the clocks change is no special case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from backchat.clinical.reading import Onset

TWO_DAYS_HOURS = 48
TWO_DAYS = timedelta(hours=TWO_DAYS_HOURS)
BORDERLINE_FROM = timedelta(hours=36)


def is_over(onset: Onset, hours: int, now: datetime) -> bool:
    """Whether the pain has certainly lasted longer than ``hours``."""
    limit = timedelta(hours=hours)
    return now - onset.latest >= limit and now - onset.earliest > limit


def is_within(onset: Onset, hours: int, now: datetime) -> bool:
    """Whether the pain has certainly lasted ``hours`` or less."""
    return now - onset.earliest <= timedelta(hours=hours)


def is_undecided(onset: Onset, now: datetime) -> bool:
    """Whether the pain may or may not have lasted more than two days."""
    return now - onset.latest < TWO_DAYS and not is_two_days_at_most(onset, now)


def is_two_days_at_most(onset: Onset, now: datetime) -> bool:
    """Whether the pain has lasted two days at most, as people mean it.

    "Two days" would be more than two days a second after it was said. A statement is as exact as
    its interval is narrow, so that one in whole days holds for as long as a conversation takes.
    """
    leeway = (onset.latest - onset.earliest) / 12
    return now - onset.earliest <= TWO_DAYS + leeway and not is_over(onset, TWO_DAYS_HOURS, now)


def is_borderline(onset: Onset, now: datetime) -> bool:
    """Whether the pain has not certainly lasted more than two days, but may be close to it."""
    return now - onset.earliest >= BORDERLINE_FROM and not is_over(onset, TWO_DAYS_HOURS, now)


def check_in_after(onset: Onset, now: datetime) -> datetime | None:
    """Return the moment at which two days will certainly be over; None if they are already."""
    return None if is_over(onset, TWO_DAYS_HOURS, now) else onset.latest + TWO_DAYS


def decide(onset: Onset, now: datetime, *, over: bool) -> Onset:
    """Narrow an undecided onset by the answer to "more than two days?"."""
    boundary = now - TWO_DAYS
    return replace(onset, latest=boundary) if over else replace(onset, earliest=boundary)


def merge(known: Onset | None, stated: Onset, now: datetime) -> Onset:
    """Return the onset of the episode after another statement of it.

    A time of the pain replaces a time of the workout and never the other way round. A statement
    that overlaps an undecided one narrows it; of two that contradict each other the earlier onset
    counts, as pain that comes and goes runs from its first beginning.
    """
    if known is None:
        return stated
    if known.of_workout != stated.of_workout:
        return stated if known.of_workout else known
    recurrent = known.recurrent or stated.recurrent
    if is_undecided(known, now) and _overlap(known, stated):
        return replace(
            stated,
            earliest=max(known.earliest, stated.earliest),
            latest=min(known.latest, stated.latest),
            recurrent=recurrent,
        )
    first = min(known, stated, key=lambda onset: (onset.latest, onset.earliest))
    return replace(first, recurrent=recurrent)


def _overlap(one: Onset, other: Onset) -> bool:
    return one.earliest <= other.latest and other.earliest <= one.latest
