"""The read side: finding conversations, and reading them again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, select, update
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection, Engine
from sqlalchemy.sql.selectable import Subquery

from backchat.records.engine import reading, writing
from backchat.records.errors import UnknownConversation, UnknownPerson
from backchat.records.tables import (
    assessments,
    conversation_rules,
    conversations,
    messages,
    pain_scores,
    people,
    ratings,
)
from backchat.records.views import (
    AssessmentRecord,
    ConversationDetail,
    ConversationSummary,
    MessageRecord,
    PainPoint,
    PainScore,
    PersonSummary,
    Rating,
)

MAX_PAGE = 500
"""The largest page of a listing."""

_SUMMARY = select(conversations, people.c.sender_id).join(
    people, people.c.id == conversations.c.person_id
)
_MESSAGE = select(*(c for c in messages.c if c.name != "event_key"))
_LATEST_FIRST = (
    _MESSAGE.join(conversations, conversations.c.id == messages.c.conversation_id)
    .join(people, people.c.id == conversations.c.person_id)
    .where(people.c.sender_id == bindparam("sender_id"))
    .order_by(messages.c.at.desc(), messages.c.id.desc())
    .limit(bindparam("limit"))
)
_LATEST_FIRST_AFTER = _LATEST_FIRST.where(messages.c.id > bindparam("after"))
_ASSESSMENT = select(*(c for c in assessments.c if c.name != "event_key"))


def list_conversations(
    engine: Engine,
    *,
    sender_id: str | None = None,
    level: str | None = None,
    rule: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    channel: str | None = None,
    flagged: bool | None = None,
    limit: int = 50,
    offset: int = 0,
) -> list[ConversationSummary]:
    """Return one page of conversations, the latest first.

    Args:
        engine: The records.
        sender_id: Only those with this person.
        level: Only those whose highest level is this one.
        rule: Only those in which this rule has fired.
        since: Only those begun at this moment or later.
        until: Only those begun before this moment.
        channel: Only those of this channel.
        flagged: Only those flagged, or only those not flagged.
        limit: The size of the page, 1 to `MAX_PAGE`.
        offset: How many to pass over.

    Raises:
        DatabaseUnavailable: the database did not answer.
        ValueError: `limit` or `offset` is out of range.
    """
    if not 1 <= limit <= MAX_PAGE:
        raise ValueError(f"limit must be 1 to {MAX_PAGE}, not {limit}")
    if offset < 0:
        raise ValueError(f"offset must not be negative, not {offset}")
    wanted = _SUMMARY
    if sender_id is not None:
        wanted = wanted.where(people.c.sender_id == sender_id)
    if level is not None:
        wanted = wanted.where(conversations.c.level == level)
    if rule is not None:
        wanted = wanted.where(
            select(conversation_rules.c.rule)
            .where(
                conversation_rules.c.conversation_id == conversations.c.id,
                conversation_rules.c.rule == rule,
            )
            .exists()
        )
    if since is not None:
        wanted = wanted.where(conversations.c.started_at >= since)
    if until is not None:
        wanted = wanted.where(conversations.c.started_at < until)
    if channel is not None:
        wanted = wanted.where(conversations.c.channel == channel)
    if flagged is not None:
        wanted = wanted.where(conversations.c.flagged.is_(flagged))
    latest_first = wanted.order_by(conversations.c.started_at.desc(), conversations.c.id.desc())
    with reading(engine) as connection:
        return _summaries(
            connection, connection.execute(latest_first.limit(limit).offset(offset)).all()
        )


def show_conversation(engine: Engine, conversation_id: int) -> ConversationDetail:
    """Return one conversation with everything that belongs to it, oldest first.

    Raises:
        DatabaseUnavailable: the database did not answer.
        UnknownConversation: there is none with this id.
    """
    with reading(engine) as connection:
        found = connection.execute(_SUMMARY.where(conversations.c.id == conversation_id)).all()
        if not found:
            raise UnknownConversation(conversation_id)
        said = connection.execute(
            _MESSAGE.where(messages.c.conversation_id == conversation_id).order_by(
                messages.c.at, messages.c.id
            )
        )
        judged = connection.execute(
            _ASSESSMENT.where(assessments.c.conversation_id == conversation_id).order_by(
                assessments.c.at, assessments.c.id
            )
        )
        hurt = connection.execute(
            select(pain_scores.c.at, pain_scores.c.score)
            .where(pain_scores.c.conversation_id == conversation_id)
            .order_by(pain_scores.c.at, pain_scores.c.id)
        )
        rated = connection.execute(
            select(
                ratings.c.at,
                ratings.c.advice,
                ratings.c.helpful,
                messages.c.text.label("comment"),
            )
            .outerjoin(messages, messages.c.id == ratings.c.comment_id)
            .where(ratings.c.conversation_id == conversation_id)
            .order_by(ratings.c.at, ratings.c.id)
        )
        return ConversationDetail(
            summary=_summaries(connection, found)[0],
            messages=tuple(MessageRecord(**row) for row in said.mappings()),
            assessments=tuple(_assessment(row) for row in judged),
            pain_scores=tuple(PainScore(**row) for row in hurt.mappings()),
            ratings=tuple(Rating(**row) for row in rated.mappings()),
        )


def history(
    engine: Engine, sender_id: str, limit: int = 200, *, after: int | None = None
) -> list[MessageRecord]:
    """Return a sender's last `limit` messages over all conversations, oldest first.

    Args:
        engine: The records.
        sender_id: The sender.
        limit: The most messages to return.
        after: Only messages stored after the one with this id; None for all.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    wanted = _LATEST_FIRST if after is None else _LATEST_FIRST_AFTER
    bounds = {"sender_id": sender_id, "limit": limit, "after": after}
    with reading(engine) as connection:
        latest_first = connection.execute(wanted, bounds).mappings()
        return [MessageRecord(**row) for row in latest_first][::-1]


def newest_message(engine: Engine) -> int:
    """Return the id of the message that was stored last, 0 if there is none.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        return int(connection.scalar(select(func.max(messages.c.id))) or 0)


def messages_after(
    engine: Engine, message_id: int, conversation_id: int | None = None, limit: int = 500
) -> list[MessageRecord]:
    """Return messages stored after one, of all conversations or of a single one, oldest first.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    wanted = _MESSAGE.where(messages.c.id > message_id).order_by(messages.c.id).limit(limit)
    if conversation_id is not None:
        wanted = wanted.where(messages.c.conversation_id == conversation_id)
    with reading(engine) as connection:
        return [MessageRecord(**row) for row in connection.execute(wanted).mappings()]


def list_people(engine: Engine, *, limit: int = 50, offset: int = 0) -> list[PersonSummary]:
    """Return people, those who were here last first.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    some = (
        select(people)
        .order_by(people.c.last_seen_at.desc(), people.c.id.desc())
        .limit(limit)
        .offset(offset)
        .subquery()
    )
    return _people(engine, some)


def show_person(engine: Engine, sender_id: str) -> PersonSummary:
    """Return one person.

    Raises:
        DatabaseUnavailable: the database did not answer.
        UnknownPerson: nothing is held about this sender.
    """
    found = _people(engine, select(people).where(people.c.sender_id == sender_id).subquery())
    if not found:
        raise UnknownPerson(sender_id)
    return found[0]


def _people(engine: Engine, some: Subquery) -> list[PersonSummary]:
    names = [name for name in PersonSummary.__dataclass_fields__ if name != "conversations"]
    theirs = (
        select(func.count())
        .where(conversations.c.person_id == some.c.id)
        .scalar_subquery()
        .label("conversations")
    )
    latest_first = select(*(some.c[name] for name in names), theirs).order_by(
        some.c.last_seen_at.desc(), some.c.id.desc()
    )
    with reading(engine) as connection:
        return [PersonSummary(**row) for row in connection.execute(latest_first).mappings()]


def pain_history(engine: Engine, sender_id: str, limit: int = 100) -> list[PainPoint]:
    """Return a sender's last `limit` pain scores over all conversations, oldest first.

    A score has the level of the assessment that it was stored with.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    judged_with_it = and_(
        assessments.c.conversation_id == pain_scores.c.conversation_id,
        assessments.c.at == pain_scores.c.at,
    )
    latest_first = (
        select(pain_scores.c.at, pain_scores.c.score, assessments.c.level)
        .join(conversations, conversations.c.id == pain_scores.c.conversation_id)
        .join(people, people.c.id == conversations.c.person_id)
        .outerjoin(assessments, judged_with_it)
        .where(people.c.sender_id == sender_id)
        .order_by(pain_scores.c.at.desc(), pain_scores.c.id.desc())
        .limit(limit)
    )
    with reading(engine) as connection:
        return [PainPoint(**row) for row in connection.execute(latest_first).mappings()][::-1]


def latest_report(engine: Engine, sender_id: str) -> Any:
    """Return the report of a sender's latest assessment, or None where there is none any more.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        return connection.scalar(
            select(assessments.c.report)
            .join(conversations, conversations.c.id == assessments.c.conversation_id)
            .join(people, people.c.id == conversations.c.person_id)
            .where(people.c.sender_id == sender_id)
            .order_by(assessments.c.at.desc(), assessments.c.id.desc())
            .limit(1)
        )


def iter_assessments(engine: Engine, batch_size: int = 500) -> Iterator[AssessmentRecord]:
    """Yield every assessment in the order of storing, holding `batch_size` in memory.

    Each batch is its own look at the database, so a slow reader keeps nobody waiting.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    last_id = 0
    while True:
        with reading(engine) as connection:
            batch = connection.execute(
                _ASSESSMENT.where(assessments.c.id > last_id)
                .order_by(assessments.c.id)
                .limit(batch_size)
            ).all()
        if not batch:
            return
        yield from map(_assessment, batch)
        last_id = batch[-1].id


def flag_conversation(engine: Engine, conversation_id: int, *, flagged: bool = True) -> None:
    """Mark a conversation for a human to look at, or take the mark away.

    Raises:
        DatabaseUnavailable: the database did not answer.
        UnknownConversation: there is none with this id.
    """
    with writing(engine) as connection:
        changed = connection.execute(
            update(conversations)
            .where(conversations.c.id == conversation_id)
            .values(flagged=flagged)
        )
        if not changed.rowcount:
            raise UnknownConversation(conversation_id)


def _summaries(connection: Connection, rows: list[Row]) -> list[ConversationSummary]:
    """Complete the rows of one page with their rules and their number of messages."""
    ids = [row.id for row in rows]
    counts = dict(
        connection.execute(
            select(messages.c.conversation_id, func.count())
            .where(messages.c.conversation_id.in_(ids))
            .group_by(messages.c.conversation_id)
        ).all()
    )
    rules: defaultdict[int, list[str]] = defaultdict(list)
    for conversation_id, rule in connection.execute(
        select(conversation_rules.c.conversation_id, conversation_rules.c.rule)
        .where(conversation_rules.c.conversation_id.in_(ids))
        .order_by(conversation_rules.c.rule)
    ):
        rules[conversation_id].append(rule)
    return [
        ConversationSummary(
            id=row.id,
            sender_id=row.sender_id,
            channel=row.channel,
            started_at=row.started_at,
            last_message_at=row.last_message_at,
            level=row.level,
            flagged=row.flagged,
            rules=tuple(rules[row.id]),
            message_count=counts.get(row.id, 0),
        )
        for row in rows
    ]


def _assessment(row: Row) -> AssessmentRecord:
    values = dict(row._mapping)
    return AssessmentRecord(**values | {"rules": tuple(row.rules), "ask": tuple(row.ask)})
