"""What is held about people, in our records and in Rasa's dialogues: shown, and erased.

Where both are to go, the dialogue goes first: what is left after a failure in between is still in
the records, and is found again.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.future import Engine

from backchat.records import dialogues, privacy
from backchat.records.engine import empty_journal
from backchat.records.privacy import DeletionReceipt

DIALOGUE = "dialogue"
"""Beside our tables' names: Rasa's events."""


def _nothing() -> None:
    """Remember nothing in the first place."""


class PersonalData:
    """Both databases.

    Args:
        records: Our tables.
        dialogue: Rasa's; on PostgreSQL it may be the same database.
        forget: Drops what the process still remembers of messages; called when some were erased.
    """

    def __init__(
        self, records: Engine, dialogue: Engine, forget: Callable[[], object] = _nothing
    ) -> None:
        self._records = records
        self._dialogue = dialogue
        self._forget = forget

    def export(self, sender_id: str) -> dict[str, list[dict[str, Any]]]:
        """Return everything held about a person, ready for JSON.

        Raises:
            DatabaseUnavailable: a database did not answer.
        """
        ours = privacy.export_person(self._records, sender_id)
        return {**ours, DIALOGUE: dialogues.export(self._dialogue, sender_id)}

    def erase(self, sender_id: str) -> DeletionReceipt:
        """Erase everything held about a person, from the disk too; may be repeated.

        Raises:
            DatabaseUnavailable: something may be left; erase again.
        """
        events = dialogues.erase(self._dialogue, [sender_id])
        self._forget()
        deleted = privacy.delete_person(self._records, sender_id).deleted
        empty_journal(self._dialogue)
        return DeletionReceipt(sender_id, {**deleted, DIALOGUE: events})

    def end_sessions(self, quiet_since: datetime, now: datetime) -> int:
        """Erase what was only kept for conversations that are over; see `privacy.erase_words`.

        Returns:
            The number of conversations erased or deleted.

        Raises:
            DatabaseUnavailable: something may be left; the next run finds it.
        """
        ended = privacy.erase_words(
            self._records,
            quiet_since,
            now,
            lambda senders: dialogues.erase(self._dialogue, senders),
        )
        if ended:
            self._forget()
            empty_journal(self._dialogue)
        return ended

    def expire(self, before: datetime) -> int:
        """Delete what is older than is to be kept; return the number of conversations.

        Raises:
            DatabaseUnavailable: something may be left; the next run finds it.
        """
        expired = privacy.delete_expired(
            self._records, before, lambda senders: dialogues.erase(self._dialogue, senders)
        )
        if expired + dialogues.erase_before(self._dialogue, before):
            empty_journal(self._dialogue)
        return expired
