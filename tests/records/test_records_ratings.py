"""Whether advice was helpful, and pain over all visits."""

from __future__ import annotations

from typing import Any

import pytest
from record_events import NOON, after, assessment, slot_event
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    MalformedEvent,
    delete_person,
    history,
    pain_history,
    show_conversation,
)
from backchat.records.views import Rating

pytestmark = pytest.mark.filterwarnings("error")


def rating_event(minutes: float, value: Any) -> dict[str, Any]:
    return slot_event(after(minutes), value, name="rating")


def ratings_of(engine: Engine) -> tuple[Rating, ...]:
    return show_conversation(engine, history(engine, "web-1")[0].conversation_id).ratings


def test_a_rating_belongs_to_the_conversation(engine: Engine, log: ConversationLog) -> None:
    log.inbound("web-1", "web", "1", "how do I prevent it?", NOON)
    log.handle(rating_event(1, {"advice": "prevention", "helpful": True}))

    assert ratings_of(engine) == (Rating(after(1), "prevention", True, None),)


def test_rating_the_same_advice_again_replaces_the_rating(
    engine: Engine, log: ConversationLog
) -> None:
    log.inbound("web-1", "web", "1", "how do I prevent it?", NOON)
    log.handle(rating_event(1, {"advice": "prevention", "helpful": True}))
    log.handle(rating_event(2, {"advice": "prevention", "helpful": False}))
    log.handle(rating_event(3, {"advice": "medicine", "helpful": True}))

    found = [(each.advice, each.helpful) for each in ratings_of(engine)]
    assert found == [("prevention", False), ("medicine", True)]


def test_a_comment_is_the_message_that_was_said_last(engine: Engine, log: ConversationLog) -> None:
    log.inbound("web-1", "web", "1", "Not helpful", NOON)
    log.handle(rating_event(1, {"advice": "prevention", "helpful": False}))
    log.inbound("web-1", "web", "2", "too long", after(2))
    log.handle(rating_event(3, "comment"))

    assert [each.comment for each in ratings_of(engine)] == ["too long"]


def test_a_comment_without_a_rating_is_kept_as_a_message_only(
    engine: Engine, log: ConversationLog
) -> None:
    log.inbound("web-1", "web", "1", "too long", NOON)
    log.handle(rating_event(1, "comment"))

    assert ratings_of(engine) == ()


@pytest.mark.parametrize("value", [{"advice": "prevention"}, {"helpful": "yes"}, ["x"], "words"])
def test_what_is_no_rating_is_refused(log: ConversationLog, value: Any) -> None:
    with pytest.raises(MalformedEvent):
        log.handle(rating_event(1, value))


def test_erasing_a_person_erases_their_ratings(engine: Engine, log: ConversationLog) -> None:
    log.inbound("web-1", "web", "1", "sore", NOON)
    log.handle(rating_event(1, {"advice": "prevention", "helpful": True}))

    assert delete_person(engine, "web-1").deleted["ratings"] == 1


def test_pain_over_time_spans_conversations_with_the_level_of_each_score(
    engine: Engine, log: ConversationLog
) -> None:
    for minutes, level, pain in ((0, "SEE_PROVIDER", 6), (1, "SEE_PROVIDER", 4), (600, None, 2)):
        log.inbound("web-1", "web", str(minutes), "it hurts", after(minutes))
        log.handle(slot_event(after(minutes + 0.5), assessment(f"a{minutes}", level, pain=pain)))

    found = [(each.score, each.level) for each in pain_history(engine, "web-1")]

    assert found == [(6, "SEE_PROVIDER"), (4, "SEE_PROVIDER"), (2, None)]


def test_of_many_scores_the_latest_are_given_oldest_first(
    engine: Engine, log: ConversationLog
) -> None:
    for pain in range(8):
        log.handle(slot_event(after(pain), assessment(f"a{pain}", "SELF_CARE", pain=pain)))

    assert [each.score for each in pain_history(engine, "web-1", limit=3)] == [5, 6, 7]


def test_nobody_sees_the_scores_of_somebody_else(engine: Engine, log: ConversationLog) -> None:
    log.handle(slot_event(NOON, assessment("a1", "SELF_CARE", pain=5)))

    assert pain_history(engine, "web-2") == []
