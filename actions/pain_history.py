"""Pain over time."""

from __future__ import annotations

from actions import memory, phrasing
from actions.turn import Turn, TurnAction

FEWEST_SCORES = 2


class ActionPainHistory(TurnAction):
    """Shows the person's pain scores over all visits."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_pain_history"

    def reply(self, turn: Turn) -> None:
        """Show them, or say that there are too few."""
        points = memory.pain(turn)
        if len(points) < FEWEST_SCORES:
            turn.say("utter_pain_history_too_short")
            return
        turn.say(
            "utter_pain_history",
            scores=phrasing.bullets(phrasing.score(each, turn.zone) for each in points),
            points=phrasing.data(
                [
                    {"at": each.at.isoformat(), "pain": each.score, "level": each.level}
                    for each in points
                ]
            ),
        )
