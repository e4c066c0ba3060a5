"""The write path is killed in the middle: nothing acknowledged is lost, nothing is stored twice."""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from multiprocessing.connection import Connection
from typing import Any

from record_events import after, assessment, bot_event, slot_event, user_event
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, iter_assessments, open_engine
from backchat.records.tables import messages

KILLS = 50
LONGEST_LIFE_SECONDS = 0.15
SENDERS = ("web-1", "web-2", "telegram-3")

# A forked writer has everything imported already: it is writing when it is killed.
forking = multiprocessing.get_context("fork")


def turn(number: int) -> Iterator[Any]:
    """Yield what is written in one turn, in order, each as a function of the log."""
    sender, key, at = SENDERS[number % len(SENDERS)], f"m{number}", after(number / 100)
    yield lambda log: log.inbound(sender, sender.partition("-")[0], key, f"said {number}", at)
    for event in (
        user_event(at, key, f"said {number}", sender_id=sender),
        slot_event(at, assessment(f"a{number}", "SELF_CARE", pain=number % 11), sender_id=sender),
        bot_event(at, f"answered {number}", sender_id=sender),
    ):
        yield lambda log, event=event: log.handle(event)


def write_turns(url: str, first: int, acknowledge: Connection) -> None:
    """Write turns from a number on until killed; acknowledge each step when it is stored."""
    engine = open_engine(url)
    log = ConversationLog(engine, session_minutes=60)
    number = first
    while True:
        for step, write in enumerate(turn(number)):
            write(log)
            acknowledge.send((number, step))
        number += 1


def live_and_die(url: str, first: int, seconds: float) -> list[tuple[int, int]]:
    """Let a writer live for that long; return what it acknowledged."""
    receiver, sender = forking.Pipe(duplex=False)
    writer = forking.Process(target=write_turns, args=(url, first, sender))
    writer.start()
    sender.close()
    acknowledged = []
    end = time.monotonic() + seconds
    started = False
    while not started or time.monotonic() < end:
        if receiver.poll(0.001):
            acknowledged.append(receiver.recv())
            if not started:
                started, end = True, time.monotonic() + seconds
    writer.kill()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    while receiver.poll():
        try:
            acknowledged.append(receiver.recv())
        except EOFError:
            break
    return acknowledged


def texts(engine: Engine) -> Counter[str]:
    with engine.connect() as connection:
        return Counter(connection.execute(messages.select()).scalars(messages.c.text))


def test_killed_at_fifty_moments(engine: Engine, database_url: str) -> None:
    moments = random.Random(20261123)
    number = 0
    for _ in range(KILLS):
        lifetime = moments.uniform(0, LONGEST_LIFE_SECONDS)
        acknowledged = live_and_die(database_url, number, lifetime)
        stored = texts(engine)
        for turn_number, step in acknowledged:
            said = {0: f"said {turn_number}", 3: f"answered {turn_number}"}.get(step)
            assert said is None or stored[said] == 1
        number = max(turn_number for turn_number, _ in acknowledged)

    log = ConversationLog(engine, session_minutes=60)
    for again in range(number + 2):
        for write in turn(again):
            write(log)

    everything = {
        f"{what} {each}": 1 for each in range(number + 2) for what in ("said", "answered")
    }
    assert texts(engine) == everything
    assert sum(1 for _ in iter_assessments(engine)) == number + 2
