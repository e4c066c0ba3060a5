"""The tracker store: saved first and logged second, lost and found again, erased for good."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from rasa.core.brokers.broker import EventBroker
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.future import Engine

from backchat.assistant.conversation_broker import ConversationBroker
from backchat.assistant.tracker_store import SESSION_MESSAGES, BackchatTrackerStore
from backchat.records import ConversationLog, history, migrate, open_engine
from backchat.records.personal_data import PersonalData

SENDER = "web-1"
SLOTS = """
version: "3.1"
slots:
  episode: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  assessment: {type: any, influence_conversation: false, mappings: [{type: custom}]}
  erase_me: {type: bool, influence_conversation: false, mappings: [{type: custom}]}
"""
EPISODE = {"standing": ["RF01_SADDLE"]}
ASSESSMENT = {"id": "a", "level": "EMERGENCY_NOW", "report": EPISODE, "rules": ["RF01_SADDLE"]}


@cache
def domain() -> Domain:
    """Three slots; Rasa warns of any, whatever they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Domain.from_yaml(SLOTS)


class DeadBroker(EventBroker):
    """A process that ends after a turn was saved and before it was logged."""

    def publish(self, event: dict[str, Any]) -> None:
        if event["event"] == "user":
            raise SystemExit

    @classmethod
    async def from_endpoint_config(cls, *_: Any) -> DeadBroker:
        return cls()


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    url = f"sqlite:///{tmp_path}/records.sqlite3"
    monkeypatch.setenv("BACKCHAT_DATABASE_URL", url)
    monkeypatch.setenv("BACKCHAT_TRACKER_URL", f"sqlite:///{tmp_path}/tracker.sqlite3")
    engine = open_engine(url)
    migrate.upgrade(engine)
    yield engine
    engine.dispose()


def store_with(broker: EventBroker) -> BackchatTrackerStore:
    return BackchatTrackerStore(domain=domain(), event_broker=broker)


@pytest.fixture
def store(engine: Engine) -> BackchatTrackerStore:
    return store_with(ConversationBroker(ConversationLog(engine)))


async def take_turn(store: BackchatTrackerStore, message_id: str, *more: Any) -> None:
    tracker = await store.get_or_create_tracker(SENDER)
    for event in (
        UserUttered("my crotch is numb", message_id=message_id, input_channel="web"),
        SlotSet("episode", EPISODE),
        SlotSet("assessment", ASSESSMENT),
        *more,
        BotUttered("Go now."),
    ):
        tracker.update(event, domain())
    await store.save(tracker)


def said(engine: Engine) -> list[str | None]:
    return [message.text for message in history(engine, SENDER)]


async def test_a_turn_that_was_saved_and_not_logged_is_logged_when_it_is_asked_for(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    with pytest.raises(SystemExit):
        await take_turn(store_with(DeadBroker()), "m1")
    assert said(engine) == []

    assert await store.republish(SENDER, "m1")

    assert said(engine) == ["my crotch is numb", "Go now."]


async def test_logging_it_again_changes_nothing(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    await take_turn(store, "m1")
    await take_turn(store, "m2")
    before = said(engine)

    assert await store.republish(SENDER, "m1")

    assert said(engine) == before
    assert len(before) == 4


async def test_a_turn_that_was_never_saved_is_to_be_run(store: BackchatTrackerStore) -> None:
    assert not await store.republish(SENDER, "m1")
    await take_turn(store, "m1")
    assert not await store.republish(SENDER, "m2")


async def test_a_lost_dialogue_still_knows_the_episode(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    await take_turn(store, "m1")
    await store.delete(SENDER)

    tracker = await store.get_or_create_tracker(SENDER)
    assert tracker.get_slot("episode") == EPISODE

    tracker.update(UserUttered("hello", message_id="m2"), domain())
    await store.save(tracker)
    again = await store.retrieve(SENDER)
    assert again is not None
    assert again.get_slot("episode") == EPISODE


async def test_a_stranger_has_no_dialogue(store: BackchatTrackerStore) -> None:
    assert await store.retrieve("web-nobody") is None


async def test_what_a_person_confirmed_to_be_erased_is_gone_when_the_turn_is_over(
    engine: Engine, store: BackchatTrackerStore, tmp_path: Path
) -> None:
    await take_turn(store, "m1")
    await take_turn(store, "m2", SlotSet("erase_me", True))

    assert await store.retrieve(SENDER) is None
    held = PersonalData(engine, store.engine).export(SENDER)
    assert not any(held.values())
    for file in tmp_path.iterdir():
        assert b"crotch" not in file.read_bytes(), file


async def test_who_was_erased_is_a_stranger(engine: Engine, store: BackchatTrackerStore) -> None:
    await take_turn(store, "m1", SlotSet("erase_me", True))

    tracker: DialogueStateTracker = await store.get_or_create_tracker(SENDER)

    assert tracker.get_slot("episode") is None
    assert not tracker.get_slot("erase_me")


async def test_a_long_conversation_costs_no_more_than_a_short_one_and_forgets_nothing(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    loaded = []
    for number in range(5 * SESSION_MESSAGES):
        tracker = await store.get_or_create_tracker(SENDER)
        loaded.append(len(tracker.events))
        assert (tracker.get_slot("episode") == EPISODE) is (number > 0)
        await take_turn(store, f"m{number}")
    assert max(loaded) == max(loaded[: 2 * SESSION_MESSAGES])
    whole = await store.retrieve_full_tracker(SENDER)
    assert whole is not None
    said_to_rasa = [event for event in whole.events if isinstance(event, UserUttered)]
    assert len(said_to_rasa) == 5 * SESSION_MESSAGES
    assert len(said(engine)) == 2 * 5 * SESSION_MESSAGES


async def test_what_one_turn_told_the_log_is_not_told_again_in_the_next_session(
    store: BackchatTrackerStore,
) -> None:
    for number in range(SESSION_MESSAGES):
        await take_turn(store, f"m{number}")
    tracker = await store.retrieve(SENDER)
    assert tracker is not None
    assert tracker.get_slot("episode") == EPISODE
    assert tracker.get_slot("assessment") is None


async def test_a_turn_of_an_earlier_session_can_be_logged_again(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    for number in range(SESSION_MESSAGES + 2):
        await take_turn(store, f"m{number}")
    before = said(engine)
    assert await store.republish(SENDER, f"m{SESSION_MESSAGES - 1}")
    assert said(engine) == before


async def test_a_session_is_found_whatever_the_clock_of_the_server_that_began_it(
    store: BackchatTrackerStore,
) -> None:
    tracker = await store.get_or_create_tracker(SENDER)
    for event in (SessionStarted(timestamp=2e9), UserUttered("hi", message_id="m1")):
        tracker.update(event, domain())
    await store.save(tracker)
    again = await store.retrieve(SENDER)
    assert again is not None
    assert [type(event) for event in again.events] == [SessionStarted, UserUttered]


async def test_an_event_that_cannot_be_logged_keeps_no_other_of_its_turn_from_it(
    engine: Engine, store: BackchatTrackerStore
) -> None:
    await take_turn(store, "m1", SlotSet("assessment", "no dictionary"))
    assert said(engine) == ["my crotch is numb", "Go now."]


def test_tables_are_made_once_by_servers_and_threads_that_begin_together(
    store: BackchatTrackerStore,
) -> None:
    with ThreadPoolExecutor(8) as pool:
        for _ in range(10):
            store.Base.metadata.drop_all(store.engine)
            store._has_tables = False
            for made in [pool.submit(store.make_tables) for _ in range(8)]:
                made.result()
