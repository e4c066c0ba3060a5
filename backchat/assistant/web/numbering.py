"""Which messages of an answer are which in the log.

A page that gets a message a second time, pushed, knows it by its id there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from backchat.assistant.web import rendering
from backchat.records.views import MessageRecord

_ONLY_IN_A_HISTORY = frozenset({"role", "at"})
Message = dict[str, Any]


def answered(records: Iterable[MessageRecord]) -> list[Message]:
    """Return logged messages of the bot as they were answered."""
    return [
        {name: value for name, value in message.items() if name not in _ONLY_IN_A_HISTORY}
        for message in rendering.history(records)
    ]


def numbered(messages: list[Message], records: Iterable[MessageRecord]) -> list[Message]:
    """Return the messages of a turn with their ids in the log, where it has them.

    Args:
        messages: What the turn answered.
        records: What the log has since the message that it answered.
    """
    logged = answered(each for each in records if each.direction == "out")
    return [_with_id(message, logged) for message in messages]


def _with_id(message: Message, logged: list[Message]) -> Message:
    for index, candidate in enumerate(logged):
        if {**candidate, "id": message["id"]} == message:
            return logged.pop(index)
    return message
