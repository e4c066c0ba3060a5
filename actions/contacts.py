"""Where to get help from a person."""

from __future__ import annotations

from actions import memory
from actions.turn import Turn, TurnAction
from backchat.settings import Settings


class ActionEmergencyNumbers(TurnAction):
    """Gives the region's numbers."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_emergency_numbers"

    def reply(self, turn: Turn) -> None:
        """Say the numbers."""
        turn.say("utter_ask_emergency")


class ActionHuman(TurnAction):
    """Offers the operator's contact, and marks the conversation for the operator."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_human"

    def reply(self, turn: Turn) -> None:
        """Give the contact, or say honestly that there is none."""
        memory.flag(turn)
        contact = Settings.from_environment().contact
        if contact:
            turn.say("utter_ask_human", contact=contact)
        else:
            turn.say("utter_no_human")


class ActionWhenToWorry(TurnAction):
    """Lists the signs to check in about and the signs of an emergency."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_when_to_worry"

    def reply(self, turn: Turn) -> None:
        """Say both lists."""
        turn.say("utter_ask_when_to_worry", safety_net=turn.safety_net)
