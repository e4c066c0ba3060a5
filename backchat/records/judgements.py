"""Storing one assessment, and what it means for its conversation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.engine import Row
from sqlalchemy.future import Connection

from backchat.clinical.levels import Level
from backchat.records import check_ins
from backchat.records.errors import MalformedEvent
from backchat.records.tables import (
    assessments,
    conversation_rules,
    conversations,
    messages,
    pain_scores,
)
from backchat.records.threads import insert_if_new

_INSERT_ASSESSMENT = insert(assessments)
_UPDATE_CONVERSATION = update(conversations).where(conversations.c.id == bindparam("this_id"))
_LATEST_WORDS = (
    select(messages.c.id)
    .where(
        messages.c.conversation_id == bindparam("conversation_id"),
        messages.c.direction == "in",
        messages.c.at <= bindparam("at"),
    )
    .order_by(messages.c.at.desc(), messages.c.id.desc())
    .limit(1)
)
_LATEST_PAIN = (
    select(pain_scores.c.score)
    .where(
        pain_scores.c.conversation_id == bindparam("conversation_id"),
        pain_scores.c.at <= bindparam("at"),
    )
    .order_by(pain_scores.c.at.desc(), pain_scores.c.id.desc())
    .limit(1)
)


@dataclass(frozen=True)
class NewAssessment:
    """The value of the assessment slot, checked."""

    id: str | None
    level: Level | None
    timeframe: str | None
    borderline: bool
    rules: list[str]
    rule_levels: dict[str, str]
    report: Any
    reasons: Any
    ask: list[str]
    knowledge_version: str | None
    pain: int | None
    under_16: bool


def from_slot(value: Any) -> NewAssessment:
    """Read the value of the assessment slot.

    Raises:
        MalformedEvent: it is no dictionary, its level is unknown or its pain is not 0..10.
    """
    if not isinstance(value, Mapping):
        raise MalformedEvent("The value of an assessment must be a dictionary.")
    return NewAssessment(
        id=value.get("id"),
        level=_level(value.get("level")),
        timeframe=value.get("timeframe"),
        borderline=bool(value.get("borderline")),
        rules=list(value.get("rules") or ()),
        rule_levels=dict(value.get("rule_levels") or {}),
        report=value.get("report"),
        reasons=value.get("reasons"),
        ask=list(value.get("ask") or ()),
        knowledge_version=value.get("knowledge_version"),
        pain=_pain(value.get("pain")),
        under_16=bool(value.get("under_16")),
    )


def _level(name: Any) -> Level | None:
    if name is None:
        return None
    if name not in Level.__members__:
        allowed = ", ".join(Level.__members__)
        raise MalformedEvent(f"The level of an assessment must be one of {allowed}.")
    return Level[name]


def _pain(score: Any) -> int | None:
    if score is None:
        return None
    if isinstance(score, bool) or score not in range(11):
        raise MalformedEvent("The pain of an assessment must be a whole number from 0 to 10.")
    return int(score)


def add(
    connection: Connection,
    conversation: Row,
    event_key: str,
    at: datetime,
    assessment: NewAssessment,
) -> None:
    """Insert the assessment, and note what it means for its conversation.

    That is a higher level, the rules, a changed pain, and that the patient is under 16. Somebody
    who was told to get help at once is not asked two days later how it went: their check-ins are
    cancelled.
    """
    level, highest = assessment.level, conversation.level
    moment = {"conversation_id": conversation.id, "at": at}
    connection.execute(
        _INSERT_ASSESSMENT,
        {
            **moment,
            "event_key": event_key,
            "message_id": connection.scalar(_LATEST_WORDS, moment),
            "level": level.name if level is not None else None,
            "timeframe": assessment.timeframe,
            "borderline": assessment.borderline,
            "rules": assessment.rules,
            "rule_levels": assessment.rule_levels,
            "report": assessment.report,
            "reasons": assessment.reasons,
            "ask": assessment.ask,
            "knowledge_version": assessment.knowledge_version,
        },
    )
    if level is not None and (highest is None or level > Level[highest]):
        connection.execute(_UPDATE_CONVERSATION, {"this_id": conversation.id, "level": level.name})
    if assessment.under_16 != conversation.under_16:
        connection.execute(
            _UPDATE_CONVERSATION,
            {"this_id": conversation.id, "under_16": assessment.under_16},
        )
    if level is Level.EMERGENCY_NOW:
        check_ins.cancel_pending(connection, conversation.person_id)
    if assessment.rules:
        insert_if_new(
            connection,
            conversation_rules,
            [{"conversation_id": conversation.id, "rule": rule} for rule in assessment.rules],
        )
    if assessment.pain is not None and assessment.pain != connection.scalar(_LATEST_PAIN, moment):
        connection.execute(insert(pain_scores).values(**moment, score=assessment.pain))
