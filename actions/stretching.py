"""The five stretches: which ones, how to do each, one after another."""

from __future__ import annotations

from actions import phrasing
from actions.turn import Turn, TurnAction
from backchat.clinical.permissions import Part
from backchat.knowledge.entries import StretchEntry


class ActionStretches(TurnAction):
    """Offers the stretches that suit the person, and says what was left out and why."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_stretches"

    def reply(self, turn: Turn) -> None:
        """Say which, or why none."""
        if turn.withholds(Part.STRETCHES):
            return
        entries = {each.id: each for each in turn.knowledge.stretches}
        left_out = phrasing.bullets(
            f"{entry.name}: {turn.because(entry.skip_when, (each.reason,))}"
            for each in turn.plan.skipped
            for entry in (entries[each.id],)
        )
        if turn.plan.stretches:
            first = entries[turn.plan.stretches[0].id]
            turn.say(
                "utter_ask_stretches",
                stretches=phrasing.numbered(entries[each.id].name for each in turn.plan.stretches),
                first_id=first.id,
                first_name=first.name,
            )
        if left_out:
            turn.say("utter_stretches_left_out", left_out=left_out)


class ActionHowToStretch(TurnAction):
    """Explains one stretch, step by step."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_how_to_stretch"

    def reply(self, turn: Turn) -> None:
        """Explain the stretch that was named, or ask which."""
        if turn.withholds(Part.STRETCHES):
            return
        known = {each.id for each in turn.knowledge.stretches}
        named = [each for each in turn.named("stretch") if each in known]
        if not named:
            turn.say("utter_which_stretch")
        for each in named:
            _explain(turn, each)


class ActionNext(TurnAction):
    """Goes on to the next stretch of the person's list."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_next"

    def reply(self, turn: Turn) -> None:
        """Explain the next stretch, or ask how it went after the last."""
        if turn.withholds(Part.STRETCHES):
            return
        offered = [each.id for each in turn.plan.stretches]
        current = turn.told.get("stretch")
        following = offered[offered.index(current) + 1 :] if current in offered else offered
        if following:
            _explain(turn, following[0])
        else:
            turn.told.pop("stretch", None)
            turn.say("utter_stretches_done")


class ActionRepeat(TurnAction):
    """Says the current stretch again; without one, the question that is open is put again."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_repeat"

    def reply(self, turn: Turn) -> None:
        """Repeat."""
        current = turn.told.get("stretch")
        if current and not turn.withholds(Part.STRETCHES):
            _explain(turn, current)


def _explain(turn: Turn, stretch: str) -> None:
    entry = next(each for each in turn.knowledge.stretches if each.id == stretch)
    skipped = next((each for each in turn.plan.skipped if each.id == stretch), None)
    if skipped:
        why = turn.because(entry.skip_when, (skipped.reason,))
        turn.say("utter_stretch_not_for_you", name=entry.name.lower(), why=why)
        return
    turn.told["stretch"] = stretch
    turn.say(
        "utter_stretch",
        name=entry.name,
        steps=phrasing.numbered(entry.steps),
        dose=entry.dose,
        easier=entry.easier,
        skip_if=_reasons_to_skip(entry),
    )


def _reasons_to_skip(entry: StretchEntry) -> str:
    return phrasing.bullets((*(each.words for each in entry.skip_when), *entry.also_skip_if))
