"""Going through the stretches one after another, and what to do when one of them hurts."""

from __future__ import annotations

from actions import stretching
from actions.assess import ActionAssess
from actions.turn import Turn, TurnAction
from backchat.clinical.permissions import Part
from backchat.clinical.vocabulary import BACK_PAIN


class ActionNext(TurnAction):
    """Goes on to the next stretch of the person's list."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_next"

    def reply(self, turn: Turn) -> None:
        """Explain the next stretch, or ask how it went after the last."""
        _go_on(turn)


class ActionPrevious(TurnAction):
    """Goes back to the stretch before."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_previous"

    def reply(self, turn: Turn) -> None:
        """Explain it; before the first there is only the first."""
        if turn.withholds(Part.STRETCHES):
            return
        before, _ = _around_current(turn)
        for each in before[-1:] or stretching.offered(turn)[:1]:
            stretching.explain(turn, each)


class ActionSkip(ActionAssess):
    """Passes over the question that is open, or over the current stretch."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_skip"

    def reply(self, turn: Turn) -> None:
        """Go on."""
        if turn.told.get("stretch") and not turn.asked and not turn.emergency_stands:
            _go_on(turn)
        else:
            super().reply(turn)


class ActionRepeat(TurnAction):
    """Says the current stretch again; without one, the question that is open is put again."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_repeat"

    def reply(self, turn: Turn) -> None:
        """Repeat."""
        current = turn.told.get("stretch")
        if current and not turn.withholds(Part.STRETCHES):
            stretching.explain(turn, current)


class ActionStretchHurts(ActionAssess):
    """Stops a stretch that hurts, leaves it out from then on, and looks for warning signs.

    Where no stretch is meant, the words are a description like any other.
    """

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_stretch_hurts"

    def reply(self, turn: Turn) -> None:
        """Say to stop, and put the recheck unless the words named a sign already."""
        named = stretching.named(turn)
        stretch = named[0] if named else turn.told.get("stretch")
        if stretch is None or turn.emergency_stands or turn.alarm_was_said:
            super().reply(turn)
            return
        turn.told["stretch"] = stretch
        turn.told["hurt_by"] = sorted({*turn.told.get("hurt_by", []), stretch})
        turn.say("utter_stretch_hurts", name=stretching.entry_of(turn, stretch).name.lower())
        if {each.concept for each in turn.heard.reading.findings} <= {BACK_PAIN}:
            turn.ask_then("utter_ask_recheck", stretching.RECHECK)


class ActionAfterStretching(ActionAssess):
    """Hears how the back feels after the stretches."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_after_stretching"

    def reply(self, turn: Turn) -> None:
        """Advise by the trend, or ask for it."""
        if turn.emergency_stands or turn.alarm_was_said:
            super().reply(turn)
        elif not stretching.hear_how_it_went(turn):
            turn.ask_then("utter_stretches_done", stretching.HOW_IT_WENT)


def _go_on(turn: Turn) -> None:
    if turn.withholds(Part.STRETCHES):
        return
    _, following = _around_current(turn)
    if following:
        stretching.explain(turn, following[0])
    else:
        turn.told.pop("stretch", None)
        turn.ask_then("utter_stretches_done", stretching.HOW_IT_WENT)


def _around_current(turn: Turn) -> tuple[list[str], list[str]]:
    """Return what is offered before and after the current stretch; without one, all is after."""
    current, offered = turn.told.get("stretch"), stretching.offered(turn)
    planned = stretching.planned(turn)
    at = planned.index(current) if current in planned else -1
    before, after = planned[: max(at, 0)], planned[at + 1 :]
    return [each for each in before if each in offered], [each for each in after if each in offered]
