"""When a person should take a look: the operator's contact for them, a flag for the operator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions import memory
from backchat.clinical.levels import Level
from backchat.settings import Settings

if TYPE_CHECKING:
    from actions.turn import Turn

MOST_MISUNDERSTOOD = 2
"""After this many messages in a row that were not understood, a person is offered."""

_NOT_UNDERSTOOD = "utter_not_understood"


def of_urgency(turn: Turn) -> None:
    """Offer a person once while an urgent level stands."""
    if turn.level is Level.URGENT_SAME_DAY and not turn.told.get("handed_over"):
        turn.told["handed_over"] = True
        _offer(turn)


def of_misunderstanding(turn: Turn) -> None:
    """Offer a person at the second misunderstanding in a row."""
    said = {each.get("response") for each in turn.dispatcher.messages}
    if _NOT_UNDERSTOOD not in said:
        turn.told.pop("misunderstood", None)
        return
    turn.told["misunderstood"] = turn.told.get("misunderstood", 0) + 1
    if turn.told["misunderstood"] == MOST_MISUNDERSTOOD:
        _offer(turn)


def _offer(turn: Turn) -> None:
    memory.flag(turn)
    contact = Settings.from_environment().contact
    if contact:
        turn.say("utter_offer_human", contact=contact)
