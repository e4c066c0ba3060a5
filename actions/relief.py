"""What eases a sore back now: remedies, ice or heat, movement, medicine."""

from __future__ import annotations

from actions import phrasing
from actions.turn import Turn, TurnAction, hears
from backchat.clinical import asking
from backchat.clinical.permissions import Part
from backchat.knowledge.entries import MedicineEntry, ThermalEntry

AGE_FOR_MEDICINE = "medicine:age"
"""Id of the question for the age, without which no label is given."""


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
        id=entry.id,
        which=entry.name,
        minutes=f"{least}–{most}",
        least=str(least),
        most=str(most),
        rules=phrasing.bullets(entry.rules),
        skin_check=entry.skin_check,
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
        _say_medicines(turn, turn.named("medicine"))


@hears(AGE_FOR_MEDICINE)
def hear_age_for_medicine(turn: Turn) -> bool:
    """Go on with the medicines that were asked for, once it is known whether to give amounts."""
    if turn.heard.reading.age is None and turn.heard.reading.answer is None:
        return False
    _say_medicines(turn, tuple(turn.told.pop("medicines", ())))
    return True


def _say_medicines(turn: Turn, named: tuple[str, ...]) -> None:
    if turn.withholds(Part.MEDICINES):
        return
    entries = {each.id: each for each in turn.knowledge.medicines}
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
        _say_labels(turn, labelled, named)
    unlabelled = [entry.name_in(turn.region) for entry in allowed if entry not in labelled]
    if unlabelled:
        turn.say("utter_medicine_without_label", medicines=", ".join(unlabelled))


def _say_labels(turn: Turn, entries: list[MedicineEntry], named: tuple[str, ...]) -> None:
    """Say what the labels say to an adult; they give no amounts for anybody younger."""
    if turn.heard.episode.report.age is not None:
        gate = dict.fromkeys(_gate(entries))
        turn.say(
            "utter_ask_medicine",
            labels=phrasing.bullets(_label(entry, turn.region or "") for entry in entries),
            rules=phrasing.bullets(turn.knowledge.every_medicine.rules),
            gate="; ".join(gate),
            gate_list=phrasing.bullets(gate),
        )
    elif AGE_FOR_MEDICINE in turn.asked:
        names = ", ".join(entry.name_in(turn.region) for entry in entries)
        turn.say("utter_medicine_without_age", medicines=names)
    else:
        turn.told["medicines"] = list(named)
        turn.ask_then("utter_ask_age_for_medicine", asking.AGE, AGE_FOR_MEDICINE)


def _label(entry: MedicineEntry, region: str) -> str:
    return f"**{entry.name_in(region)}**: {entry.labels[region]}"


def _gate(entries: list[MedicineEntry]) -> list[str]:
    return [
        words
        for entry in entries
        for words in (*(each.words for each in entry.ask_first_when), *entry.also_ask_if)
    ]
