"""Where people are reached unasked, and by whose clock and numbers they live."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.future import Engine

from backchat.records import threads
from backchat.records.columns import as_utc
from backchat.records.engine import writing
from backchat.records.tables import people, places


@dataclass(frozen=True)
class Whereabouts:
    """What is known of a person's surroundings.

    Attributes:
        region: ISO 3166 code, or None.
        timezone: IANA name, or None.
    """

    region: str | None = None
    timezone: str | None = None


def note(
    engine: Engine, sender_id: str, channel: str, place: Mapping[str, Any], at: datetime
) -> Whereabouts:
    """Note where a person wrote from, who thereby can be reached, and return what is known.

    Args:
        engine: The records.
        sender_id: The person.
        channel: Their channel.
        place: Their address as the channel needs it to send there.
        at: Now.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with writing(engine) as connection:
        person = threads.lock_person(connection, sender_id, channel, as_utc(at))
        known = connection.execute(
            select(places.c.place, places.c.blocked_at).where(places.c.person_id == person.id)
        ).one_or_none()
        if known is None:
            connection.execute(insert(places).values(person_id=person.id, place=dict(place)))
        elif known.place != dict(place) or known.blocked_at is not None:
            connection.execute(
                update(places)
                .where(places.c.person_id == person.id)
                .values(place=dict(place), blocked_at=None)
            )
        return Whereabouts(person.region, person.timezone)


def set_whereabouts(engine: Engine, sender_id: str, told: Whereabouts) -> None:
    """Note what a person told of their surroundings; what is None stays as it was.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    known = {name: value for name, value in vars(told).items() if value}
    if known:
        with writing(engine) as connection:
            connection.execute(
                update(people).where(people.c.sender_id == sender_id).values(**known)
            )
