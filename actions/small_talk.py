"""Replies that need no thought: one response for each intent."""

from __future__ import annotations

from actions.turn import Turn, TurnAction


class ActionTopic(TurnAction):
    """Answers what does not depend on the person: small talk, and topics with one answer."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_topic"

    def reply(self, turn: Turn) -> None:
        """Say the response of the intent."""
        turn.say(f"utter_{turn.intent}")


class ActionOutOfScope(TurnAction):
    """Declines what Backchat does not know."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_out_of_scope"

    def reply(self, turn: Turn) -> None:
        """Decline, unless the message said something of the person's back after all."""
        if not turn.is_about_symptoms:
            turn.say("utter_out_of_scope")


class ActionOtherPain(TurnAction):
    """Says honestly that a pain elsewhere is outside what Backchat knows well."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_other_pain"

    def reply(self, turn: Turn) -> None:
        """Say so, unless the message is about the low back too."""
        if not turn.is_about_symptoms:
            turn.say("utter_other_pain")


class ActionOtherLanguage(TurnAction):
    """Gives the emergency number to somebody who writes in another language."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_other_language"

    def reply(self, turn: Turn) -> None:
        """Say that only English is understood."""
        if not turn.is_about_symptoms:
            turn.say("utter_other_language")


class ActionNotUnderstood(TurnAction):
    """Offers what Backchat can do when the words said nothing to it."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_not_understood"

    def reply(self, turn: Turn) -> None:
        """Say so, unless the reader understood what the classifier did not."""
        if not turn.is_about_symptoms:
            turn.say("utter_needs_words" if turn.wordless else "utter_not_understood")
