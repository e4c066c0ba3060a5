"""Writing: messages before and after the turn, assessments, and where conversations end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone

import pytest
from record_events import NOON, after, assessment, bot_event, slot_event, user_event
from sqlalchemy import func, select
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    MalformedEvent,
    NaiveMoment,
    history,
    list_conversations,
    show_conversation,
)
from backchat.records.tables import conversations, messages, people

pytestmark = pytest.mark.filterwarnings("error")


def count(engine: Engine, table: object) -> int:
    with engine.connect() as connection:
        number: int = connection.scalar(select(func.count()).select_from(table))
        return number


class TestBeforeTheTurn:
    def test_the_words_are_stored_before_anything_is_known_about_them(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        receipt = log.inbound("web-1", "web", "m1", "my back hurts", NOON)

        (message,) = history(engine, "web-1")
        assert (message.id, message.conversation_id) == (
            receipt.message_id,
            receipt.conversation_id,
        )
        assert not receipt.duplicate
        assert (message.direction, message.author, message.text) == (
            "in",
            "person",
            "my back hurts",
        )
        assert message.intent is None
        assert message.at == NOON

    def test_a_retry_is_a_duplicate_and_writes_nothing(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        first = log.inbound("web-1", "web", "m1", "my back hurts", NOON)

        again = log.inbound("web-1", "web", "m1", "my back hurts", after(90), region="GB")

        assert again.duplicate
        assert again.message_id == first.message_id
        assert len(history(engine, "web-1")) == 1
        assert count(engine, conversations) == 1
        with engine.connect() as connection:
            person = connection.execute(select(people)).one()
        assert (person.last_seen_at, person.region) == (NOON, None)

    def test_two_people_may_use_the_same_message_id(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "mine", NOON)

        assert not log.inbound("web-2", "web", "1", "also mine", NOON).duplicate
        assert [message.text for message in history(engine, "web-2")] == ["also mine"]

    def test_ids_and_senders_cannot_be_shifted_into_each_other(self, log: ConversationLog) -> None:
        log.inbound("web-1", "web", "2-3", "one", NOON)

        assert not log.inbound("web-1-2", "web", "3", "other", NOON).duplicate

    def test_region_and_timezone_are_kept_and_not_forgotten(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON, region="US", timezone="America/New_York")
        log.inbound("web-1", "web", "2", "b", after(1))
        log.inbound("web-1", "web", "3", "c", after(2), region="GB")

        with engine.connect() as connection:
            person = connection.execute(select(people)).one()
        assert (person.region, person.timezone) == ("GB", "America/New_York")
        assert (person.created_at, person.last_seen_at) == (NOON, after(2))

    def test_a_moment_in_another_zone_comes_back_as_utc(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON.astimezone(timezone(timedelta(hours=-5))))

        (message,) = history(engine, "web-1")
        assert message.at == NOON
        assert message.at.utcoffset() == timedelta(0)

    def test_a_moment_without_a_zone_is_refused(self, log: ConversationLog) -> None:
        with pytest.raises(NaiveMoment):
            log.inbound("web-1", "web", "1", "a", datetime(2026, 11, 23, 12))

    def test_characters_that_a_database_refuses_do_not_cost_the_message(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "numb\x00 \ud83d since Friday", NOON)

        assert [message.text for message in history(engine, "web-1")] == ["numb ? since Friday"]

    def test_many_threads_lose_nothing_and_make_one_person(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        def send(number: int) -> bool:
            message_id = str(number // 2)
            return log.inbound("web-1", "web", message_id, "hi", after(number)).duplicate

        with ThreadPoolExecutor(8) as pool:
            duplicates = list(pool.map(send, range(40)))

        assert sum(duplicates) == 20
        assert len(history(engine, "web-1")) == 20
        assert count(engine, people) == 1


class TestAfterTheTurn:
    def test_the_user_event_completes_the_stored_words(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "m1", "my back hurts", NOON)

        log.handle(user_event(after(0.1), "m1", "what the model was given"))

        (message,) = history(engine, "web-1")
        assert message.text == "my back hurts"
        assert (message.intent, message.confidence) == ("describe_pain", 0.9)
        assert message.entities == [{"entity": "onset", "value": "yesterday"}]
        assert message.at == NOON

    def test_a_user_event_of_a_channel_without_inbox_is_stored(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        event = user_event(NOON, "77", "hello", sender_id="telegram-5", input_channel="telegram")

        log.handle(event)
        log.handle(event)

        (message,) = history(engine, "telegram-5")
        assert (message.text, message.intent, message.at) == ("hello", "describe_pain", NOON)
        (summary,) = list_conversations(engine)
        assert summary.channel == "telegram"

    def test_a_user_event_without_a_message_id_is_stored_once(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(user_event(NOON, None, "hello"))
        log.handle(user_event(NOON, None, "hello"))

        assert [message.text for message in history(engine, "web-1")] == ["hello"]

    def test_an_intent_triggered_from_outside_is_not_taken_for_a_persons_words(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(
            user_event(NOON, "1", "EXTERNAL: EXTERNAL_check_in", metadata={"is_external": True})
        )

        assert count(engine, messages) == 0

    def test_bot_messages_keep_only_the_attachments_they_have(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        buttons = [{"title": "Yes", "payload": "/affirm"}]
        log.inbound("web-1", "web", "m1", "hi", NOON)

        log.handle(bot_event(after(1), "Hello."))
        log.handle(bot_event(after(2), None, data={"buttons": buttons, "image": None}))

        _, hello, question = history(engine, "web-1")
        assert (hello.direction, hello.author, hello.text, hello.payload) == (
            "out",
            "bot",
            "Hello.",
            None,
        )
        assert (question.text, question.payload) == (None, {"buttons": buttons})

    def test_a_redelivered_bot_message_is_stored_once_but_a_repeated_one_twice(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(bot_event(after(1), "Hello."))
        log.handle(bot_event(after(1), "Hello."))
        log.handle(bot_event(after(2), "Hello."))

        assert len(history(engine, "web-1")) == 2

    def test_a_redelivered_old_message_does_not_open_a_conversation(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(bot_event(NOON, "Hello."))
        log.start_over("web-1", NOON)
        log.inbound("web-1", "web", "m9", "again", after(300))

        log.handle(bot_event(NOON, "Hello."))

        assert count(engine, conversations) == 2

    def test_messages_that_did_not_pass_through_rasa_are_stored_once(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        for _ in range(2):
            log.outbound(
                "web-1", "Call for help.", {"card": {"type": "emergency"}}, NOON, event_key="gate-1"
            )
        log.outbound("web-1", "I read this.", None, after(1), author="clinician", event_key="c-1")

        gate, clinician = history(engine, "web-1")
        assert gate.payload == {"card": {"type": "emergency"}}
        assert (gate.author, clinician.author) == ("bot", "clinician")

    @pytest.mark.parametrize(
        "event",
        [
            {"sender_id": "web-1", "event": "action", "timestamp": 1.0, "name": "action_listen"},
            {"sender_id": "web-1", "event": "session_started", "timestamp": 1.0},
            slot_event(NOON, "x", name="region"),
            slot_event(NOON, None),
            {},
        ],
    )
    def test_other_events_are_ignored(
        self, event: dict[str, object], engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(event)

        assert count(engine, people) == 0

    @pytest.mark.parametrize(
        "event",
        [
            bot_event(NOON, "secret words", sender_id=None),
            bot_event(NOON, "secret words", timestamp=None),
            bot_event(NOON, "secret words", timestamp=True),
            bot_event(NOON, "secret words", timestamp=1e30),
            bot_event(NOON, "secret words", timestamp=float("nan")),
            slot_event(NOON, ["secret words"]),
            slot_event(NOON, assessment("a", "secret words")),
            slot_event(NOON, assessment("a", None, pain=11)),
            slot_event(NOON, assessment("a", None, pain=True)),
            slot_event(NOON, assessment("a", None, pain="secret words")),
        ],
    )
    def test_an_event_that_cannot_be_stored_is_refused_without_repeating_it(
        self, event: dict[str, object], engine: Engine, log: ConversationLog
    ) -> None:
        with pytest.raises(MalformedEvent) as refusal:
            log.handle(event)

        assert "secret" not in str(refusal.value)
        assert count(engine, people) == 0


class TestConversations:
    def conversation_ids(self, engine: Engine) -> list[int]:
        return [message.conversation_id for message in history(engine, "web-1")]

    def test_silence_ends_a_conversation(self, engine: Engine, log: ConversationLog) -> None:
        first = log.inbound("web-1", "web", "1", "a", NOON).conversation_id
        same = log.inbound("web-1", "web", "2", "b", after(60)).conversation_id
        new = log.inbound("web-1", "web", "3", "c", after(120.1)).conversation_id

        assert same == first != new
        summary = show_conversation(engine, first).summary
        assert (summary.started_at, summary.last_message_at) == (NOON, after(60))

    def test_the_length_of_the_silence_can_be_set(self, engine: Engine) -> None:
        log = ConversationLog(engine, session_minutes=5)
        log.inbound("web-1", "web", "1", "a", NOON)
        log.inbound("web-1", "web", "2", "b", after(6))

        assert self.conversation_ids(engine) == [1, 2]

    def test_the_answer_belongs_to_the_conversation_of_the_words(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)
        log.handle(bot_event(after(0.1), "Hello."))

        assert self.conversation_ids(engine) == [1, 1]

    def test_starting_over_begins_a_new_conversation_with_the_next_message(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)
        log.start_over("web-1", after(1))
        assert count(engine, conversations) == 1

        log.inbound("web-1", "web", "2", "b", after(2))
        log.inbound("web-1", "web", "3", "c", after(3))

        assert self.conversation_ids(engine) == [1, 2, 2]

    def test_an_event_from_before_starting_over_stays_where_it_was_said(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)
        log.start_over("web-1", after(2))
        log.inbound("web-1", "web", "2", "b", after(3))

        log.handle(bot_event(after(1), "Late."))

        assert self.conversation_ids(engine) == [1, 1, 2]

    def test_an_answer_whose_clock_is_behind_does_not_open_a_conversation(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)

        log.handle(bot_event(after(-0.05), "Hello."))

        (summary,) = list_conversations(engine)
        assert (summary.message_count, summary.started_at) == (2, after(-0.05))

    def test_people_do_not_share_conversations(self, engine: Engine, log: ConversationLog) -> None:
        first = log.inbound("web-1", "web", "1", "a", NOON)
        other = log.inbound("web-2", "web", "1", "a", NOON)

        assert first.conversation_id != other.conversation_id


class TestAssessments:
    def test_an_assessment_is_kept_whole_with_the_message_that_led_to_it(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "m0", "hello", after(-1))
        words = log.inbound("web-1", "web", "m1", "sore since Friday", NOON)
        log.handle(user_event(after(0.1), "m1", "sore since Friday"))

        log.handle(slot_event(after(0.2), assessment("a1", "SEE_PROVIDER", borderline=True)))

        (stored,) = show_conversation(engine, words.conversation_id).assessments
        assert stored.message_id == words.message_id
        assert stored.at == after(0.2)
        assert (stored.level, stored.timeframe, stored.borderline) == ("SEE_PROVIDER", "soon", True)
        assert stored.rules == ("SS3_OVER_TWO_DAYS",)
        assert stored.rule_levels == {"SS3_OVER_TWO_DAYS": "SEE_PROVIDER"}
        assert stored.report == {"findings": ["soreness"], "turns": ["sore since Friday"]}
        assert stored.reasons == [{"rule": "SS3_OVER_TWO_DAYS", "words": "since Friday"}]
        assert stored.ask == ("screen:1",)
        assert stored.knowledge_version == "abc123"

    def test_an_assessment_without_a_level_is_kept(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(slot_event(NOON, {"id": "a1", "level": None}))

        detail = show_conversation(engine, 1)
        assert [stored.level for stored in detail.assessments] == [None]
        assert detail.summary.level is None
        assert detail.assessments[0].message_id is None

    def test_a_conversation_keeps_its_highest_level(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        seen = []
        levels = ["SELF_CARE", "URGENT_SAME_DAY", "SEE_PROVIDER", None, "EMERGENCY_NOW"]
        for minute, level in enumerate(levels):
            log.handle(slot_event(after(minute), assessment(f"a{minute}", level)))
            seen.append(show_conversation(engine, 1).summary.level)

        assert seen == [
            "SELF_CARE",
            "URGENT_SAME_DAY",
            "URGENT_SAME_DAY",
            "URGENT_SAME_DAY",
            "EMERGENCY_NOW",
        ]

    def test_a_slot_carried_into_the_next_session_is_not_a_new_assessment(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(slot_event(NOON, assessment("a1", "EMERGENCY_NOW")))
        log.inbound("web-1", "web", "m2", "hello again", after(500))

        log.handle(slot_event(after(500), assessment("a1", "EMERGENCY_NOW")))

        assert show_conversation(engine, 2).summary.level is None
        assert show_conversation(engine, 2).assessments == ()

    def test_an_assessment_without_an_id_is_told_apart_by_its_moment(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        for minute in (0, 0, 1):
            log.handle(slot_event(after(minute), assessment(None, "SELF_CARE")))

        assert len(show_conversation(engine, 1).assessments) == 2

    def test_pain_is_noted_when_it_changes(self, engine: Engine, log: ConversationLog) -> None:
        for minute, pain in enumerate([None, 7, 7, 0, 7]):
            log.handle(slot_event(after(minute), assessment(f"a{minute}", "SELF_CARE", pain=pain)))

        scores = show_conversation(engine, 1).pain_scores
        assert [(score.at, score.score) for score in scores] == [
            (after(1), 7),
            (after(3), 0),
            (after(4), 7),
        ]
