"""Reasons of the catalogue to leave something out, applied to a report."""

from __future__ import annotations

from collections.abc import Iterable

from backchat.clinical.catalogue import Exclusion
from backchat.clinical.conditions import Facts


def reasons(exclusions: Iterable[Exclusion], facts: Facts) -> tuple[str, ...]:
    """Return the ids of the reasons that hold, in the order of the catalogue."""
    return tuple(each.reason for each in exclusions if facts.support(each.when) is not None)


def first_reason(exclusions: Iterable[Exclusion], facts: Facts) -> str | None:
    """Return the id of the first reason that holds, or None."""
    return next(iter(reasons(exclusions, facts)), None)
