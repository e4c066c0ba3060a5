"""Why it hurts, when to train again, and how much more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from actions import phrasing, questions
from actions.turn import Turn, TurnAction
from backchat.clinical.errors import NothingToBuildOn, ProgressionError
from backchat.clinical.permissions import Part
from backchat.knowledge.training import Step
from backchat.language.loads import Load, read_loads


class ActionCauses(TurnAction):
    """Explains the likely causes: those the person's words point to, else the common ones."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_causes"

    def reply(self, turn: Turn) -> None:
        """Say them; a bare "why?" while a question is open means that question."""
        question = questions.pending(turn)
        if question is not None and len(turn.text.split()) == 1:
            questions.explain(turn, question)
            return
        pointed_to = turn.plan.causes
        entries = [
            each for each in turn.knowledge.causes if not pointed_to or each.id in pointed_to
        ]
        turn.say(
            "utter_ask_why_yours" if pointed_to else "utter_ask_why",
            causes=phrasing.bullets(f"**{each.name}**: {each.explanation}" for each in entries),
        )


class ActionPrevention(TurnAction):
    """Lists the prevention tips, those that answer the person's causes where they are known."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_prevention"

    def reply(self, turn: Turn) -> None:
        """Say them."""
        if turn.withholds(Part.PREVENTION):
            return
        tips = [each for each in turn.knowledge.prevention if each.id in turn.plan.prevention]
        turn.say(
            "utter_ask_prevention",
            tips=phrasing.bullets(f"**{each.name}**: {each.explanation}" for each in tips),
        )


class ActionCanITrain(TurnAction):
    """Explains the way back to training."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_can_i_train"

    def reply(self, turn: Turn) -> None:
        """Say the steps and the traffic light, or why not yet."""
        if turn.withholds(Part.TRAINING):
            return
        training = turn.knowledge.training
        turn.say(
            "utter_ask_can_i_train",
            steps=phrasing.numbered(_steps(training.graded_return)),
            lights=phrasing.bullets(
                f"{light.pain[0]}–{light.pain[1]} out of 10: {light.words}"
                for light in training.traffic_light
            ),
            step_back=training.step_back.words,
        )


class ActionHowMuchMore(TurnAction):
    """Works out the 10 % rule with the person's own numbers."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_how_much_more"

    def reply(self, turn: Turn) -> None:
        """Say the next step for each load that was named, or ask for one."""
        if turn.withholds(Part.TRAINING):
            return
        loads = read_loads(turn.text)
        now = [load for load in loads if not load.goal]
        if not now:
            turn.say("utter_which_load")
        for load in now:
            _say_next(turn, load)
            for goal in loads:
                if goal.goal and goal.unit == load.unit:
                    _say_steps(turn, load, goal)


def _say_next(turn: Turn, load: Load) -> None:
    try:
        amount = turn.consultation.progression.next_amount(load.value, load.unit, load.equipment)
    except NothingToBuildOn:
        turn.say("utter_next_load_from_zero")
        return
    except ProgressionError:
        turn.say("utter_which_load")
        return
    current, maximum = _amount(turn, amount.current, load), _amount(turn, amount.exact, load)
    if amount.note:
        turn.say("utter_next_load_too_big", current=current, maximum=maximum)
    elif amount.practical == amount.exact:
        turn.say("utter_next_load_exact", current=current, maximum=maximum)
    else:
        practical = _amount(turn, amount.practical, load)
        turn.say("utter_next_load", current=current, maximum=maximum, load=practical)


def _say_steps(turn: Turn, load: Load, goal: Load) -> None:
    try:
        steps = turn.consultation.progression.steps_to(goal.value, load.value)
    except ProgressionError:
        return
    turn.say("utter_steps_to_goal", goal=_amount(turn, goal.value, load), steps=str(steps))


def _amount(turn: Turn, value: Decimal, load: Load) -> str:
    increments = turn.knowledge.training.ten_percent_rule.increments
    words = next(each.words for each in increments if each.unit == load.unit)
    return f"{value.normalize():f} {words}"


def _steps(steps: Iterable[Step]) -> Iterator[str]:
    for step in steps:
        until = f" *{step.move_on_when}*" if step.move_on_when else ""
        yield f"**{step.name}**: {step.what}{until}"
