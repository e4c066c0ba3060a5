"""Checking in: agreeing on it, and coming back to ask."""

from __future__ import annotations

from actions import memory, offers, phrasing, returning
from actions.turn import Turn, TurnAction, hears
from backchat.clinical.reading import Answer


@hears(offers.CHECK_IN)
def hear_whether_to_check_in(turn: Turn) -> bool:
    """Plan the check-in, or leave it."""
    match turn.heard.reading.answer:
        case Answer.YES:
            at = offers.check_in_at(turn)
            memory.plan_check_in(turn, at)
            turn.say("utter_check_in_planned", at=phrasing.moment(at, turn.zone, turn.now))
        case Answer.NO:
            turn.say("utter_no_check_in")
        case _:
            return False
    return True


class ActionCheckIn(TurnAction):
    """Opens the check-in that was agreed on; it is a message of the bot's own accord."""

    unasked = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check_in"

    def reply(self, turn: Turn) -> None:
        """Ask whether it still hurts; of an episode that is over or forgotten say nothing."""
        if turn.heard.episode.has_back_symptoms:
            returning.ask_if_it_still_hurts(turn, "utter_check_in")
