"""What the log remembers of the person, from earlier turns and visits."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy.future import Engine

from backchat.records import check_ins, privacy, queries
from backchat.records.engine import open_engine
from backchat.records.errors import RecordsError
from backchat.records.views import MessageRecord, PainPoint, PersonSummary
from backchat.settings import Settings

if TYPE_CHECKING:
    from actions.turn import Turn


def messages(turn: Turn) -> list[MessageRecord]:
    """Return what was said on both sides, oldest first; nothing if the log does not answer."""
    try:
        return queries.history(_engine(), turn.sender_id)
    except RecordsError:
        return []


def pain(turn: Turn) -> list[PainPoint]:
    """Return the person's pain scores, oldest first.

    The log has those of earlier turns. If it does not answer, there are those of the episode,
    without their levels.
    """
    try:
        logged = queries.pain_history(_engine(), turn.sender_id)
    except RecordsError:
        return [
            PainPoint(each.at, each.score, level=None) for each in turn.heard.episode.report.pain
        ]
    score = turn.heard.reading.pain
    if score is None:
        return logged
    return [*logged, PainPoint(turn.now, score, turn.level.name if turn.level else None)]


def person(turn: Turn) -> PersonSummary | None:
    """Return who is speaking, or None if the log does not know them or does not answer."""
    try:
        return queries.show_person(_engine(), turn.sender_id)
    except RecordsError:
        return None


def keep(turn: Turn, *, granted: bool) -> None:
    """Note whether the person's words are kept after the conversation.

    Raises:
        RecordsError: it was not noted.
    """
    privacy.set_consent(_engine(), turn.sender_id, granted)


def plan_check_in(turn: Turn, due_at: datetime) -> None:
    """Plan a check-in, in place of any other.

    Raises:
        RecordsError: it was not planned.
    """
    check_ins.schedule(_engine(), turn.sender_id, due_at)


def cancel_check_ins(turn: Turn) -> None:
    """Cancel what is planned for the person.

    Raises:
        RecordsError: it may still be planned.
    """
    if person(turn) is not None:
        check_ins.cancel(_engine(), turn.sender_id)


def flag(turn: Turn) -> None:
    """Mark the conversation for the operator; without a log there is nothing to mark."""
    try:
        latest = queries.list_conversations(_engine(), sender_id=turn.sender_id, limit=1)
        for each in latest:
            queries.flag_conversation(_engine(), each.id)
    except RecordsError:
        return


@cache
def _engine() -> Engine:
    return open_engine(Settings.from_environment().database_url)
