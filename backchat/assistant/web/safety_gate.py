"""The last line of defence: an emergency is answered even if everything behind has failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backchat.assistant import alarms
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation


class SafetyGate:
    """Reads a message by itself, without Rasa, the actions or a database.

    Args:
        consultation: The reader and the rules.
        responses: The domain's responses, by name, each a list of variations.
    """

    def __init__(
        self, consultation: Consultation, responses: Mapping[str, list[dict[str, Any]]]
    ) -> None:
        self._consultation = consultation
        self._responses = responses

    def alarm_in(self, text: str, *, now: datetime, timezone: str) -> alarms.Alarm | None:
        """Return the alarm that the text raises on its own, or None."""
        heard = self._consultation.hear(Episode(), text, now=now, timezone=timezone)
        return alarms.of(heard.alarm)

    def answer(self, alarm: alarms.Alarm | None, region: str | None) -> dict[str, Any]:
        """Return the alarm's response, or an apology with the emergency advice."""
        name = alarm.response_in(self._responses) if alarm else "utter_something_failed"
        numbers = self._consultation.numbers(region)
        filled: dict[str, Any] = _fill(self._responses[name][0], numbers)
        return filled


def _fill(value: Any, numbers: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        for name, number in numbers.items():
            value = value.replace(f"{{{name}}}", number)
        return value
    if isinstance(value, dict):
        return {key: _fill(each, numbers) for key, each in value.items()}
    if isinstance(value, list):
        return [_fill(each, numbers) for each in value]
    return value
