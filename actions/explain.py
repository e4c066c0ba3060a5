"""Why the bot says what it says, and why it asks what it asks."""

from __future__ import annotations

from actions import phrasing, questions, results
from actions.turn import Turn, TurnAction


class ActionExplain(TurnAction):
    """Explains the judgement with the person's own words, the rules and their sources."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_explain"

    def reply(self, turn: Turn) -> None:
        """Explain what stands so far."""
        _explain_judgement(turn)


class ActionWhyQuestion(TurnAction):
    """Explains the question that is open; it is put again afterwards."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_why_question"

    def reply(self, turn: Turn) -> None:
        """Explain the question, or where none is open what stands so far."""
        question = questions.pending(turn)
        if question is None:
            _explain_judgement(turn)
        else:
            questions.explain(turn, question)


def _explain_judgement(turn: Turn) -> None:
    why = results.reasons(turn.heard.assessment, turn.knowledge)
    if why:
        turn.say(
            "utter_explain_assessment",
            because=phrasing.bullets(
                f"{phrasing.reason(each['text'], each['quotes'])} (rule {each['rule']}; "
                f"{phrasing.cited(turn.knowledge.sources[key] for key in each['sources'])})"
                for each in why
            ),
        )
    elif turn.level is None:
        turn.say("utter_explain_open")
    else:
        turn.say("utter_explain_no_rule")
