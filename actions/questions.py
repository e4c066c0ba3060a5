"""Putting the interview's next question to the person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backchat.clinical.duration import is_undecided
from backchat.clinical.interview import Kind, Question, next_question
from backchat.clinical.reading import Answer
from backchat.clinical.rules import CLARIFY, Rule

if TYPE_CHECKING:
    from actions.turn import Turn

_EXPLAINED_FACTS = frozenset({Kind.ONSET, Kind.TREND, Kind.PAIN, Kind.ACTIVITY, Kind.AGE})


def pending(turn: Turn) -> Question | None:
    """Return the question that comes next, or None."""
    return next_question(turn.heard.episode, turn.heard.assessment, turn.rulebook)


def settles_a_flag(turn: Turn) -> bool:
    """Whether the next question is about words that may mean a red flag."""
    question = pending(turn)
    return question is not None and question.kind in (Kind.CLARIFY, Kind.RETRACTION)


def ask_next(turn: Turn) -> None:
    """Put the next question; explain it first where an answer to it was not understood."""
    question = pending(turn)
    if question is None:
        return
    was_skipped = turn.heard.reading.answer is Answer.SKIP and question.ids[0] in turn.asked
    if question.explain or was_skipped:
        explain(turn, question)
    if question.kind is Kind.SCREEN and set(question.ids) <= set(turn.asked):
        turn.say("utter_ask_screen_again")
    else:
        _put(turn, question)
    turn.asking = question.ids


def explain(turn: Turn, question: Question) -> None:
    """Say why a question is asked."""
    if question.kind in _EXPLAINED_FACTS:
        turn.say(f"utter_explain_{question.kind.value}")
    elif question.kind is Kind.SCREEN:
        turn.say("utter_explain_screen")
    else:
        turn.say("utter_explain_question", reason=_rule(turn, question).reason)


def _put(turn: Turn, question: Question) -> None:
    match question.kind:
        case Kind.CLARIFY:
            turn.say(f"utter_ask_clarify_{_rule(turn, question).id.lower()}")
        case Kind.RETRACTION:
            turn.say("utter_ask_retraction", symptom=_rule(turn, question).name.lower())
        case Kind.SCREEN:
            group = turn.rulebook.screening_by_id[question.ids[0]].group
            with_age = "_and_age" if Kind.AGE.value in question.ids else ""
            turn.say(f"utter_ask_screen_group_{group}{with_age}")
        case Kind.ONSET if _is_near_two_days(turn):
            turn.say("utter_ask_over_two_days")
        case Kind.ONSET if turn.heard.episode.report.failures(question.ids[0]):
            turn.say("utter_ask_onset_again")
        case kind:
            turn.say(f"utter_ask_{kind.value}")


def _rule(turn: Turn, question: Question) -> Rule:
    return turn.rulebook.by_id[question.ids[0].removeprefix(CLARIFY)]


def _is_near_two_days(turn: Turn) -> bool:
    onset = turn.heard.episode.report.onset
    return onset is not None and not onset.of_workout and is_undecided(onset, turn.now)
