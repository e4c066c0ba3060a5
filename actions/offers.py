"""What is offered after a result: to keep the person's words, and to check in with them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from actions import memory, phrasing
from backchat.clinical import permissions
from backchat.clinical.levels import Level

if TYPE_CHECKING:
    from actions.turn import Turn

CONSENT = "offer:consent"
"""Id of the question whether their words may be kept."""

CHECK_IN = "offer:check_in"
"""Id of the question whether to check in."""

_CHECK_IN_LEVELS = frozenset({Level.SELF_CARE, Level.SEE_PROVIDER})
_CHECK_IN_AFTER = timedelta(hours=48)
_SOONEST_CHECK_IN = timedelta(hours=12)


def make(turn: Turn) -> None:
    """Once the interview is over, ask what has not been asked: consent, else about a check-in.

    Somebody who was asked for consent and has not given it is never asked again.
    """
    if not turn.told.get("complete") or turn.told.get("offered"):
        return
    if turn.emergency_stands or permissions.is_under_16(turn.heard.episode.report):
        return
    person = memory.person(turn)
    if person is None:
        return
    turn.told["offered"] = True
    if person.consent is None:
        memory.keep(turn, granted=False)
        turn.ask_then("utter_ask_consent", CONSENT)
    elif person.consent:
        check_in(turn)


def check_in(turn: Turn) -> None:
    """Offer a check-in, where the level leaves time for one."""
    if turn.level in _CHECK_IN_LEVELS:
        at = phrasing.moment(check_in_at(turn), turn.zone, turn.now)
        turn.ask_then("utter_ask_check_in", CHECK_IN, at=at)


def check_in_at(turn: Turn) -> datetime:
    """Return when to check in: when two days of pain are over, else in two days."""
    due = turn.plan.check_again or turn.now + _CHECK_IN_AFTER
    return max(due, turn.now + _SOONEST_CHECK_IN)
