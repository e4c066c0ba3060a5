"""Which stretches suit this person, in which order, and which to leave out."""

from __future__ import annotations

from dataclasses import dataclass

from backchat.clinical.catalogue import Direction, Stretch
from backchat.clinical.conditions import Facts
from backchat.clinical.exclusions import first_reason

_BENDING = frozenset({"bending", "sitting"})
_ARCHING = frozenset({"arching", "standing"})
_NEUTRAL = (Direction.TWISTING, Direction.BOTH)


@dataclass(frozen=True, slots=True)
class StretchOption:
    """A stretch to offer.

    Attributes:
        id: Its id.
        first: It is one of those to start with.
        small_range: Only small movements.
    """

    id: str
    first: bool
    small_range: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A stretch to leave out, and the id of the reason."""

    id: str
    reason: str


def choose(
    stretches: tuple[Stretch, ...], facts: Facts
) -> tuple[tuple[StretchOption, ...], tuple[Skipped, ...]]:
    """Return the stretches to offer, those to start with first, and those to leave out.

    What hurts decides the direction: a back that dislikes bending starts with arching and goes easy
    on bending, and the other way round. Where that is unclear, the stretches that favour neither
    direction come first and every one stays small.

    Args:
        stretches: In the order of the catalogue.
        facts: The report, with every status that may count as true.
    """
    skipped = tuple(
        Skipped(stretch.id, reason)
        for stretch in stretches
        if (reason := first_reason(stretch.skip_when, facts)) is not None
    )
    left_out = {each.id for each in skipped}
    sore = _sore_direction(facts)
    options = [
        StretchOption(
            stretch.id,
            first=_is_first(stretch, sore, facts),
            small_range=sore is None or stretch.eases_with is sore,
        )
        for stretch in stretches
        if stretch.id not in left_out
    ]
    return tuple(sorted(options, key=lambda option: not option.first)), skipped


def _sore_direction(facts: Facts) -> Direction | None:
    movements = facts.report.aggravators
    bending, arching = not _BENDING.isdisjoint(movements), not _ARCHING.isdisjoint(movements)
    if bending == arching:
        return None
    return Direction.BENDING if bending else Direction.ARCHING


def _is_first(stretch: Stretch, sore: Direction | None, facts: Facts) -> bool:
    if sore is None:
        return stretch.eases_with in _NEUTRAL
    return facts.support(stretch.lead_when) is not None
