"""Whether a person's words may be kept: hearing it, and hearing that they may not any more."""

from __future__ import annotations

from actions import memory, offers
from actions.turn import Turn, TurnAction, hears
from backchat.clinical.reading import Answer


@hears(offers.CONSENT)
def hear_consent(turn: Turn) -> bool:
    """Note a yes or a no; after a yes there is a memory to check in with."""
    match turn.heard.reading.answer:
        case Answer.YES:
            memory.keep(turn, granted=True)
            turn.say("utter_kept")
            if turn.told.get("complete"):
                offers.check_in(turn)
        case Answer.NO:
            _keep_nothing(turn)
        case _:
            return False
    return True


class ActionWithdrawConsent(TurnAction):
    """Stops keeping the person's words, whatever they had agreed to."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_withdraw_consent"

    def reply(self, turn: Turn) -> None:
        """Do it and say so, after the emergency advice while that stands."""
        if turn.emergency_stands:
            turn.repeat_emergency()
        _keep_nothing(turn)


def _keep_nothing(turn: Turn) -> None:
    memory.keep(turn, granted=False)
    memory.cancel_check_ins(turn)
    turn.say("utter_not_kept")
