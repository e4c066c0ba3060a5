"""What the findings, taken together, say of each concept."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from backchat.clinical.reading import Finding, Status

CERTAIN = frozenset({Status.PRESENT})
POSSIBLE = frozenset({Status.PRESENT, Status.UNSURE})
RECENT = frozenset({Status.PRESENT, Status.PAST})

_OF_THIS_PERSON = (Status.PRESENT, Status.UNSURE, Status.PAST, Status.ABSENT)


class Statuses:
    """Findings by concept, and which of them stand.

    Words that affirm are never overruled by later words that deny: only a confirmed withdrawal
    removes them. Uncertain words are, by a denial in a later turn. Other people's conditions and
    hypothetical ones say nothing.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Sort the findings by concept; their order does not matter."""
        self._by_concept: dict[str, dict[Status, list[Finding]]] = {}
        self._holding: dict[frozenset[Status], dict[str, Finding]] = {}
        for finding in findings:
            if finding.status in _OF_THIS_PERSON and not finding.old:
                by_status = self._by_concept.setdefault(finding.concept, {})
                by_status.setdefault(finding.status, []).append(finding)
        for by_status in self._by_concept.values():
            for same in by_status.values():
                same.sort(key=lambda finding: (finding.turn, finding.start, finding.end))

    @cached_property
    def affirmed(self) -> frozenset[str]:
        """The concepts that were ever more than denied."""
        return frozenset(
            concept
            for concept, by_status in self._by_concept.items()
            if by_status.keys() != {Status.ABSENT}
        )

    @cached_property
    def past(self) -> frozenset[str]:
        """The concepts that were ever said to be over."""
        return frozenset(
            concept for concept, by_status in self._by_concept.items() if Status.PAST in by_status
        )

    def of(self, concept: str) -> Status | None:
        """Return the strongest status that stands, or None if nothing was said of the concept."""
        return next((each for each in _OF_THIS_PERSON if self._standing(concept, each)), None)

    def find(self, concept: str, counted: frozenset[Status]) -> Finding | None:
        """Return the finding by which the concept holds if these statuses count, or None."""
        holding = self._holding.get(counted)
        if holding is None:
            holding = self._holding[counted] = self._hold(counted)
        return holding.get(concept)

    def last_turn(self, concept: str, counted: frozenset[Status]) -> int | None:
        """Return the last turn that spoke of the concept with one of these statuses, or None."""
        by_status = self._by_concept.get(concept)
        if by_status is None:
            return None
        turns = [by_status[each][-1].turn for each in counted if each in by_status]
        return max(turns, default=None)

    def _hold(self, counted: frozenset[Status]) -> dict[str, Finding]:
        strongest_first = [each for each in _OF_THIS_PERSON if each in counted]
        holding = {}
        for concept in self._by_concept:
            standing = next(
                filter(None, (self._standing(concept, s) for s in strongest_first)), None
            )
            if standing:
                holding[concept] = next((each for each in standing if each.text), standing[0])
        return holding

    def _standing(self, concept: str, status: Status) -> list[Finding]:
        by_status = self._by_concept.get(concept)
        if by_status is None:
            return []
        findings = by_status.get(status, [])
        if status is Status.UNSURE and findings and Status.ABSENT in by_status:
            denied = by_status[Status.ABSENT][-1].turn
            return [finding for finding in findings if finding.turn >= denied]
        return findings
