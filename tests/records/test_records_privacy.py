"""What a person may ask for, and what is erased without being asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from record_events import NOON, after, assessment, bot_event, slot_event, user_event
from sqlalchemy import insert, select
from sqlalchemy.future import Engine

from backchat.records import (
    ConversationLog,
    UnknownPerson,
    delete_expired,
    delete_person,
    erase_words,
    export_person,
    history,
    list_conversations,
    set_consent,
    show_conversation,
)
from backchat.records.tables import check_ins, metadata, people

pytestmark = pytest.mark.filterwarnings("error")

WORDS = "telltale-words"


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


def bytes_on_disk(database_url: str) -> bytes:
    database = Path(database_url.removeprefix("sqlite:///"))
    return b"".join(path.read_bytes() for path in database.parent.glob(f"{database.name}*"))


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
        assert receipt.total == 8
        assert not any(export_person(engine, "web-1").values())
        assert export_person(engine, "web-2") == untouched

    def test_the_words_are_gone_from_the_disk(
        self, engine: Engine, database_url: str, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        assert WORDS.encode() in bytes_on_disk(database_url)

        delete_person(engine, "web-1")

        assert WORDS.encode() not in bytes_on_disk(database_url)

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
        self, engine: Engine, database_url: str, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == 1

        detail = show_conversation(engine, 1)
        assert [(m.text, m.payload, m.entities) for m in detail.messages] == [(None,) * 3] * 2
        assert detail.messages[0].intent == "describe_pain"
        (stored,) = detail.assessments
        assert (stored.report, stored.reasons) == (None, None)
        assert (stored.level, stored.rules) == ("SEE_PROVIDER", ("SS3_OVER_TWO_DAYS",))
        assert detail.pain_scores[0].score == 4
        assert WORDS.encode() not in bytes_on_disk(database_url)

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

    def test_more_conversations_than_one_statement_can_name(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        for number in range(502):
            log.inbound(f"web-{number}", "web", "1", WORDS, NOON)

        assert erase_words(engine, quiet_since=after(60), now=after(120)) == 502
        assert history(engine, "web-501")[0].text is None

    def test_consent_is_about_somebody(self, engine: Engine) -> None:
        with pytest.raises(UnknownPerson, match="web-nobody"):
            set_consent(engine, "web-nobody", True)


class TestRetention:
    def test_old_conversations_go_with_the_people_who_have_no_other(
        self, engine: Engine, log: ConversationLog
    ) -> None:
        tell_everything(engine, log, "web-1")
        tell_everything(engine, log, "web-2")
        recent = log.inbound("web-2", "web", "2", "back again", after(5000)).conversation_id

        assert delete_expired(engine, before=after(4000)) == 2

        assert [summary.id for summary in list_conversations(engine)] == [recent]
        assert not any(export_person(engine, "web-1").values())
        with engine.connect() as connection:
            for table in metadata.sorted_tables:
                expected = 1 if table.name in ("people", "conversations", "messages") else 0
                assert len(connection.execute(select(table)).all()) == expected, table.name

    def test_nothing_expires_before_its_time(self, engine: Engine, log: ConversationLog) -> None:
        tell_everything(engine, log, "web-1")

        assert delete_expired(engine, before=after(0.3)) == 0
        assert len(history(engine, "web-1")) == 2
