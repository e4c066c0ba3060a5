"""Which response says an alarm, and with which phone numbers."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from backchat.clinical.levels import Level
from backchat.clinical.triage import FiredRule

_KINDS = {Level.EMERGENCY_NOW: "emergency", Level.URGENT_SAME_DAY: "urgent"}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule that must be spoken of at once; ``kind`` is "emergency" or "urgent".

    ``settled`` is False while a question is open that may still clear it.
    """

    rule_id: str
    kind: str
    settled: bool = True

    def response_in(self, responses: Container[str]) -> str:
        """Return the rule's own response, or the general one of its kind.

        While it is open which sign a "yes" meant, only the general one is true.
        """
        own = f"utter_{self.kind}_{self.rule_id.lower()}"
        return own if self.settled and own in responses else f"utter_{self.kind}_general"


def of(rule: FiredRule | None) -> Alarm | None:
    """Return the alarm of a fired rule, or None where it is no alarm."""
    if rule is None or rule.level not in _KINDS:
        return None
    return Alarm(rule.rule_id, _KINDS[rule.level], settled=not rule.provisional)


def is_alarm(action: str) -> bool:
    """Tell whether an action of the domain says an alarm."""
    return action.startswith(tuple(f"utter_{kind}_" for kind in _KINDS.values()))
