"""What the read side hands out: frozen, with every moment in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ConversationSummary:
    """One line of a listing; `level` is the highest so far, `rules` all that have fired."""

    id: int
    sender_id: str
    channel: str
    started_at: datetime
    last_message_at: datetime
    level: str | None
    flagged: bool
    rules: tuple[str, ...]
    message_count: int


@dataclass(frozen=True)
class PersonSummary:
    """Somebody who spoke; `consent` to keep their words is None until they were asked."""

    sender_id: str
    channel: str
    region: str | None
    timezone: str | None
    created_at: datetime
    last_seen_at: datetime
    consent: bool | None
    conversations: int


@dataclass(frozen=True)
class MessageRecord:
    """One message; `text` is None if it had none or its words were erased.

    `not_understood` says of a person's message that the bot did not know what to make of it.
    """

    id: int
    conversation_id: int
    direction: str
    author: str
    text: str | None
    payload: dict[str, Any] | None
    intent: str | None
    confidence: float | None
    entities: list[Any] | None
    at: datetime
    not_understood: bool = False


@dataclass(frozen=True)
class AssessmentRecord:
    """One assessment; `report` is the complete episode, None once the words were erased."""

    id: int
    conversation_id: int
    message_id: int | None
    at: datetime
    level: str | None
    timeframe: str | None
    borderline: bool
    rules: tuple[str, ...]
    rule_levels: dict[str, str]
    report: Any
    reasons: Any
    ask: tuple[str, ...]
    knowledge_version: str | None


@dataclass(frozen=True)
class PainScore:
    """How much it hurt, 0 to 10."""

    at: datetime
    score: int


@dataclass(frozen=True)
class PainPoint:
    """How much it hurt, 0 to 10, and the level of the assessment then."""

    at: datetime
    score: int
    level: str | None


@dataclass(frozen=True)
class Rating:
    """Whether a kind of advice was helpful; `comment` in the person's words, or None."""

    at: datetime
    advice: str
    helpful: bool
    comment: str | None


@dataclass(frozen=True)
class ConversationDetail:
    """One conversation with everything in it, oldest first."""

    summary: ConversationSummary
    messages: tuple[MessageRecord, ...]
    assessments: tuple[AssessmentRecord, ...]
    pain_scores: tuple[PainScore, ...]
    ratings: tuple[Rating, ...]
