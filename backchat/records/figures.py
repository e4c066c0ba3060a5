"""What happened in a span of time, counted: for the people who run the bot.

Every number is counted by the database, over the conversations that began in the span, whether
their words were erased since or not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from statistics import quantiles
from typing import Any

from sqlalchemy import and_, case, distinct, func, or_, select, text
from sqlalchemy.future import Connection, Engine
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.schema import Table
from sqlalchemy.sql.selectable import Select

from backchat.records.columns import as_utc
from backchat.records.engine import reading
from backchat.records.tables import (
    check_ins,
    conversation_rules,
    conversations,
    messages,
    ratings,
)

TIMED_CONVERSATIONS = 2_000
"""The time to answer is that of the latest so many conversations."""
NO_LEVEL = "none"

Progress = Callable[[str], object]
Counts = dict[str, int]


@dataclass(frozen=True)
class TimeToAnswer:
    """Seconds from a message to the first answer: half, 9 of 10 and 99 of 100 took no longer."""

    median: float
    p90: float
    p99: float


@dataclass(frozen=True)
class Figures:
    """The numbers of one span of time.

    Attributes:
        since: Its beginning.
        until: Its end, not in it.
        conversations: How many began in it.
        people: How many people they were with.
        flagged: How many conversations are marked for a human.
        said: How many messages people sent in them.
        answered: How many messages were sent to people.
        unanswered: How many messages of people no answer came after.
        not_understood: How many messages the bot said it did not understand.
        levels: Conversations by their highest level.
        rules: Conversations by each rule that fired in them.
        channels: Conversations by channel.
        days: Conversations by the day, in UTC, on which they began.
        check_ins: Check-ins by status.
        helpful: Ratings by advice, ``advice: yes`` and ``advice: no``.
        time_to_answer: How long answers took, or None where there was none.
    """

    since: datetime
    until: datetime
    conversations: int
    people: int
    flagged: int
    said: int
    answered: int
    unanswered: int
    not_understood: int
    levels: Counts
    rules: Counts
    channels: Counts
    days: Counts
    check_ins: Counts
    helpful: Counts
    time_to_answer: TimeToAnswer | None


def collect(
    engine: Engine, since: datetime, until: datetime, progress: Progress = lambda step: None
) -> Figures:
    """Count what happened from `since` until before `until`.

    Args:
        engine: The records.
        since: The first moment.
        until: The moment after the last.
        progress: Is told what is counted next.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        span = _Span(connection, as_utc(since), as_utc(until))
        progress("conversations")
        total, people, flagged = span.conversations()
        levels = span.by(func.coalesce(conversations.c.level, NO_LEVEL))
        channels = span.by(conversations.c.channel)
        days = span.by(span.day)
        progress("rules")
        rules = span.by_of(conversation_rules, conversation_rules.c.rule)
        progress("messages")
        said, answered, not_understood = span.messages()
        progress("unanswered messages")
        unanswered = span.unanswered()
        progress("check-ins, ratings and the time to answer")
        verdict: Any = case((ratings.c.helpful, ": yes"), else_=": no")
        return Figures(
            since=since,
            until=until,
            conversations=total,
            people=people,
            flagged=flagged,
            said=said,
            answered=answered,
            unanswered=unanswered,
            not_understood=not_understood,
            levels=levels,
            rules=rules,
            channels=channels,
            days=dict(sorted(days.items())),
            check_ins=span.by_of(check_ins, check_ins.c.status),
            helpful=span.by_of(ratings, ratings.c.advice + verdict),
            time_to_answer=span.time_to_answer(),
        )


class _Span:
    """Counts over the conversations that began in a span of time."""

    def __init__(self, connection: Connection, since: datetime, until: datetime) -> None:
        self._connection = connection
        began = conversations.c.started_at
        self._began_in_it = and_(began >= since, began < until)
        self._ids = select(conversations.c.id).where(self._began_in_it)
        in_utc = began if connection.dialect.name == "sqlite" else func.timezone("UTC", began)
        self.day = func.date(in_utc)

    def conversations(self) -> tuple[int, int, int]:
        """Return the numbers of conversations, of people and of flagged conversations."""
        row = self._connection.execute(
            select(
                func.count(),
                func.count(distinct(conversations.c.person_id)),
                func.count().filter(conversations.c.flagged),
            ).where(self._began_in_it)
        ).one()
        return row[0], row[1], row[2]

    def by(self, value: ColumnElement[Any]) -> Counts:
        """Count conversations by a value of theirs."""
        counted = select(value, func.count()).where(self._began_in_it).group_by(value)
        return self._counts(counted)

    def by_of(self, table: Table, value: ColumnElement[Any]) -> Counts:
        """Count rows of a table that belong to the conversations by a value."""
        counted = select(value, func.count()).where(table.c.conversation_id.in_(self._ids))
        return self._counts(counted.group_by(value))

    def messages(self) -> tuple[int, int, int]:
        """Return how much was said to us and by us, and how much was not understood."""
        row = self._connection.execute(
            select(
                func.count().filter(messages.c.direction == "in"),
                func.count().filter(messages.c.direction == "out"),
                func.count().filter(messages.c.not_understood),
            ).where(messages.c.conversation_id.in_(self._ids))
        ).one()
        return row[0], row[1], row[2]

    def unanswered(self) -> int:
        """Return how many messages of people came after everything that was said to them."""
        last = (
            select(messages.c.conversation_id, func.max(messages.c.at).label("at"))
            .where(messages.c.conversation_id.in_(self._ids), messages.c.direction == "out")
            .group_by(messages.c.conversation_id)
            .subquery()
        )
        later = or_(last.c.at.is_(None), messages.c.at > last.c.at)
        counted = self._connection.scalar(
            select(func.count())
            .select_from(messages)
            .outerjoin(last, last.c.conversation_id == messages.c.conversation_id)
            .where(messages.c.conversation_id.in_(self._ids), messages.c.direction == "in", later)
        )
        return int(counted)

    def time_to_answer(self) -> TimeToAnswer | None:
        """Return how long people waited in the latest conversations."""
        latest = self._ids.order_by(conversations.c.started_at.desc()).limit(TIMED_CONVERSATIONS)
        said = self._connection.execute(
            select(messages.c.conversation_id, messages.c.direction, messages.c.at)
            .where(messages.c.conversation_id.in_(latest))
            .order_by(messages.c.conversation_id, messages.c.at, messages.c.id)
        ).all()
        waited = [
            (later.at - earlier.at).total_seconds()
            for earlier, later in pairwise(said)
            if (earlier.direction, later.direction) == ("in", "out")
            and earlier.conversation_id == later.conversation_id
        ]
        if not waited:
            return None
        of_hundred = (
            quantiles(waited, n=100, method="inclusive") if len(waited) > 1 else waited * 99
        )
        return TimeToAnswer(of_hundred[49], of_hundred[89], of_hundred[98])

    def _counts(self, counted: Select) -> Counts:
        most_first = counted.order_by(func.count().desc(), text("1"))
        return {str(value): count for value, count in self._connection.execute(most_first)}
