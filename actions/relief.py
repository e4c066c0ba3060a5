"""What eases a sore back now: remedies, ice or heat, movement, medicine."""

from __future__ import annotations

from actions import phrasing
from actions.turn import Turn, TurnAction
from backchat.clinical.permissions import Part
from backchat.knowledge.entries import MedicineEntry, ThermalEntry


class ActionRemedies(TurnAction):
    """Lists the remedies that suit the person."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_remedies"

    def reply(self, turn: Turn) -> None:
        """Say them, or why not."""
        if turn.withholds(Part.REMEDIES):
            return
        remedies = {each.id: each for each in turn.knowledge.remedies}
        turn.say(
            "utter_ask_remedies",
            remedies=phrasing.bullets(
                f"**{remedies[each].name}**: {remedies[each].explanation}"
                for each in turn.plan.remedies
            ),
        )


class ActionIceOrHeat(TurnAction):
    """Helps to choose between ice and heat."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_ice_or_heat"

    def reply(self, turn: Turn) -> None:
        """Say which suits, or how to use the one that was chosen, or to ask first."""
        if turn.withholds(Part.THERMAL):
            return
        entries = {each.id: each for each in turn.knowledge.thermal}
        chosen = turn.named("thermal")
        options = [each for each in turn.plan.thermal if not chosen or each.id in chosen]
        for option in options:
            if option.ask_first:
                entry = entries[option.id]
                why = turn.because(entry.ask_first_when, option.ask_first)
                turn.say("utter_ice_or_heat_ask_first", which=entry.name, why=why)
        usable = [entries[each.id] for each in options if not each.ask_first]
        if len(usable) == 1:
            _explain(turn, usable[0])
        elif usable:
            _offer(turn, usable)


def _offer(turn: Turn, entries: list[ThermalEntry]) -> None:
    least, most = entries[0].minutes
    turn.say(
        f"utter_ice_or_heat_{turn.plan.thermal_lead or 'either'}",
        minutes=f"{least}–{most}",
        effects=" ".join(each.effect for each in entries),
    )


def _explain(turn: Turn, entry: ThermalEntry) -> None:
    least, most = entry.minutes
    turn.say(
        "utter_how_to_use_ice_or_heat",
        which=entry.name,
        minutes=f"{least}–{most}",
        most=str(most),
        rules=phrasing.bullets(entry.rules),
        ask_first=phrasing.bullets(
            (*(each.words for each in entry.ask_first_when), *entry.also_ask_if)
        ),
    )


class ActionRestOrMove(TurnAction):
    """Encourages gentle movement where that is right."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_rest_or_move"

    def reply(self, turn: Turn) -> None:
        """Say to keep moving, or why not."""
        if not turn.withholds(Part.REMEDIES):
            turn.say("utter_ask_rest_or_move")


class ActionMedicine(TurnAction):
    """Gives label facts of over-the-counter medicines behind a gate, never a personal dose."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_medicine"

    def reply(self, turn: Turn) -> None:
        """Say the label's facts, or to ask a pharmacist or doctor first and why."""
        if turn.withholds(Part.MEDICINES):
            return
        entries = {each.id: each for each in turn.knowledge.medicines}
        named = turn.named("medicine")
        options = [each for each in turn.plan.medicines if not named or each.id in named]
        for option in options:
            if option.ask_first:
                entry = entries[option.id]
                turn.say(
                    "utter_medicine_blocked",
                    medicine=entry.name_in(turn.region),
                    why=turn.because(entry.ask_first_when, option.ask_first),
                )
        allowed = [entries[option.id] for option in options if not option.ask_first]
        labelled = [entry for entry in allowed if (turn.region or "") in entry.labels]
        if labelled:
            turn.say(
                "utter_ask_medicine",
                labels=phrasing.bullets(_label(entry, turn.region or "") for entry in labelled),
                rules=phrasing.bullets(turn.knowledge.every_medicine.rules),
                gate="; ".join(dict.fromkeys(_gate(labelled))),
            )
        unlabelled = [entry.name_in(turn.region) for entry in allowed if entry not in labelled]
        if unlabelled:
            turn.say("utter_medicine_without_label", medicines=", ".join(unlabelled))


def _label(entry: MedicineEntry, region: str) -> str:
    return f"**{entry.name_in(region)}**: {entry.labels[region]}"


def _gate(entries: list[MedicineEntry]) -> list[str]:
    return [
        words
        for entry in entries
        for words in (*(each.words for each in entry.ask_first_when), *entry.also_ask_if)
    ]
