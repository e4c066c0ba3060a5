"""Everything that can go wrong with the records.

RecordsError
├── UnsupportedDatabase   the URL names neither an SQLite file nor PostgreSQL
├── DatabaseUnavailable   the database did not answer, or its tables are not there
├── Refused               what was to be stored breaks a rule of the tables
├── MalformedEvent        an event lacks what the log needs, or holds something impossible
├── NaiveMoment           a point in time without a time zone
├── UnknownConversation   no conversation has this id
└── UnknownPerson         no person has this sender id

No message of any of them contains what a person wrote.
"""

from __future__ import annotations


class RecordsError(Exception):
    """The common root: catch this to catch all of them."""


class UnsupportedDatabase(RecordsError):
    """The URL names neither an SQLite file nor PostgreSQL."""


class DatabaseUnavailable(RecordsError):
    """The database did not answer, or its tables are not there."""


class Refused(RecordsError):
    """What was to be stored breaks a rule of the tables."""


class MalformedEvent(RecordsError):
    """An event lacks what the log needs, or holds something impossible."""


class NaiveMoment(RecordsError, ValueError):
    """A point in time came without a time zone."""


class UnknownConversation(RecordsError, LookupError):
    """No conversation has this id."""

    def __init__(self, conversation_id: int) -> None:
        """Name the conversation."""
        super().__init__(f"There is no conversation {conversation_id}.")
        self.conversation_id = conversation_id


class UnknownPerson(RecordsError, LookupError):
    """No person has this sender id."""

    def __init__(self, sender_id: str) -> None:
        """Name the sender."""
        super().__init__(f"Nothing is held about the sender {sender_id!r}.")
        self.sender_id = sender_id
