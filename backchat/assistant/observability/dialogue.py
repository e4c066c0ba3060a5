"""Counting what happened in a dialogue, from the events that Rasa publishes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from backchat.assistant.observability import metrics
from backchat.records.log import ASSESSMENT_SLOT, NOT_UNDERSTOOD


def count(event: Mapping[str, Any]) -> None:
    """Count an assessment with its rules, or a message that was not understood."""
    match event:
        case {"event": "slot", "name": name, "value": Mapping() as value} if (
            name == ASSESSMENT_SLOT
        ):
            metrics.ASSESSMENTS.labels(value.get("level") or "none").inc()
            for rule in value.get("rules") or ():
                metrics.RULES.labels(rule).inc()
        case {"event": "bot", "metadata": {"utter_action": name}} if name == NOT_UNDERSTOOD:
            metrics.FALLBACKS.inc()
