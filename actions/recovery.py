"""Hearing that it does not hurt any more."""

from __future__ import annotations

from actions import returning
from actions.turn import Turn, TurnAction


class ActionPainGone(TurnAction):
    """Takes the bout as over; an emergency, or advice to be seen today, outlives the pain."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_pain_gone"

    def reply(self, turn: Turn) -> None:
        """Close the episode, or ask to be sure."""
        returning.hear_that_it_is_gone(turn)
