"""Counting what happened, and grouping what was not understood."""

from __future__ import annotations

import pytest
from record_events import NOON, after, assessment, bot_event, slot_event, user_event
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, erase_words, figures, flag_conversation, unclear
from backchat.records.figures import Figures, TimeToAnswer

NOT_UNDERSTOOD = {"metadata": {"utter_action": "utter_not_understood"}}


@pytest.fixture
def week(log: ConversationLog, engine: Engine) -> None:
    """1: a web emergency, flagged; 2: Slack, not understood; 3: a day later, unanswered."""
    log.inbound("web-1", "web", "1", "numb", NOON)
    log.handle(bot_event(after(0.1), "Go now."))
    log.handle(slot_event(after(0.1), assessment("a", "EMERGENCY_NOW", rules=["RF01", "SS3"])))
    log.handle(slot_event(after(0.2), {"advice": "stretches", "helpful": True}, name="rating"))
    flag_conversation(engine, 1)
    log.inbound("slack-1", "slack", "1", "blorp", after(5))
    log.handle(bot_event(after(5.2), "Pardon?", sender_id="slack-1", **NOT_UNDERSTOOD))
    log.inbound("web-1", "web", "2", "hello?", after(24 * 60))


def counted(engine: Engine, until: float = 10_000) -> Figures:
    return figures.collect(engine, NOON, after(until))


@pytest.mark.usefixtures("week")
class TestFigures:
    def test_totals(self, engine: Engine) -> None:
        found = counted(engine)

        assert (found.conversations, found.people, found.flagged) == (3, 2, 1)
        assert (found.said, found.answered) == (3, 2)
        assert (found.unanswered, found.not_understood) == (1, 1)

    def test_counts(self, engine: Engine) -> None:
        found = counted(engine)

        assert found.levels == {"none": 2, "EMERGENCY_NOW": 1}
        assert found.rules == {"RF01": 1, "SS3": 1}
        assert found.channels == {"web": 2, "slack": 1}
        assert found.days == {"2026-11-23": 2, "2026-11-24": 1}
        assert found.helpful == {"stretches: yes": 1}
        assert found.check_ins == {}

    def test_the_time_to_answer_is_that_of_the_answered(self, engine: Engine) -> None:
        found = counted(engine).time_to_answer

        assert found == TimeToAnswer(pytest.approx(9), pytest.approx(11.4), pytest.approx(11.94))

    def test_only_the_span_counts(self, engine: Engine) -> None:
        assert counted(engine, until=4).conversations == 1
        assert counted(engine, until=0) == figures.collect(engine, NOON, NOON)

    def test_it_tells_what_it_is_doing(self, engine: Engine) -> None:
        steps: list[str] = []
        figures.collect(engine, NOON, after(10), steps.append)
        assert "messages" in steps

    def test_erasing_words_changes_no_number(self, engine: Engine) -> None:
        before = counted(engine)
        erase_words(engine, after(10_000), after(10_000))
        assert counted(engine) == before


def test_of_nothing_there_is_nothing_to_count(engine: Engine) -> None:
    found = counted(engine)
    assert (found.conversations, found.unanswered, found.time_to_answer) == (0, 0, None)


class TestUnclear:
    def misunderstood(self, log: ConversationLog, number: int, text: str, intent: str) -> None:
        sender, at = f"web-{number}", after(number)
        parsed = {"intent": {"name": intent, "confidence": 0.3}, "entities": [], "text": text}
        log.handle(user_event(at, "1", text, sender_id=sender, parse_data=parsed))
        log.handle(bot_event(after(number + 0.1), "?", sender_id=sender, **NOT_UNDERSTOOD))

    def test_what_says_the_same_is_one_group_and_the_largest_comes_first(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        self.misunderstood(log, 1, "what about cupping", "ask_remedies")
        self.misunderstood(log, 2, "my gym?", "gibberish")
        self.misunderstood(log, 3, "Cupping, what about?!", "ask_remedies")
        log.inbound("web-9", "web", "1", "this was understood", NOON)

        groups = unclear.collect(engine, NOON, after(100))

        assert [(group.count, group.guess) for group in groups] == [
            (2, "ask_remedies"),
            (1, "gibberish"),
        ]
        assert groups[0].examples == ["what about cupping", "Cupping, what about?!"]
        assert groups[0].latest == after(3)

    def test_erased_words_and_other_times_are_left_out(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        self.misunderstood(log, 1, "blorp", "gibberish")

        assert unclear.collect(engine, after(2), after(100)) == []
        erase_words(engine, after(100), after(100))
        assert unclear.collect(engine, NOON, after(100)) == []
