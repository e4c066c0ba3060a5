"""The five stretches: which ones suit the person, how to do each, and what they did."""

from __future__ import annotations

from typing import Any

from actions import phrasing
from actions.turn import Turn, TurnAction, hears
from backchat.clinical import asking
from backchat.clinical.permissions import Part
from backchat.clinical.reading import Answer, Trend
from backchat.knowledge.entries import StretchEntry

RECHECK = "stretch:recheck"
"""Id of the question whether a pain during a stretch has a warning sign with it."""

HOW_IT_WENT = "stretch:how_it_went"
"""Id of the question how the back feels after the stretches."""


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
        if suitable := offered(turn):
            first = entries[suitable[0]]
            every = turn.knowledge.every_stretch
            turn.say(
                "utter_ask_stretches",
                stretches=phrasing.numbered(entries[each].name for each in suitable),
                session=phrasing.data(_session(turn, entries)),
                most=str(every.pain_at_most),
                stop_if=phrasing.bullets(every.stop_if),
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
        named_stretches = named(turn)
        if not named_stretches:
            turn.say("utter_which_stretch")
        for each in named_stretches:
            explain(turn, each)


def named(turn: Turn) -> list[str]:
    """Return the ids of the stretches that the message names."""
    known = {each.id for each in turn.knowledge.stretches}
    return [each for each in turn.named("stretch") if each in known]


def planned(turn: Turn) -> list[str]:
    """Return the ids of the stretches that suit the person, in their order."""
    return [each.id for each in turn.plan.stretches]


def offered(turn: Turn) -> list[str]:
    """Return the ids of the stretches to do: those planned without those that hurt."""
    hurt_by = turn.told.get("hurt_by", [])
    return [each for each in planned(turn) if each not in hurt_by]


def explain(turn: Turn, stretch: str) -> None:
    """Say how to do a stretch, which thereby is the current one, or why to leave it out."""
    entry = entry_of(turn, stretch)
    skipped = next((each for each in turn.plan.skipped if each.id == stretch), None)
    if skipped:
        why = turn.because(entry.skip_when, (skipped.reason,))
        turn.say("utter_stretch_not_for_you", name=entry.name.lower(), why=why)
        return
    if stretch in turn.told.get("hurt_by", []):
        turn.say("utter_stretch_hurt_before", name=entry.name.lower())
        return
    turn.told["stretch"] = stretch
    turn.say(
        "utter_stretch",
        drawing(turn, entry.id),
        id=entry.id,
        picture=phrasing.data(drawing(turn, entry.id)),
        name=entry.name,
        steps=phrasing.numbered(entry.steps),
        dose=entry.dose,
        easier=entry.easier,
        skip_if=phrasing.bullets((*(each.words for each in entry.skip_when), *entry.also_skip_if)),
    )


def entry_of(turn: Turn, stretch: str) -> StretchEntry:
    """Return what is known of a stretch."""
    return next(each for each in turn.knowledge.stretches if each.id == stretch)


def drawing(turn: Turn, stretch: str) -> dict[str, str]:
    """Return the picture of a stretch."""
    return {"src": f"/chat/drawings/{stretch}.svg", "alt": turn.knowledge.drawings[stretch].alt}


@hears(RECHECK)
def hear_recheck(turn: Turn) -> bool:
    """Take the answer to the recheck; return whether something was said.

    Signs named in words are judged like any other.
    """
    reading = turn.heard.reading
    if reading.findings:
        return False
    if reading.answer is Answer.NO:
        turn.say("utter_recheck_clear")
    else:
        turn.ask_then("utter_ask_recheck_which", RECHECK)
    return True


@hears(HOW_IT_WENT)
def hear_how_it_went(turn: Turn) -> bool:
    """Advise by how the stretches went; return whether the message said it.

    The trend itself is in the episode already, where the rules judge it.
    """
    trend = turn.heard.reading.trend
    if trend is None:
        return False
    every = turn.knowledge.every_stretch
    if trend is Trend.WORSE:
        turn.told.pop("stretch", None)
    turn.say(
        f"utter_stretches_went_{trend.value}",
        most=str(every.pain_at_most),
        hours=str(every.settle_hours),
        good_sign=every.good_sign,
    )
    turn.ask_then("utter_ask_pain_after", asking.PAIN)
    return True


def _session(turn: Turn, entries: dict[str, StretchEntry]) -> list[dict[str, Any]]:
    """Return what a guided session needs of each stretch; counts are the fewest to do."""
    small = {each.id: each.small_range for each in turn.plan.stretches}
    return [
        {
            "id": entry.id,
            "name": entry.name,
            "steps": entry.steps,
            "repetitions": entry.repetitions[0],
            "hold_seconds": entry.hold_seconds[0],
            "sides": entry.sides,
            "easier": entry.easier,
            "small_range": small[entry.id],
            "image": drawing(turn, entry.id),
        }
        for entry in (entries[each] for each in offered(turn))
    ]
