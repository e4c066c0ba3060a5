"""What a reply may offer: ids and values, no wording."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from backchat.clinical.catalogue import Catalogue, Cause, Medicine, Thermal
from backchat.clinical.conditions import Facts
from backchat.clinical.episode import Episode
from backchat.clinical.exclusions import reasons
from backchat.clinical.levels import Level
from backchat.clinical.permissions import Part, Withheld, withheld
from backchat.clinical.reading import Status
from backchat.clinical.statuses import CERTAIN
from backchat.clinical.stretching import Skipped, StretchOption, choose
from backchat.clinical.triage import Assessment

_MAY_HOLD = frozenset({Status.PRESENT, Status.UNSURE, Status.PAST})
_KEEP_MOVING = "keep_moving"
_ICE_OR_HEAT = "ice_or_heat"
_MEDICINE = "otc_medicine"
_OFFERED_FIRST = (_KEEP_MOVING, _ICE_OR_HEAT)


@dataclass(frozen=True, slots=True)
class Option:
    """A medicine, ice or heat.

    Attributes:
        id: Its id.
        ask_first: Ids of the reasons to ask a pharmacist or doctor first; empty if none is known.
    """

    id: str
    ask_first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reply may offer at the level of the assessment.

    Attributes:
        level: That of the assessment.
        check_again: The moment after which to check in with a provider if it still hurts.
        withheld: Kinds of advice not to give, and why; their fields below are empty.
        remedies: Ids, those to name first at the front.
        thermal: Ice and heat, what leads at the front.
        thermal_lead: ``ice`` or ``heat`` if one suits the symptoms better, else None.
        stretches: To offer, those to start with at the front.
        skipped: Stretches to leave out, and why.
        medicines: What to ask first for each; no numbers for one with a reason.
        causes: Ids of the causes that the person's words point to.
        prevention: Ids of the tips that answer those causes; all tips if no cause is known.
    """

    level: Level | None
    check_again: datetime | None
    withheld: tuple[Withheld, ...]
    remedies: tuple[str, ...]
    thermal: tuple[Option, ...]
    thermal_lead: str | None
    stretches: tuple[StretchOption, ...]
    skipped: tuple[Skipped, ...]
    medicines: tuple[Option, ...]
    causes: tuple[str, ...]
    prevention: tuple[str, ...]

    def withholds(self, part: Part) -> str | None:
        """Return the id of the reason to withhold a kind of advice, or None if it may be given."""
        return next((each.reason for each in self.withheld if each.part is part), None)


def build(episode: Episode, assessment: Assessment, catalogue: Catalogue) -> Plan:
    """Choose from the catalogue what suits the episode as of its assessment."""
    report, now = episode.report, assessment.as_of
    kept_back = withheld(report, assessment)
    closed = {each.part for each in kept_back}
    facts = Facts(report, now, _MAY_HOLD)
    lead = _leading(catalogue.thermal, Facts(report, now, CERTAIN))
    thermal = () if Part.THERMAL in closed else _options(catalogue.thermal, facts)
    medicines = () if Part.MEDICINES in closed else _options(catalogue.medicines, facts)
    stretches, skipped = choose(catalogue.stretches, facts)
    causes = _causes(catalogue.causes, report.causes)
    return Plan(
        level=assessment.level,
        check_again=assessment.check_again,
        withheld=kept_back,
        remedies=_remedies(catalogue, assessment.level, closed, thermal, medicines),
        thermal=tuple(sorted(thermal, key=lambda option: option.id != lead)),
        thermal_lead=lead if _is_open(lead, thermal) else None,
        stretches=() if Part.STRETCHES in closed else stretches,
        skipped=() if Part.STRETCHES in closed else skipped,
        medicines=medicines,
        causes=tuple(cause.id for cause in causes),
        prevention=() if Part.PREVENTION in closed else _prevention(catalogue, causes),
    )


def _options(entries: Iterable[Thermal | Medicine], facts: Facts) -> tuple[Option, ...]:
    return tuple(Option(entry.id, reasons(entry.ask_first_when, facts)) for entry in entries)


def _is_open(wanted: str | None, options: Iterable[Option]) -> bool:
    return any(option.id == wanted and not option.ask_first for option in options)


def _leading(entries: Iterable[Thermal], facts: Facts) -> str | None:
    leading = [entry.id for entry in entries if facts.support(entry.lead_when) is not None]
    return leading[0] if len(leading) == 1 else None


def _remedies(
    catalogue: Catalogue,
    level: Level | None,
    closed: set[Part],
    thermal: tuple[Option, ...],
    medicines: tuple[Option, ...],
) -> tuple[str, ...]:
    """Return the remedies to name; with an urgent level, comfort only."""
    if Part.REMEDIES in closed:
        return ()
    unavailable = {
        remedy
        for remedy, options in ((_ICE_OR_HEAT, thermal), (_MEDICINE, medicines))
        if all(option.ask_first for option in options)
    }
    wanted = {_ICE_OR_HEAT} if level is Level.URGENT_SAME_DAY else None
    offered = [
        remedy.id
        for remedy in catalogue.remedies
        if remedy.id not in unavailable and (wanted is None or remedy.id in wanted)
    ]
    return tuple(sorted(offered, key=lambda each: each not in _OFFERED_FIRST))


def _causes(causes: Iterable[Cause], pointed_to: tuple[str, ...]) -> tuple[Cause, ...]:
    return tuple(cause for cause in causes if not {cause.id, *cause.also}.isdisjoint(pointed_to))


def _prevention(catalogue: Catalogue, causes: tuple[Cause, ...]) -> tuple[str, ...]:
    answering = {tip for cause in causes for tip in cause.prevention}
    return tuple(tip.id for tip in catalogue.prevention if not causes or tip.id in answering)
