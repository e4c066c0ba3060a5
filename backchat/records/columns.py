"""Column types that behave the same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Text
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeDecorator

from backchat.records.errors import NaiveMoment


def as_utc(moment: datetime) -> datetime:
    """Return the same moment in UTC; raise `NaiveMoment` if it has no time zone."""
    if moment.tzinfo is None:
        raise NaiveMoment("A point in time needs a time zone to be recorded.")
    return moment.astimezone(UTC)


class UtcDateTime(TypeDecorator[datetime]):
    """Aware datetimes in and out, always UTC; SQLite, which has no zones, keeps them bare."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Convert to UTC, and drop the zone where the database cannot hold one."""
        if value is None:
            return None
        moment = as_utc(value)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class StorableText(TypeDecorator[str]):
    """Text from outside, without the characters that a database refuses.

    PostgreSQL accepts no NUL, and a lone surrogate (half of an emoji, cut by a client) has no
    UTF-8 form; neither may cost us the rest of the message.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Drop NUL characters and replace lone surrogates."""
        if value is None:
            return None
        return value.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        """Return the text as it is stored."""
        return value


def json_document() -> JSON:
    """A JSON column in which Python's `None` is SQL's NULL."""
    return JSON(none_as_null=True)
