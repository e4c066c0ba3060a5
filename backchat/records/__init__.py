"""The conversation log: every message and every assessment with its reasons, kept in SQL.

`open_engine` and `migrate.upgrade` prepare a database; `ConversationLog` writes, `queries` reads,
and `privacy` exports and erases. All functions are synchronous and short, and safe to call from
several threads; nothing is opened at import.
"""

from __future__ import annotations

from backchat.records import migrate
from backchat.records.engine import check, open_engine
from backchat.records.errors import (
    DatabaseUnavailable,
    MalformedEvent,
    NaiveMoment,
    RecordsError,
    Refused,
    UnknownConversation,
    UnknownPerson,
    UnsupportedDatabase,
)
from backchat.records.log import ConversationLog, InboundReceipt
from backchat.records.privacy import (
    DeletionReceipt,
    delete_expired,
    delete_person,
    erase_words,
    export_person,
    set_consent,
)
from backchat.records.queries import (
    flag_conversation,
    history,
    iter_assessments,
    list_conversations,
    pain_history,
    show_conversation,
)
from backchat.records.views import (
    AssessmentRecord,
    ConversationDetail,
    ConversationSummary,
    MessageRecord,
    PainPoint,
    PainScore,
    Rating,
)

__all__ = [
    "AssessmentRecord",
    "ConversationDetail",
    "ConversationLog",
    "ConversationSummary",
    "DatabaseUnavailable",
    "DeletionReceipt",
    "InboundReceipt",
    "MalformedEvent",
    "MessageRecord",
    "NaiveMoment",
    "PainPoint",
    "PainScore",
    "Rating",
    "RecordsError",
    "Refused",
    "UnknownConversation",
    "UnknownPerson",
    "UnsupportedDatabase",
    "check",
    "delete_expired",
    "delete_person",
    "erase_words",
    "export_person",
    "flag_conversation",
    "history",
    "iter_assessments",
    "list_conversations",
    "migrate",
    "open_engine",
    "pain_history",
    "set_consent",
    "show_conversation",
]
