"""How a full log answers: listing, showing, reporting and writing a turn, at 0 and 1,000,000.

Run with ``python -m benchmarks.million``; an empty PostgreSQL database may be named by its URL.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from statistics import quantiles
from typing import Any

from sqlalchemy import insert
from sqlalchemy.future import Engine

from backchat.records import ConversationLog, figures, migrate, open_engine, queries, unclear
from backchat.records.engine import writing
from backchat.records.privacy import delete_expired, erase_words
from backchat.records.tables import (
    assessments,
    conversation_rules,
    conversations,
    messages,
    people,
)
from benchmarks.report import progress, publish, table

MESSAGES = 1_000_000
PER_CONVERSATION = 10
PER_PERSON = 2
CHUNK = 2_000
FIRST_ID = 1_000_000_000
"""Far from the ids that the database gives to the turns."""
FIRST = datetime(2025, 11, 1, tzinfo=UTC)
APART = timedelta(minutes=5)
LAST = FIRST + APART * (MESSAGES // PER_CONVERSATION)
LEVELS = ("SELF_CARE", "SELF_CARE", "SEE_PROVIDER", None, "EMERGENCY_NOW")
RULES = {"SEE_PROVIDER": "SS3_OVER_TWO_DAYS", "EMERGENCY_NOW": "RF01_SADDLE"}
REPORT = {"turns": ["my lower back has been sore since the deadlifts on Friday"]}
TURNS = 200

Row = dict[str, Any]


def main() -> None:
    """Fill a database, and publish the times of the empty and of the full one."""
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[1] if len(sys.argv) > 1 else f"sqlite:///{folder}/records.sqlite3"
        engine = open_engine(url)
        migrate.upgrade(engine)
        progress("a turn with an empty log")
        empty = _turns(engine, FIRST - timedelta(days=400))
        started = time.perf_counter()
        _fill(engine)
        filled = time.perf_counter() - started
        rows = [("a turn with an empty log", f"{empty:,.1f}")]
        rows += [(what, f"{_milliseconds(run):,.1f}") for what, run in _tasks(engine)]
        kind = engine.dialect.name
        publish(
            f"million_{kind}",
            f"A log of {MESSAGES:,} messages on {kind}",
            "python -m benchmarks.million",
            f"Stored in {filled:.0f} s.\n\n" + table(("what", "milliseconds"), rows),
        )
        engine.dispose()


def _fill(engine: Engine) -> None:
    total = MESSAGES // PER_CONVERSATION
    for first in range(1, total + 1, CHUNK):
        numbers = range(first, first + CHUNK)
        with writing(engine) as connection:
            for target, rows in (
                (people, _people(numbers)),
                (conversations, map(_conversation, numbers)),
                (conversation_rules, _rules(numbers)),
                (messages, _messages(numbers)),
                (assessments, map(_assessment, numbers)),
            ):
                connection.execute(insert(target), list(rows))
        progress(f"{(first + CHUNK - 1) * PER_CONVERSATION:,} messages")


def _people(numbers: range) -> Iterator[Row]:
    for number in numbers:
        if number % PER_PERSON == 0:
            yield {
                "id": FIRST_ID + number,
                "sender_id": f"web-{number}",
                "channel": "web",
                "created_at": _began(number),
                "last_seen_at": _began(number),
                "consent": number % 3 == 0,
            }


def _conversation(number: int) -> Row:
    return {
        "id": FIRST_ID + number,
        "person_id": FIRST_ID + number + number % PER_PERSON,
        "channel": "web" if number % 4 else "slack",
        "started_at": _began(number),
        "last_message_at": _began(number),
        "level": _level(number),
        "flagged": number % 500 == 0,
        "erased_at": None if number % 3 == 0 else _began(number),
    }


def _rules(numbers: range) -> Iterator[Row]:
    for number in numbers:
        if rule := RULES.get(_level(number) or ""):
            yield {"conversation_id": FIRST_ID + number, "rule": rule}


def _messages(numbers: range) -> Iterator[Row]:
    for number in numbers:
        for position in range(PER_CONVERSATION):
            is_inbound = position % 2 == 0
            yield {
                "event_key": f"{number}-{position}",
                "conversation_id": FIRST_ID + number,
                "direction": "in" if is_inbound else "out",
                "author": "person" if is_inbound else "bot",
                "text": f"my lower back is sore, told for the {position}. time in {number}",
                "intent": "describe_soreness" if is_inbound else None,
                "confidence": 0.9 if is_inbound else None,
                "at": _began(number) + timedelta(seconds=position),
                "not_understood": is_inbound and (number * 7 + position) % 400 == 0,
            }


def _assessment(number: int) -> Row:
    return {
        "event_key": f"a{number}",
        "conversation_id": FIRST_ID + number,
        "at": _began(number),
        "level": _level(number),
        "borderline": False,
        "rules": [],
        "rule_levels": {},
        "report": REPORT,
        "reasons": [],
        "ask": [],
    }


def _began(number: int) -> datetime:
    return FIRST + APART * number


def _level(number: int) -> str | None:
    return LEVELS[number % len(LEVELS)]


def _tasks(engine: Engine) -> Iterator[tuple[str, Callable[[], object]]]:
    middle = MESSAGES // PER_CONVERSATION // 2
    month = LAST - timedelta(days=30)
    yield "a turn", lambda: _turns(engine, LAST + timedelta(days=1))
    yield "list", lambda: queries.list_conversations(engine)
    yield "list, one level", lambda: queries.list_conversations(engine, level="EMERGENCY_NOW")
    yield "list, one rule", lambda: queries.list_conversations(engine, rule="RF01_SADDLE")
    yield "list, one channel", lambda: queries.list_conversations(engine, channel="slack")
    yield "list, flagged", lambda: queries.list_conversations(engine, flagged=True)
    yield (
        "list, a day long ago",
        lambda: queries.list_conversations(engine, since=_began(9), until=_began(300)),
    )
    yield "show", lambda: queries.show_conversation(engine, FIRST_ID + middle)
    yield "a person's history", lambda: queries.history(engine, f"web-{middle}")
    yield "people", lambda: queries.list_people(engine)
    yield "report, 30 days", lambda: figures.collect(engine, month, LAST)
    yield "report, everything", lambda: figures.collect(engine, FIRST, LAST)
    yield "unclear, 30 days", lambda: unclear.collect(engine, month, LAST)
    yield "the janitor, nothing to do", lambda: _clean(engine)


def _turns(engine: Engine, at: datetime) -> float:
    """Write turns of one new person; return the milliseconds that the quickest tenth stays below.

    A turn is so short that other work on the machine would decide its median.
    """
    log = ConversationLog(engine)
    sender = f"web-bench-{at:%Y%m%d}"
    times = []
    for number in range(TURNS):
        moment = at + timedelta(seconds=number)
        started = time.perf_counter()
        log.inbound(sender, "web", str(number), "my lower back is sore", moment)
        bot = {"sender_id": sender, "event": "bot", "timestamp": moment.timestamp(), "text": "Ok."}
        log.handle(bot)
        queries.history(engine, sender, 30)
        times.append(time.perf_counter() - started)
    return quantiles(times, n=10)[0] * 1000


def _clean(engine: Engine) -> None:
    erase_words(engine, FIRST - timedelta(days=500), LAST)
    delete_expired(engine, FIRST - timedelta(days=500))


def _milliseconds(run: Callable[[], object]) -> float:
    """Run something once and take its time, or the time that it gives itself."""
    started = time.perf_counter()
    given = run()
    elapsed = (time.perf_counter() - started) * 1000
    return given if isinstance(given, float) else elapsed


if __name__ == "__main__":
    main()
