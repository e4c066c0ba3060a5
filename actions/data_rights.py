"""What is held about the person: said, given to them, and erased."""

from __future__ import annotations

from actions import memory, offers, phrasing
from actions.turn import Turn, TurnAction, hears
from backchat.clinical import permissions
from backchat.clinical.reading import Answer

ERASE = "data:erase"
"""Id of the question whether everything is really to be erased."""


class ActionMyData(TurnAction):
    """Says what is held, and lets the person decide anew whether it is kept."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_my_data"

    def reply(self, turn: Turn) -> None:
        """Say it."""
        person = memory.person(turn)
        if person is None:
            turn.say("utter_no_data")
            return
        turn.say(
            "utter_ask_my_data",
            messages=str(len(memory.messages(turn))),
            since=phrasing.stamp(person.created_at, turn.zone),
            scores=str(len(memory.pain(turn))),
        )
        if not permissions.is_under_16(turn.heard.episode.report):
            kept = "kept" if person.consent else "not_kept"
            turn.ask_then(f"utter_ask_if_{kept}", offers.CONSENT)


class ActionExportData(TurnAction):
    """Gives everything that is held: the page fetches it, messengers send it as a file."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_export_data"

    def reply(self, turn: Turn) -> None:
        """Give it, after the emergency advice while that stands."""
        if turn.emergency_stands:
            turn.repeat_emergency()
        turn.say("utter_no_data" if memory.person(turn) is None else "utter_export_data")


class ActionDeleteData(TurnAction):
    """Erases everything held about the person, after asking once."""

    in_emergency = True

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_delete_data"

    def reply(self, turn: Turn) -> None:
        """Ask, after the emergency advice while that stands."""
        if turn.emergency_stands:
            turn.repeat_emergency()
        turn.ask_then("utter_delete_data", ERASE)


@hears(ERASE)
def hear_whether_to_erase(turn: Turn) -> bool:
    """Erase after a yes; anything else erases nothing."""
    match turn.heard.reading.answer:
        case Answer.YES:
            turn.forget()
            turn.erases = True
            turn.say("utter_data_erased")
        case Answer.NO:
            turn.say("utter_data_stays")
        case _:
            return False
    return True
