"""Pain outside the lower back: said to be out of scope, and the lower back asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Final

from backchat.clinical.reading import Answer, Topic

if TYPE_CHECKING:
    from actions.turn import Turn

LOWER_BACK = "scope:lower_back"
"""Id of the question whether the lower back hurts too."""


def is_outside(turn: Turn) -> bool:
    """Whether the message is about another part of the body, as everything before it was."""
    heard = turn.heard
    return heard.reading.topic is Topic.ADJACENT and heard.episode.report.is_outside_scope


def ask_about_lower_back(turn: Turn) -> None:
    """Say that other pain is outside what Backchat knows, and ask about the lower back."""
    turn.say("utter_other_pain")
    turn.asking = (LOWER_BACK,)


def hear_if_lower_back(turn: Turn) -> bool:
    """Take a yes, or the lower back named without a no, as pain there."""
    reading = turn.heard.reading
    if reading.answer is Answer.NO:
        turn.say("utter_other_pain_only")
        return True
    if reading.answer is not Answer.YES and reading.topic is not Topic.IN_SCOPE:
        return False
    turn.back_hurts()
    return True


HEARERS: Final[Mapping[str, Callable[[Turn], bool]]] = {LOWER_BACK: hear_if_lower_back}
"""How the answer to the question is dealt with."""
