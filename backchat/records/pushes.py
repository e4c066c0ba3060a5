"""Saying something unasked: a check-in, or the reply of a clinician."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from sqlalchemy.future import Engine

from backchat.records import deliveries
from backchat.records.deliveries import Response
from backchat.records.engine import writing
from backchat.records.log import ConversationLog

MESSENGERS = frozenset({"telegram", "slack"})
"""Channels that have to be written to; a page fetches what is in the log."""


def push(
    engine: Engine,
    log: ConversationLog,
    sender_id: str,
    responses: Iterable[Response],
    *,
    key: str,
    at: datetime,
    author: Literal["bot", "clinician"] = "bot",
) -> None:
    """Log responses that Rasa knows nothing of, and have them sent where the person is.

    Args:
        engine: The records.
        log: Where they are written down.
        sender_id: To whom; the channel is its prefix.
        responses: ``text``, ``buttons``, ``image`` and ``custom``, each optional.
        key: What is pushed; pushed again with the same key, it is said once.
        at: Now.
        author: Who says it.

    Raises:
        DatabaseUnavailable: nothing is lost: push again with the same key.
        UnknownPerson: they have not written on a messenger since their data was erased.
    """
    said = [dict(response) for response in responses]
    for position, response in enumerate(said):
        payload = {name: value for name, value in response.items() if name != "text" and value}
        log.outbound(
            sender_id,
            response.get("text"),
            payload or None,
            at,
            author=author,
            event_key=f"{key}:{position}",
        )
    deliver(engine, sender_id, said, key=key, at=at)


def deliver(
    engine: Engine, sender_id: str, responses: Iterable[Response], *, key: str, at: datetime
) -> None:
    """Have responses sent that are in the log already, as those of a turn that Rasa ran are.

    Raises:
        DatabaseUnavailable: nothing was taken; deliver again with the same key.
        UnknownPerson: they have not written on a messenger since their data was erased.
    """
    channel = sender_id.partition("-")[0]
    if channel in MESSENGERS:
        with writing(engine) as connection:
            deliveries.add(connection, sender_id, channel, responses, batch=f"push:{key}", at=at)
