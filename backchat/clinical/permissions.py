"""Which kinds of advice a reply may carry, and why the others are withheld."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from backchat.clinical.levels import Level
from backchat.clinical.report import SymptomReport
from backchat.clinical.statuses import POSSIBLE
from backchat.clinical.triage import Assessment
from backchat.clinical.vocabulary import MINOR, PREGNANT

ADULT_PROGRAMME_FROM = 16
ADULT_FROM = 18


class Part(Enum):
    """A kind of advice."""

    REMEDIES = "remedies"
    THERMAL = "thermal"
    STRETCHES = "stretches"
    MEDICINES = "medicines"
    PREVENTION = "prevention"
    TRAINING = "training"


@dataclass(frozen=True, slots=True)
class Withheld:
    """A kind of advice that is not given, and the id of the reason.

    Reasons are ``emergency``, ``open_question`` (the words may mean an emergency flag),
    ``under_16``, ``pregnancy``, ``urgent`` and ``under_18``.
    """

    part: Part
    reason: str


_EVERYTHING = tuple(Part)
_BEYOND_COMFORT = (Part.STRETCHES, Part.MEDICINES, Part.PREVENTION, Part.TRAINING)
_BEFORE_MIDWIFE = (Part.REMEDIES, Part.THERMAL, Part.STRETCHES, Part.MEDICINES, Part.TRAINING)
_ADULTS_ONLY = (Part.MEDICINES, Part.TRAINING)


def withheld(report: SymptomReport, assessment: Assessment) -> tuple[Withheld, ...]:
    """Return each kind of advice to withhold once, with the gravest reason."""
    reasons: dict[Part, str] = {}
    for parts, reason in _restrictions(report, assessment):
        for part in parts:
            reasons.setdefault(part, reason)
    return tuple(Withheld(part, reasons[part]) for part in Part if part in reasons)


def _restrictions(
    report: SymptomReport, assessment: Assessment
) -> Iterator[tuple[tuple[Part, ...], str]]:
    """Yield what is withheld for which reason, the gravest reason first."""
    if assessment.level is Level.EMERGENCY_NOW:
        yield _EVERYTHING, "emergency"
    if assessment.possible_level is Level.EMERGENCY_NOW:
        yield _EVERYTHING, "open_question"
    if is_under_16(report):
        yield _EVERYTHING, "under_16"
    if report.statuses.find(PREGNANT, POSSIBLE):
        yield _BEFORE_MIDWIFE, "pregnancy"
    if assessment.level is Level.URGENT_SAME_DAY:
        yield _BEYOND_COMFORT, "urgent"
    if _is_younger_than(ADULT_FROM, report):
        yield _ADULTS_ONLY, "under_18"


def is_under_16(report: SymptomReport) -> bool:
    """Whether the person is or may be under 16; of them nothing is kept."""
    return _is_younger_than(ADULT_PROGRAMME_FROM, report)


def _is_younger_than(years: int, report: SymptomReport) -> bool:
    """Whether the person is or may be; a minor of unknown age counts as a young one."""
    if report.age is None:
        return report.statuses.find(MINOR, POSSIBLE) is not None
    return report.age < years
