"""What messengers are given to send is kept, in order, until it is settled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Any

import pytest
from record_events import NOON, after
from sqlalchemy import select
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, UnknownPerson, delete_person, export_person, history
from backchat.records import places as whereabouts
from backchat.records.deliveries import GIVES_WAY, LEASE, Outbox, listing, was_added
from backchat.records.engine import reading
from backchat.records.places import Whereabouts
from backchat.records.pushes import push
from backchat.records.tables import deliveries

PERSON = "telegram-1"
SECOND = timedelta(seconds=1)
EMERGENCY = {"text": "Call 911", "custom": {"card": {"type": "emergency"}}}


@pytest.fixture
def outbox(engine: Engine) -> Outbox:
    whereabouts.note(engine, PERSON, "telegram", {"chat_id": 1}, NOON)
    return Outbox(engine, "telegram")


def texts(*said: str) -> list[dict[str, Any]]:
    return [{"text": each} for each in said]


def sent_in_order(outbox: Outbox, now: datetime = NOON) -> list[str]:
    sent = []
    while delivery := outbox.claim(PERSON, now):
        sent.append(delivery.message["text"])
        outbox.sent(delivery.id, None, now)
    return sent


def statuses(engine: Engine) -> list[str]:
    with reading(engine) as connection:
        return list(connection.scalars(select(deliveries.c.status).order_by(deliveries.c.id)))


def test_messages_are_sent_in_the_order_in_which_they_came(outbox: Outbox) -> None:
    outbox.add(PERSON, texts("one", "two"), batch="a", at=NOON)
    outbox.add(PERSON, texts("three"), batch="b", at=NOON)
    assert sent_in_order(outbox) == ["one", "two", "three"]


def test_a_batch_is_taken_once(engine: Engine, outbox: Outbox) -> None:
    assert outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    assert not outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    assert was_added(engine, PERSON, "a")
    assert not was_added(engine, PERSON, "b")
    assert sent_in_order(outbox) == ["one"]


def test_to_somebody_without_a_place_nothing_can_be_sent(outbox: Outbox) -> None:
    with pytest.raises(UnknownPerson):
        outbox.add("telegram-2", texts("one"), batch="a", at=NOON)


def test_of_several_servers_one_sends(engine: Engine, outbox: Outbox) -> None:
    outbox.add(PERSON, texts("one", "two"), batch="a", at=NOON)
    other = Outbox(engine, "telegram")
    assert outbox.claim(PERSON, NOON)
    assert other.claim(PERSON, NOON) is None
    assert other.due(NOON) == [PERSON], "the second waits, but its turn has not come"


def test_what_a_dead_server_claimed_is_sent_by_another(outbox: Outbox) -> None:
    outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    assert outbox.claim(PERSON, NOON)
    assert sent_in_order(outbox, NOON + LEASE - SECOND) == []
    assert sent_in_order(outbox, NOON + LEASE) == ["one"]


def test_parts_that_arrived_are_not_sent_again(outbox: Outbox) -> None:
    outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    delivery = outbox.claim(PERSON, NOON)
    assert delivery
    outbox.part_sent(delivery.id, 1, None, NOON)
    outbox.try_again(delivery.id, 1, NOON + SECOND, "timeout")
    again = outbox.claim(PERSON, NOON + SECOND)
    assert again
    assert (again.parts_sent, again.attempts) == (1, 1)


class TestWaiting:
    def failing(self, outbox: Outbox, attempts: int) -> None:
        outbox.add(PERSON, texts("one", "one more"), batch="a", at=NOON)
        delivery = outbox.claim(PERSON, NOON)
        assert delivery
        outbox.try_again(delivery.id, attempts, after(60), "500")

    def test_later_messages_wait_behind_one_that_is_tried_again(self, outbox: Outbox) -> None:
        self.failing(outbox, attempts=1)
        outbox.add(PERSON, texts("two"), batch="b", at=NOON)
        assert sent_in_order(outbox) == []
        assert sent_in_order(outbox, after(60)) == ["one", "one more", "two"]

    def test_but_not_for_ever(self, outbox: Outbox) -> None:
        self.failing(outbox, attempts=GIVES_WAY)
        outbox.add(PERSON, texts("two"), batch="b", at=NOON)
        assert sent_in_order(outbox) == ["two"]

    def test_an_emergency_waits_for_none(self, outbox: Outbox) -> None:
        self.failing(outbox, attempts=1)
        outbox.add(PERSON, [EMERGENCY], batch="b", at=NOON)
        assert sent_in_order(outbox) == ["Call 911"]

    def test_a_reminder_keeps_nothing_waiting(self, outbox: Outbox) -> None:
        outbox.add(PERSON, texts("time is up"), batch="aside:t", at=NOON, due=after(10))
        outbox.add(PERSON, texts("one"), batch="a", at=NOON)
        assert sent_in_order(outbox) == ["one"]
        assert outbox.due(after(9)) == []
        assert sent_in_order(outbox, after(10)) == ["time is up"]

    def test_a_reminder_can_be_taken_back(self, engine: Engine, outbox: Outbox) -> None:
        outbox.add(PERSON, texts("time is up"), batch="aside:t", at=NOON, due=after(10))
        outbox.cancel(PERSON, "aside:t", NOON)
        assert sent_in_order(outbox, after(10)) == []
        assert statuses(engine) == ["cancelled"]


def test_somebody_who_blocked_us_gets_nothing_until_they_are_back(
    engine: Engine, outbox: Outbox
) -> None:
    outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    outbox.blocked(PERSON, NOON, "403")
    assert not outbox.add(PERSON, texts("two"), batch="b", at=NOON)
    assert statuses(engine) == ["blocked", "blocked"]

    whereabouts.note(engine, PERSON, "telegram", {"chat_id": 1}, after(1))
    assert outbox.add(PERSON, texts("three"), batch="c", at=after(1))
    assert sent_in_order(outbox, after(1)) == ["three"]


def test_nothing_slips_through_while_somebody_blocks_us(engine: Engine, outbox: Outbox) -> None:
    for minute in range(5):
        at = after(minute)
        whereabouts.note(engine, PERSON, "telegram", {"chat_id": 1}, at)
        with ThreadPoolExecutor(4) as pool:
            adding = [
                pool.submit(outbox.add, PERSON, texts("one"), batch=f"{minute}.{n}", at=at)
                for n in range(3)
            ]
            blocking = pool.submit(outbox.blocked, PERSON, at, "403")
        for each in (*adding, blocking):
            each.result()
        assert set(statuses(engine)) == {"blocked"}


@pytest.mark.parametrize("settle", ["sent", "failed", "blocked"])
def test_of_what_is_settled_no_word_is_kept(engine: Engine, outbox: Outbox, settle: str) -> None:
    outbox.add(PERSON, texts("unmistakable zebrafinch"), batch="a", at=NOON)
    delivery = outbox.claim(PERSON, NOON)
    assert delivery
    match settle:
        case "sent":
            outbox.sent(delivery.id, None, NOON)
        case "failed":
            outbox.failed(delivery.id, 12, NOON, "400")
        case "blocked":
            outbox.blocked(PERSON, NOON, "403")
    with reading(engine) as connection:
        row = connection.execute(select(deliveries)).one()
    assert (row.status, row.message) == (settle, None)
    assert "zebrafinch" not in str(row)


def test_operators_see_what_did_not_go_through(engine: Engine, outbox: Outbox) -> None:
    for batch in "abc":
        outbox.add(PERSON, texts(batch), batch=batch, at=NOON)
        delivery = outbox.claim(PERSON, NOON)
        assert delivery
        if batch == "a":
            outbox.sent(delivery.id, None, NOON)
        elif batch == "b":
            outbox.failed(delivery.id, 12, NOON, "400 Bad Request")
        else:
            outbox.try_again(delivery.id, 2, after(5), "500")
    assert [each.status for each in listing(engine)] == ["pending", "failed", "sent"]
    seen = [(each.batch, each.attempts, each.error) for each in listing(engine, failed=True)]
    assert seen == [("c", 2, "500"), ("b", 12, "400 Bad Request")]


def test_only_the_latest_question_is_open(outbox: Outbox) -> None:
    for number, batch in enumerate(["a", "b", "aside:clock"]):
        outbox.add(PERSON, texts(batch), batch=batch, at=NOON)
        delivery = outbox.claim(PERSON, NOON)
        assert delivery
        outbox.sent(delivery.id, f"message-{number}", NOON)
    open_at = [outbox.is_latest_question(PERSON, f"message-{number}") for number in range(4)]
    assert open_at == [False, True, False, False]


def test_it_is_exported_and_deleted_with_the_person(engine: Engine, outbox: Outbox) -> None:
    outbox.add(PERSON, texts("one"), batch="a", at=NOON)
    held = export_person(engine, PERSON)
    assert held["deliveries"][0]["message"] == {"text": "one"}
    assert held["places"][0]["place"] == {"chat_id": 1}

    deleted = delete_person(engine, PERSON).deleted
    assert (deleted["deliveries"], deleted["places"]) == (1, 1)
    assert statuses(engine) == []


class TestPushing:
    def test_a_push_is_logged_and_sent_once(
        self, engine: Engine, log: ConversationLog, outbox: Outbox
    ) -> None:
        for _ in range(2):
            push(engine, log, PERSON, texts("still sore?"), key="check-in-1", at=NOON)
        assert [message.text for message in history(engine, PERSON)] == ["still sore?"]
        assert sent_in_order(outbox) == ["still sore?"]

    def test_a_clinician_is_named_in_the_log(
        self, engine: Engine, log: ConversationLog, outbox: Outbox
    ) -> None:
        push(engine, log, PERSON, texts("Come in"), key="1", at=NOON, author="clinician")
        assert [message.author for message in history(engine, PERSON)] == ["clinician"]

    def test_a_page_fetches_it_from_the_log(self, engine: Engine, log: ConversationLog) -> None:
        push(engine, log, "web-1", texts("still sore?"), key="1", at=NOON)
        assert [message.text for message in history(engine, "web-1")] == ["still sore?"]
        assert listing(engine) == []


def test_what_a_person_tells_of_themselves_is_kept(engine: Engine, outbox: Outbox) -> None:
    whereabouts.set_whereabouts(engine, PERSON, Whereabouts("GB", "Europe/London"))
    whereabouts.set_whereabouts(engine, PERSON, Whereabouts(timezone="Europe/Lisbon"))
    known = whereabouts.note(engine, PERSON, "telegram", {"chat_id": 1}, NOON)
    assert known == Whereabouts("GB", "Europe/Lisbon")
