"""Events as Rasa's event broker hands them to `publish`, for the tests of the records."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

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
