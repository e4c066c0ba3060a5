"""What a person may ask for, and what is erased without being asked."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from record_events import (
    NOON,
    WORDS,
    after,
    assessment,
    bot_event,
    slot_event,
    tell_everything,
    user_event,
)
from sqlalchemy import select
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    UnknownPerson,
    delete_expired,
    delete_person,
    deliveries,
    erase_words,
    export_person,
    history,
    list_conversations,
    open_engine,
    privacy,
    set_consent,
    show_conversation,
)
from backchat.records.tables import metadata

pytestmark = pytest.mark.filterwarnings("error")


def send_what_waits(engine: Engine, sender_id: str) -> None:
    outbox = deliveries.Outbox(engine, "web")
    waiting = outbox.claim(sender_id, after(1))
    assert waiting is not None
    outbox.sent(waiting.id, None, after(1))


class TestExport:
    def test_it_holds_every_row_about_the_person_and_no_one_else(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-2")
        tell_everything(engine, log, "web-1")

        exported = export_person(engine, "web-1")

        assert set(exported) == set(metadata.tables)
        assert {table: len(rows) for table, rows in exported.items()} == {
            "people": 1,
            "conversations": 1,
            "conversation_rules": 1,
            "messages": 2,
            "assessments": 1,
            "pain_scores": 1,
            "check_ins": 1,
            "ratings": 1,
            "places": 1,
            "deliveries": 1,
        }
        assert exported["people"][0]["sender_id"] == "web-1"
        assert exported["messages"][0]["at"] == "2026-11-23T12:00:00+00:00"
        assert "web-2" not in json.dumps(exported)

    def test_of_a_stranger_nothing_is_held(self, engine: Engine) -> None:
        assert not any(export_person(engine, "web-nobody").values())


class TestDeletion:
    def test_it_empties_every_table_of_the_person_and_counts(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        tell_everything(engine, log, "web-2")
        untouched = export_person(engine, "web-2")

        receipt = delete_person(engine, "web-1")

        assert set(receipt.deleted) == set(metadata.tables)
        assert min(receipt.deleted.values()) == 1
        assert receipt.total == 11
        assert not any(export_person(engine, "web-1").values())
        assert export_person(engine, "web-2") == untouched

    def test_the_words_are_gone_from_the_disk(
        self, engine: Engine, kept: Callable[[], bytes], log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        assert WORDS.encode() in kept()

        delete_person(engine, "web-1")

        assert WORDS.encode() not in kept()

    def test_it_may_be_asked_for_twice(self, engine: Engine, log: ConversationLog) -> None:
        tell_everything(engine, log, "web-1")
        delete_person(engine, "web-1")

        assert delete_person(engine, "web-1").total == 0

    def test_a_deleted_person_may_come_back_as_a_new_one(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        delete_person(engine, "web-1")

        assert not log.inbound("web-1", "web", "1", "hello", after(1)).duplicate


class TestErasingWords:
    def test_without_consent_the_words_go_and_the_counts_stay(
        self, engine: Engine, kept: Callable[[], bytes], log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        send_what_waits(engine, "web-1")

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == 1

        detail = show_conversation(engine, 1)
        assert [(m.text, m.payload, m.entities) for m in detail.messages] == [(None,) * 3] * 2
        assert detail.messages[0].intent == "describe_pain"
        (stored,) = detail.assessments
        assert (stored.report, stored.reasons) == (None, None)
        assert (stored.level, stored.rules) == ("SEE_PROVIDER", ("SS3_OVER_TWO_DAYS",))
        assert detail.pain_scores[0].score == 4
        assert WORDS.encode() not in kept()

    @pytest.mark.parametrize(("consent", "erased"), [(True, 0), (False, 1)])
    def test_consent_decides(
        self, consent: bool, erased: int, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        set_consent(engine, "web-1", consent)

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == erased

    def test_a_conversation_that_is_not_over_keeps_its_words(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")

        assert erase_words(engine, quiet_since=after(0.3), now=after(1)) == 0
        assert history(engine, "web-1")[0].text is not None

    def test_what_is_erased_once_is_not_erased_again(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        erase_words(engine, quiet_since=after(60), now=after(120))

        assert erase_words(engine, quiet_since=after(60), now=after(180)) == 0

    def test_a_late_message_is_erased_by_the_next_run(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        erase_words(engine, quiet_since=after(60), now=after(120))
        log.handle(bot_event(after(0.5), WORDS))

        assert erase_words(engine, quiet_since=after(60), now=after(180)) == 1
        assert {message.text for message in history(engine, "web-1")} == {None}

    def test_a_redelivered_event_does_not_bring_the_words_back(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        erase_words(engine, quiet_since=after(60), now=after(120))

        log.handle(user_event(after(0.1), "1", WORDS))

        message = history(engine, "web-1")[0]
        assert (message.text, message.entities) == (None, None)

    def test_more_people_than_one_transaction_takes(
        self, engine: Engine, log: ConversationLog, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(privacy, "BATCH", 5)
        for number in range(12):
            log.inbound(f"web-{number}", "web", "1", WORDS, NOON)

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == 12
        assert history(engine, "web-11")[0].text is None

    def test_consent_is_about_somebody(self, engine: Engine) -> None:
        with pytest.raises(UnknownPerson, match="web-nobody"):
            set_consent(engine, "web-nobody", True)


class TestUnder16:
    def test_nothing_of_the_conversation_stays_whatever_was_consented_to(
        self, engine: Engine, kept: Callable[[], bytes], log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        log.handle(slot_event(after(1), assessment("b", "SELF_CARE", under_16=True)))
        set_consent(engine, "web-1", True)

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == 1

        assert not any(export_person(engine, "web-1").values())
        assert WORDS.encode() not in kept()

    def test_while_they_talk_nothing_is_lost(self, engine: Engine, log: ConversationLog) -> None:
        tell_everything(engine, log, "web-1")
        log.handle(slot_event(after(1), assessment("b", "EMERGENCY_NOW", under_16=True)))

        assert erase_words(engine, quiet_since=after(1), now=after(1)) == 0
        assert list_conversations(engine)[0].level == "EMERGENCY_NOW"

    def test_somebody_who_turns_out_to_be_older_is_treated_like_everybody(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        log.handle(slot_event(after(1), assessment("b", "SELF_CARE", under_16=True)))
        log.handle(slot_event(after(2), assessment("c", "SELF_CARE", under_16=False)))

        erase_words(engine, quiet_since=after(60), now=after(120))

        assert len(list_conversations(engine)) == 1

    def test_the_persons_other_conversations_stay(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        set_consent(engine, "web-1", True)
        log.inbound("web-1", "web", "2", "my son is 12", after(500))
        log.handle(slot_event(after(501), assessment("b", "SELF_CARE", under_16=True)))

        assert erase_words(engine, quiet_since=after(600), now=after(700)) == 1
        assert [message.text for message in history(engine, "web-1")] == [
            f"my back, {WORDS}",
            f"You said {WORDS}.",
        ]


class TestForgettingElsewhere:
    def test_it_is_told_whose_words_go(self, engine: Engine, log: ConversationLog) -> None:
        for sender in ("web-1", "web-2", "web-3"):
            tell_everything(engine, log, sender)
        set_consent(engine, "web-2", True)
        log.inbound("web-3", "web", "2", "still here", after(100))
        told: list[str] = []

        erase_words(engine, after(60), after(120), told.extend)

        assert told == ["web-1"]

    def test_if_it_fails_the_next_run_does_all_of_it(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")

        def fail(senders: object) -> None:
            raise OSError

        with pytest.raises(OSError):
            erase_words(engine, after(60), after(120), fail)

        assert history(engine, "web-1")[0].text is not None
        assert erase_words(engine, after(60), after(120)) == 1

    def test_two_janitors_at_once_erase_everybody_once(
        self,
        engine: Engine,
        database_url: str,
        log: ConversationLog,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(privacy, "BATCH", 2)
        for number in range(50):
            log.inbound(f"web-{number}", "web", "1", WORDS, NOON)
        other = open_engine(database_url)
        told: list[str] = []

        with ThreadPoolExecutor(2) as pool:
            counts = list(
                pool.map(
                    lambda each: erase_words(each, after(60), after(120), told.extend),
                    [engine, other],
                )
            )
        other.dispose()

        assert sum(counts) == 50
        assert len(told) == len(set(told)) == 50

    def test_what_is_said_while_it_erases_is_kept(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        events: list[str] = []

        def say_something() -> None:
            log.inbound("web-1", "web", "2", "my crotch is numb", after(120))
            events.append("said")

        def forget(senders: object) -> None:
            pool.submit(say_something)
            time.sleep(0.3)
            events.append("forgotten")

        with ThreadPoolExecutor(1) as pool:
            erase_words(engine, after(60), after(120), forget)

        assert events == ["forgotten", "said"]
        assert history(engine, "web-1")[-1].text == "my crotch is numb"


class TestRetention:
    def test_old_conversations_go_with_the_people_who_have_no_other(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        tell_everything(engine, log, "web-2")
        send_what_waits(engine, "web-2")
        recent = log.inbound("web-2", "web", "2", "back again", after(5000)).conversation_id

        assert delete_expired(engine, before=after(4000)) == 2

        assert [summary.id for summary in list_conversations(engine)] == [recent]
        assert not any(export_person(engine, "web-1").values())
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                kept = ("people", "places", "conversations", "messages")
                expected = 1 if table.name in kept else 0
                assert len(connection.execute(select(table)).all()) == expected, table.name

    def test_nothing_expires_before_its_time(self, engine: Engine, log: ConversationLog) -> None:
        tell_everything(engine, log, "web-1")

        assert delete_expired(engine, before=after(0.3)) == 0
        assert len(history(engine, "web-1")) == 2
