"""The beginning of a conversation, and beginning again."""

from __future__ import annotations

from actions import memory, returning
from actions.turn import Turn, TurnAction


class ActionGreet(TurnAction):
    """Opens with the ways in, or greets somebody who is in the middle of a conversation."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_greet"

    def reply(self, turn: Turn) -> None:
        """Greet."""
        if turn.heard.episode.has_back_symptoms and returning.is_back(turn):
            returning.recall(turn)
        elif turn.heard.episode.has_back_symptoms:
            turn.say("utter_greet_again")
        else:
            turn.say("utter_greet")


class ActionStartOver(TurnAction):
    """Begins a new episode; a standing emergency is restated first, never erased silently."""

    in_emergency = True
    resumes = False

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_start_over"

    def reply(self, turn: Turn) -> None:
        """Restate what stands, forget the episode and open again."""
        if turn.emergency_stands:
            turn.repeat_emergency()
        turn.forget()
        turn.say("utter_start_over")


class ActionStop(TurnAction):
    """Ends the questions, stretches and check-ins, not the conversation."""

    resumes = False

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_stop"

    def reply(self, turn: Turn) -> None:
        """Say that nothing more will be asked, with the safety net."""
        turn.told.pop("stretch", None)
        memory.cancel_check_ins(turn)
        turn.say("utter_stop", safety_net=turn.safety_net)
