"""Taking in what the person says of their back."""

from __future__ import annotations

from actions.turn import Turn, TurnAction
from backchat.clinical.reading import Answer


class ActionAssess(TurnAction):
    """Hears a description or an answer; the judgement and the next question are the reply.

    The safety policy also runs it after an emergency text, to have the alarm recorded.
    """

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_assess"

    def reply(self, turn: Turn) -> None:
        """Say something only where the judgement will not."""
        if turn.alarm_was_said:
            return
        if turn.emergency_stands:
            turn.repeat_emergency()
        elif not turn.is_about_symptoms and not turn.asked:
            turn.say(_invitation(turn))


def _invitation(turn: Turn) -> str:
    """Return what to say where neither a symptom nor an answer to a question was understood."""
    match turn.heard.reading.answer:
        case None:
            return "utter_tell_me_more"
        case Answer.YES if not turn.heard.episode.has_back_symptoms:
            return "utter_ask_what_happened"
        case _:
            return "utter_explain_nothing"


class ActionCheckSymptoms(TurnAction):
    """Starts a check with the person's own words."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_check_symptoms"

    def reply(self, turn: Turn) -> None:
        """Ask what happened, unless they have said it already."""
        if not turn.heard.episode.has_back_symptoms:
            turn.say("utter_ask_what_happened")
