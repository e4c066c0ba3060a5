"""The last line of defence: an emergency is answered even if everything behind has failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from backchat.assistant import alarms
from backchat.assistant.memory import Memory
from backchat.assistant.wording import fill
from backchat.assistant.words import as_words
from backchat.consultation import Consultation

logger = logging.getLogger(__name__)

WINDOW = 1_000
OVERLAP = 200
MOST_WINDOWS = 20


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

    async def alarm_in(
        self, text: str, *, now: datetime, timezone: str, memory: Memory | None = None
    ) -> alarms.Alarm | None:
        """Return the alarm that the text raises, the first emergency before anything urgent.

        It never raises: None stands for "no alarm" as well as for "could not be judged". A long
        text is read in windows, and others are served in between.
        """
        urgent = None
        for window in windows(text):
            alarm = self._alarm_in(window, now, timezone, memory or Memory())
            if alarm and alarm.kind == "emergency":
                return alarm
            urgent = urgent or alarm
            await asyncio.sleep(0)
        return urgent

    def answer(self, alarm: alarms.Alarm | None, region: str | None) -> dict[str, Any]:
        """Return the alarm's response, or an apology with the emergency advice."""
        name = alarm.response_in(self._responses) if alarm else "utter_something_failed"
        numbers = self._consultation.numbers(region)
        filled: dict[str, Any] = fill(self._responses[name][0], numbers)
        return filled

    def complete(
        self, said: list[dict[str, Any]], alarm: alarms.Alarm | None, region: str | None
    ) -> list[dict[str, Any]]:
        """Return the answer of a turn that failed: what it said before, and what it owes.

        An alarm that was not said goes first; otherwise an apology goes last.
        """
        if alarm is not None:
            owed = self.answer(alarm, region)
            if all(each.get("text") != owed["text"] for each in said):
                return [owed, *said]
        return [*said, self.answer(None, region)]

    def _alarm_in(
        self, text: str, now: datetime, timezone: str, memory: Memory
    ) -> alarms.Alarm | None:
        words = as_words(text)
        if not words:
            return None
        try:
            heard = self._consultation.hear(
                memory.episode, words, now=now, timezone=timezone, asked=memory.asked
            )
        except Exception as error:
            logger.error("The safety gate could not read a message: %s", type(error).__name__)
            return None
        return alarms.of(heard.alarm)


def windows(text: str) -> list[str]:
    """Return the text in overlapping windows, those next to its beginning and end first.

    Of a text with more than ``MOST_WINDOWS`` the middle is left out.
    """
    starts = list(range(0, max(len(text) - OVERLAP, 1), WINDOW - OVERLAP))
    from_both_ends = (
        starts.pop(0 if turn % 2 == 0 else -1) for turn in range(min(len(starts), MOST_WINDOWS))
    )
    return [text[start : start + WINDOW] for start in from_both_ends]
