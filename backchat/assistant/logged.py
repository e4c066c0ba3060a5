"""What the conversation log has of a turn, and what it is given where the turn failed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import takewhile
from typing import Any

from backchat.records.log import ConversationLog
from backchat.records.views import MessageRecord

_FAILED = "of_failed_turn"


def answer_to(said: int, records: Iterable[MessageRecord]) -> list[MessageRecord]:
    """Return what the bot answered to one message of the person; nothing if the turn failed.

    Args:
        said: The message's id in the log.
        records: The person's messages.
    """
    later = sorted((each for each in records if each.id > said), key=lambda each: each.id)
    said_to_them = takewhile(lambda each: each.direction == "out", later)
    answer = [each for each in said_to_them if each.author == "bot"]
    return [] if any(_FAILED in (each.payload or {}) for each in answer) else answer


def keep_failed(
    log: ConversationLog,
    sender: str,
    message_id: str,
    responses: Iterable[Mapping[str, Any]],
    at: datetime,
) -> None:
    """Log what was answered in place of a failed turn.

    Raises:
        RecordsError: the log cannot take it.
    """
    for number, response in enumerate(responses):
        rest = {name: value for name, value in response.items() if name != "text" and value}
        log.outbound(
            sender,
            response.get("text"),
            {**rest, _FAILED: True},
            at,
            event_key=f"failed {message_id} {number}",
        )
