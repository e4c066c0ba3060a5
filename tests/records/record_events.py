"""Events as Rasa's event broker hands them to `publish`, and what is left of a conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, deliveries, places
from backchat.records.engine import writing
from backchat.records.tables import check_ins, people

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def after(minutes: float) -> datetime:
    return NOON + timedelta(minutes=minutes)


def user_event(at: datetime, message_id: str | None, text: str, **changes: Any) -> dict[str, Any]:
    return {
        "sender_id": "web-1",
        "event": "user",
        "timestamp": at.timestamp(),
        "text": text,
        "parse_data": {
            "intent": {"name": "describe_pain", "confidence": 0.9},
            "entities": [{"entity": "onset", "value": "yesterday"}],
            "text": text,
        },
        "input_channel": "web",
        "message_id": message_id,
        "metadata": {},
    } | changes


def bot_event(at: datetime, text: str | None, **changes: Any) -> dict[str, Any]:
    return {
        "sender_id": "web-1",
        "event": "bot",
        "timestamp": at.timestamp(),
        "text": text,
        "data": {"elements": None, "buttons": None, "image": None, "custom": None},
        "metadata": {"utter_action": "utter_greet"},
    } | changes


def assessment(assessment_id: str | None, level: str | None, **changes: Any) -> dict[str, Any]:
    return {
        "id": assessment_id,
        "level": level,
        "timeframe": "soon" if level == "SEE_PROVIDER" else None,
        "borderline": False,
        "rules": ["SS3_OVER_TWO_DAYS"],
        "rule_levels": {"SS3_OVER_TWO_DAYS": level},
        "findings": [{"concept": "soreness", "status": "present", "text": "sore"}],
        "reasons": [{"rule": "SS3_OVER_TWO_DAYS", "words": "since Friday"}],
        "ask": ["screen:1"],
        "report": {"findings": ["soreness"], "turns": ["sore since Friday"]},
        "knowledge_version": "abc123",
        "pain": None,
    } | changes


def slot_event(at: datetime, value: Any, **changes: Any) -> dict[str, Any]:
    return {
        "sender_id": "web-1",
        "event": "slot",
        "name": "assessment",
        "timestamp": at.timestamp(),
        "value": value,
    } | changes


WORDS = "telltale-words"
RATING = {"advice": "stretches", "helpful": True}


def tell_everything(engine: Engine, log: ConversationLog, sender_id: str) -> None:
    """Leave a row about the sender in every table."""
    receipt = log.inbound(sender_id, "web", "1", f"my back, {WORDS}", NOON)
    log.handle(
        user_event(
            after(0.1),
            "1",
            WORDS,
            sender_id=sender_id,
            parse_data={
                "intent": {"name": "describe_pain", "confidence": 0.9},
                "entities": [{"value": WORDS}],
            },
        )
    )
    judged = assessment("a", "SEE_PROVIDER", report=[WORDS], reasons=[WORDS], pain=4)
    log.handle(slot_event(after(0.2), judged, sender_id=sender_id))
    log.handle(
        bot_event(after(0.3), f"You said {WORDS}.", sender_id=sender_id, data={"custom": [WORDS]})
    )
    with engine.begin() as connection:
        person_id = connection.scalar(select(people.c.id).where(people.c.sender_id == sender_id))
        connection.execute(
            insert(check_ins).values(
                person_id=person_id,
                conversation_id=receipt.conversation_id,
                kind="two_days",
                due_at=after(2880),
                status="pending",
            )
        )
    log.handle(slot_event(after(0.4), RATING, sender_id=sender_id, name="rating"))
    places.note(engine, sender_id, "web", {"chat": 1}, after(0.4))
    with writing(engine) as connection:
        deliveries.add(connection, sender_id, "web", [{"text": WORDS}], batch="1", at=after(0.4))
