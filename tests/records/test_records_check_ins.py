"""Check-ins are planned, claimed by one server, and settled once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from record_events import NOON, after, assessment, slot_event
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, UnknownPerson, check_ins, open_engine

TWO_DAYS = 2880
LATER = after(TWO_DAYS)


def plan(engine: Engine, log: ConversationLog, sender_id: str = "web-1") -> None:
    log.inbound(sender_id, "web", "1", "my back", NOON, region="US", timezone="Europe/Berlin")
    check_ins.schedule(engine, sender_id, LATER)


def statuses(engine: Engine) -> list[str]:
    return [record.status for record in check_ins.listing(engine)]


def send_one(engine: Engine, now: datetime) -> None:
    due = check_ins.claim(engine, now)
    assert due is not None
    check_ins.done(engine, due.id, now)


def test_one_is_due_at_its_moment_and_not_before(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)

    assert check_ins.planned(engine, "web-1") == LATER
    assert check_ins.claim(engine, after(TWO_DAYS - 1)) is None
    due = check_ins.claim(engine, LATER)

    assert due is not None
    assert (due.sender_id, due.timezone, due.region) == ("web-1", "Europe/Berlin", "US")
    assert (due.due_at, due.attempts, due.unanswered) == (LATER, 1, 0)


def test_what_is_claimed_is_kept_from_others_until_it_is_settled(
    engine: Engine, log: ConversationLog
) -> None:
    plan(engine, log)
    due = check_ins.claim(engine, LATER)
    assert due is not None

    assert check_ins.claim(engine, after(TWO_DAYS + 4)) is None
    check_ins.done(engine, due.id, after(TWO_DAYS + 4))

    assert check_ins.claim(engine, after(2 * TWO_DAYS)) is None
    assert statuses(engine) == ["done"]


def test_the_claim_of_a_server_that_died_lapses(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)
    check_ins.claim(engine, LATER)

    again = check_ins.claim(engine, after(TWO_DAYS + 5))

    assert again is not None
    assert again.attempts == 2


def test_several_servers_say_each_one_once(
    engine: Engine, database_url: str, log: ConversationLog
) -> None:
    for number in range(20):
        plan(engine, log, f"web-{number}")
    servers = [open_engine(database_url) for _ in range(4)]

    def take_all(server: Engine) -> list[str]:
        taken = []
        while due := check_ins.claim(server, LATER):
            taken.append(due.sender_id)
            check_ins.done(server, due.id, LATER)
        return taken

    with ThreadPoolExecutor(4) as pool:
        taken = [sender for each in pool.map(take_all, servers) for sender in each]
    for server in servers:
        server.dispose()

    assert sorted(taken) == sorted(f"web-{number}" for number in range(20))


def test_a_new_plan_takes_the_place_of_the_old(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)
    check_ins.schedule(engine, "web-1", after(60))

    assert check_ins.planned(engine, "web-1") == after(60)
    assert statuses(engine) == ["cancelled", "pending"]


def test_another_can_be_planned_after_one_was_sent(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)
    send_one(engine, LATER)

    check_ins.schedule(engine, "web-1", after(2 * TWO_DAYS))

    assert check_ins.planned(engine, "web-1") == after(2 * TWO_DAYS)


def test_a_stranger_gets_none(engine: Engine) -> None:
    with pytest.raises(UnknownPerson):
        check_ins.schedule(engine, "web-nobody", LATER)
    assert check_ins.planned(engine, "web-nobody") is None
    assert check_ins.cancel(engine, "web-nobody") == 0


def test_stop_cancels_what_is_planned_and_nothing_of_others(
    engine: Engine, log: ConversationLog
) -> None:
    plan(engine, log, "web-1")
    plan(engine, log, "web-2")

    assert check_ins.cancel(engine, "web-1") == 1

    due = check_ins.claim(engine, LATER)
    assert due is not None
    assert due.sender_id == "web-2"
    assert check_ins.claim(engine, LATER) is None


def test_what_was_cancelled_while_it_was_claimed_stays_cancelled(
    engine: Engine, log: ConversationLog
) -> None:
    plan(engine, log)
    due = check_ins.claim(engine, LATER)
    assert due is not None
    check_ins.cancel(engine, "web-1")

    check_ins.try_again(engine, due.id, LATER, "OSError")

    assert statuses(engine) == ["cancelled"]


@pytest.mark.parametrize(
    ("level", "left"), [("EMERGENCY_NOW", "cancelled"), ("SEE_PROVIDER", "pending")]
)
def test_an_emergency_cancels_them(
    level: str, left: str, engine: Engine, log: ConversationLog
) -> None:
    plan(engine, log)

    log.handle(slot_event(after(5), assessment("a", level)))

    assert statuses(engine) == [left]


def test_those_sent_since_the_person_last_wrote_are_unanswered(
    engine: Engine, log: ConversationLog
) -> None:
    plan(engine, log)
    send_one(engine, LATER)
    log.outbound("web-1", "How is your back?", None, LATER, event_key="check-in")
    check_ins.schedule(engine, "web-1", after(2 * TWO_DAYS))

    second = check_ins.claim(engine, after(2 * TWO_DAYS))
    assert second is not None
    assert second.unanswered == 1
    check_ins.done(engine, second.id, after(2 * TWO_DAYS))

    log.inbound("web-1", "web", "2", "better", after(2 * TWO_DAYS + 1))
    check_ins.schedule(engine, "web-1", after(3 * TWO_DAYS))
    third = check_ins.claim(engine, after(3 * TWO_DAYS))
    assert third is not None
    assert third.unanswered == 0


def test_putting_off_is_no_failed_attempt(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)
    due = check_ins.claim(engine, LATER)
    assert due is not None
    check_ins.postpone(engine, due.id, after(TWO_DAYS + 60))

    assert check_ins.claim(engine, after(TWO_DAYS + 59)) is None
    again = check_ins.claim(engine, after(TWO_DAYS + 60))
    assert again is not None
    assert again.attempts == 1


def test_a_failure_is_listed_and_can_be_final(engine: Engine, log: ConversationLog) -> None:
    plan(engine, log)
    due = check_ins.claim(engine, LATER)
    assert due is not None
    check_ins.fail(engine, due.id, "OSError")

    (record,) = check_ins.listing(engine, status="failed")
    assert (record.error, record.attempts) == ("OSError", 1)
    assert check_ins.listing(engine, status="pending") == []
