"""Was this helpful?"""

from __future__ import annotations

from actions.turn import Turn, TurnAction, hears

WHAT_WAS_MISSING = "feedback:what_was_missing"
"""Id of the question what was missing in advice."""

_YES = "yes"
_COMMENT = "comment"


class ActionFeedback(TurnAction):
    """Notes whether advice was helpful, and asks what was missing where it was not."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_feedback"

    def reply(self, turn: Turn) -> None:
        """Thank, and ask; said in words alone it comments on the last rating."""
        pressed = next(iter(turn.named("helpful")), None)
        if pressed is None:
            _note_words(turn)
            return
        advice = next(iter(turn.named("advice")), "")
        turn.rating = {"advice": advice, "helpful": pressed == _YES}
        if pressed == _YES:
            turn.say("utter_feedback_noted")
        else:
            turn.ask_then("utter_ask_what_was_missing", WHAT_WAS_MISSING)


@hears(WHAT_WAS_MISSING)
def hear_what_was_missing(turn: Turn) -> bool:
    """Keep the words as a comment, unless they are about the person's back."""
    if turn.is_about_symptoms or turn.text.startswith("/"):
        return False
    _note_words(turn)
    return True


def _note_words(turn: Turn) -> None:
    turn.rating = _COMMENT
    turn.say("utter_feedback_noted")
