"""Reading: finding conversations, showing one, a person's history, all assessments."""

from __future__ import annotations

import dataclasses

import pytest
from databases import on_sqlite
from record_events import NOON, after, assessment, bot_event, slot_event
from sqlalchemy import text
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    UnknownConversation,
    flag_conversation,
    history,
    iter_assessments,
    list_conversations,
    show_conversation,
)

pytestmark = pytest.mark.filterwarnings("error")


@pytest.fixture
def three(log: ConversationLog) -> None:
    """1: web, self-care; 2: slack, emergency by RF01; 3: web, self-care and no rule."""
    log.inbound("web-1", "web", "1", "sore", NOON)
    log.handle(slot_event(after(1), assessment("a1", "SELF_CARE")))
    log.inbound("slack-U1", "slack", "1", "numb", after(10))
    log.handle(
        slot_event(
            after(11),
            assessment("a2", "EMERGENCY_NOW", rules=["RF01_SADDLE", "SS3_OVER_TWO_DAYS"]),
            sender_id="slack-U1",
        )
    )
    log.inbound("web-3", "web", "1", "stiff", after(20))
    log.handle(bot_event(after(21), "Since when?", sender_id="web-3"))
    log.handle(slot_event(after(22), assessment("a3", "SELF_CARE", rules=[]), sender_id="web-3"))


@pytest.mark.usefixtures("three")
class TestListing:
    def test_the_latest_conversation_comes_first(self, engine: Engine) -> None:
        assert [summary.id for summary in list_conversations(engine)] == [3, 2, 1]

    def test_a_summary_says_what_a_clinician_looks_for(self, engine: Engine) -> None:
        _, emergency, _ = list_conversations(engine)

        assert emergency.sender_id == "slack-U1"
        assert emergency.channel == "slack"
        assert (emergency.started_at, emergency.last_message_at) == (after(10), after(11))
        assert emergency.level == "EMERGENCY_NOW"
        assert emergency.rules == ("RF01_SADDLE", "SS3_OVER_TWO_DAYS")
        assert emergency.message_count == 1
        assert not emergency.flagged

    @pytest.mark.parametrize(
        ("filters", "expected"),
        [
            ({"level": "SELF_CARE"}, [3, 1]),
            ({"level": "URGENT_SAME_DAY"}, []),
            ({"rule": "SS3_OVER_TWO_DAYS"}, [2, 1]),
            ({"rule": "RF01"}, []),
            ({"channel": "web"}, [3, 1]),
            ({"since": after(10)}, [3, 2]),
            ({"until": after(10)}, [1]),
            ({"since": after(5), "until": after(15)}, [2]),
            ({"flagged": True}, []),
            ({"flagged": False}, [3, 2, 1]),
            ({"level": "SELF_CARE", "rule": "SS3_OVER_TWO_DAYS"}, [1]),
            ({"limit": 2}, [3, 2]),
            ({"limit": 2, "offset": 2}, [1]),
            ({"offset": 3}, []),
        ],
    )
    def test_filters_narrow_the_listing(
        self, filters: dict[str, object], expected: list[int], engine: Engine
    ) -> None:
        found = list_conversations(engine, **filters)  # type: ignore[arg-type]

        assert [summary.id for summary in found] == expected

    @pytest.mark.parametrize("page", [{"limit": 0}, {"limit": 501}, {"offset": -1}])
    def test_a_page_that_cannot_be_is_refused(self, page: dict[str, int], engine: Engine) -> None:
        with pytest.raises(ValueError, match="must"):
            list_conversations(engine, **page)  # type: ignore[arg-type]

    def test_a_flag_can_be_set_found_and_taken_away(self, engine: Engine) -> None:
        flag_conversation(engine, 2)
        assert [summary.id for summary in list_conversations(engine, flagged=True)] == [2]

        flag_conversation(engine, 2, flagged=False)
        assert list_conversations(engine, flagged=True) == []

    def test_flagging_needs_a_conversation(self, engine: Engine) -> None:
        with pytest.raises(UnknownConversation, match="99"):
            flag_conversation(engine, 99)

    @on_sqlite
    @pytest.mark.parametrize(
        ("condition", "index"),
        [
            ("", "ix_conversations_started_at"),
            ("WHERE level = 'SELF_CARE'", "ix_conversations_level_started_at"),
            ("WHERE channel = 'web'", "ix_conversations_channel_started_at"),
            ("WHERE flagged IS 1", "ix_conversations_flagged_started_at"),
        ],
    )
    def test_a_listing_walks_an_index_and_sorts_nothing(
        self, condition: str, index: str, engine: Engine
    ) -> None:
        query = f"SELECT * FROM conversations {condition} ORDER BY started_at DESC, id DESC LIMIT 5"
        with engine.connect() as connection:
            plan = " ".join(
                row.detail for row in connection.execute(text(f"EXPLAIN QUERY PLAN {query}"))
            )

        assert index in plan
        assert "TEMP B-TREE" not in plan


class TestShowing:
    def test_messages_and_assessments_come_in_the_order_of_time(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.inbound("web-1", "web", "1", "first", NOON)
        log.handle(bot_event(after(3), "fourth"))
        log.handle(bot_event(after(1), "second"))
        log.inbound("web-1", "web", "2", "third", after(2))
        log.handle(slot_event(after(3), assessment("b", "SEE_PROVIDER")))
        log.handle(slot_event(after(1), assessment("a", "SELF_CARE")))

        detail = show_conversation(engine, 1)

        assert [message.text for message in detail.messages] == [
            "first",
            "second",
            "third",
            "fourth",
        ]
        assert [stored.level for stored in detail.assessments] == ["SELF_CARE", "SEE_PROVIDER"]

    def test_an_unknown_conversation_is_named(self, engine: Engine) -> None:
        with pytest.raises(UnknownConversation, match="There is no conversation 5"):
            show_conversation(engine, 5)

    def test_results_cannot_be_changed(self, engine: Engine, log: ConversationLog) -> None:
        log.inbound("web-1", "web", "1", "a", NOON)
        (message,) = history(engine, "web-1")

        with pytest.raises(dataclasses.FrozenInstanceError):
            message.text = "b"  # type: ignore[misc]


class TestHistory:
    def test_it_spans_conversations_and_ends_with_the_latest(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        for number in range(5):
            log.inbound("web-1", "web", str(number), str(number), after(100 * number))
        log.inbound("web-2", "web", "1", "someone else", NOON)

        assert [message.text for message in history(engine, "web-1")] == list("01234")
        assert [message.text for message in history(engine, "web-1", limit=2)] == ["3", "4"]

    def test_it_may_begin_after_a_message_in_whatever_conversation(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        receipts = [
            log.inbound("web-1", "web", str(number), str(number), after(100 * number))
            for number in range(4)
        ]
        log.inbound("web-2", "web", "1", "someone else", after(1000))

        later = history(engine, "web-1", after=receipts[1].message_id)

        assert [message.text for message in later] == ["2", "3"]
        assert history(engine, "web-1", after=receipts[-1].message_id) == []

    def test_a_stranger_has_none(self, engine: Engine) -> None:
        assert history(engine, "web-nobody") == []


class TestReplay:
    def test_every_assessment_comes_once_whatever_the_batches(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        for number in range(7):
            log.handle(slot_event(after(number), assessment(str(number), "SELF_CARE")))

        for batch_size in (1, 3, 7, 100):
            found = [stored.at for stored in iter_assessments(engine, batch_size)]
            assert found == [after(number) for number in range(7)]

    def test_a_slow_reader_keeps_no_writer_waiting(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        log.handle(slot_event(NOON, assessment("0", "SELF_CARE")))
        replay = iter_assessments(engine, batch_size=1)
        next(replay)

        log.handle(slot_event(after(1), assessment("1", "SEE_PROVIDER")))

        assert [stored.level for stored in replay] == ["SEE_PROVIDER"]
