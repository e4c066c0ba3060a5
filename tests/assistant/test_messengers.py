"""What Slack and Telegram have in common: turns in order, answers sent until they arrive."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy import update
from sqlalchemy.future import Engine

from backchat.assistant import clocks, courier, messenger
from backchat.assistant.courier import REMINDERS, Blocked, Courier, Refused, TryLater
from backchat.assistant.lanes import Lanes
from backchat.assistant.messenger import Messenger, NotNow
from backchat.assistant.offers import is_answer, reference
from backchat.assistant.portable import Button
from backchat.assistant.said import ERASE, Said
from backchat.clinical.episode import Episode
from backchat.consultation import shared
from backchat.records import migrate, places, queries
from backchat.records.deliveries import listing
from backchat.records.engine import open_engine, writing
from backchat.records.log import ConversationLog
from backchat.records.tables import messages
from backchat.settings import Settings

PERSON = "telegram-1"
PLACE = {"chat_id": 1}


@dataclass
class Carrier:
    """Carries messages as texts; fails as it is told."""

    sent: list[str] = field(default_factory=list)
    failures: list[Exception] = field(default_factory=list)

    def parts(self, response: Mapping[str, Any]) -> list[str]:
        return response["text"].split("|")

    async def send(self, place: Mapping[str, Any], part: str) -> str | None:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append(part)
        return f"id-{part}"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {
            "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
            "BACKCHAT_TRACKER_URL": f"sqlite:///{tmp_path}/tracker.sqlite3",
            "BACKCHAT_REGION": "US",
        }
    )


@pytest.fixture
def engine(settings: Settings) -> Engine:
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    return engine


async def test_what_has_the_same_key_runs_in_the_order_of_arrival() -> None:
    lanes, done = Lanes(at_once=2), []

    async def work(key: str, number: int) -> None:
        async with lanes.turn(key):
            await asyncio.sleep(0.01 / (number + 1))
            done.append((key, number))

    await asyncio.gather(*(work(key, number) for number in range(5) for key in "ab"))
    for key in "ab":
        assert [number for each, number in done if each == key] == list(range(5))


async def test_no_more_runs_at_once_than_there_are_slots() -> None:
    lanes, running, most = Lanes(at_once=3), 0, 0

    async def work(key: str) -> None:
        nonlocal running, most
        async with lanes.turn(key):
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.01)
            running -= 1

    await asyncio.gather(*(work(str(number)) for number in range(10)))
    assert most == 3


class TestTheCourier:
    @pytest.fixture
    def carrier(self) -> Carrier:
        return Carrier()

    @pytest.fixture
    def courier(self, engine: Engine, carrier: Carrier) -> Courier:
        places.note(engine, PERSON, "telegram", PLACE, datetime.now(UTC))
        return Courier(engine, "telegram", carrier, ConversationLog(engine))

    async def say(self, courier: Courier, *texts: str, batch: str = "a") -> None:
        assert await courier.keep(PERSON, [{"text": text} for text in texts], batch)
        await courier.flush(PERSON)

    async def test_it_sends_everything_once(self, courier: Courier, carrier: Carrier) -> None:
        for _ in range(2):
            await self.say(courier, "one|two", "three")
        assert carrier.sent == ["one", "two", "three"]

    async def test_a_reminder_is_in_the_log_once_it_has_arrived_and_not_before(
        self, engine: Engine, courier: Courier, carrier: Carrier
    ) -> None:
        soon = datetime.now(UTC) + timedelta(seconds=0.1)
        await courier.keep(PERSON, [{"text": "look"}], f"{REMINDERS}1", due=soon)
        await courier.flush(PERSON)
        assert queries.history(engine, PERSON) == []
        while not carrier.sent:
            await courier.flush(PERSON)
        assert [each.text for each in queries.history(engine, PERSON)] == ["look"]

    async def test_two_servers_send_everything_once(
        self, engine: Engine, courier: Courier, carrier: Carrier
    ) -> None:
        other = Courier(engine, "telegram", carrier, ConversationLog(engine))
        await courier.keep(PERSON, [{"text": str(number)} for number in range(10)], "a")
        while listing(engine)[0].status != "sent":
            await asyncio.gather(courier.flush(PERSON), other.flush(PERSON))
        assert carrier.sent == [str(number) for number in range(10)]

    async def test_what_failed_is_sent_by_the_next_server_from_the_part_that_failed(
        self, engine: Engine, courier: Courier, carrier: Carrier
    ) -> None:
        await courier.keep(PERSON, [{"text": "one|two"}], "a")
        carrier.failures = []
        original = carrier.send

        async def fail_second(place: Mapping[str, Any], part: str) -> str | None:
            if part == "two" and carrier.send is not original:
                carrier.send = original  # type: ignore[method-assign]
                raise TryLater("timeout", 0.01)
            return await original(place, part)

        carrier.send = fail_second  # type: ignore[method-assign]
        await courier.flush(PERSON)
        assert carrier.sent == ["one"]
        await asyncio.sleep(0.05)
        await Courier(engine, "telegram", carrier, ConversationLog(engine)).flush(PERSON)
        assert carrier.sent == ["one", "two"]

    async def test_it_gives_up_after_many_attempts(
        self, engine: Engine, courier: Courier, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("backchat.assistant.courier.MOST_ATTEMPTS", 3)
        carrier.failures = [TryLater("500", 0.001) for _ in range(3)]
        await self.say(courier, "one")
        for _ in range(5):
            await asyncio.sleep(0.01)
            await courier.flush(PERSON)
        [given_up] = listing(engine)
        assert (given_up.status, given_up.attempts, given_up.error) == ("failed", 3, "500")

    async def test_what_is_refused_does_not_hold_up_the_rest(
        self, engine: Engine, courier: Courier, carrier: Carrier
    ) -> None:
        carrier.failures = [Refused("400"), ValueError("the words")]
        await self.say(courier, "one", "two", "three")
        assert carrier.sent == ["three"]
        errors = [each.error for each in listing(engine, failed=True)]
        assert errors == ["ValueError", "400"], "no words, not even in an error"

    async def test_somebody_who_blocked_us_is_left_alone(
        self, engine: Engine, courier: Courier, carrier: Carrier
    ) -> None:
        carrier.failures = [Blocked("403")]
        await self.say(courier, "one", "two")
        await self.say(courier, "three", batch="b")
        assert carrier.sent == []
        assert {each.status for each in listing(engine)} == {"blocked"}

    def test_the_waits_grow_but_not_beyond_half_an_hour(self) -> None:
        waits = [min(2.0**n, courier.LONGEST_WAIT_SECONDS) for n in range(1, courier.MOST_ATTEMPTS)]
        assert waits == sorted(waits)
        assert waits[-1] == 1800


class Locks:
    """A lock for each sender; it says who was locked."""

    def __init__(self) -> None:
        self.locked: list[str] = []

    @asynccontextmanager
    async def lock(self, sender: str) -> AsyncIterator[None]:
        self.locked.append(sender)
        yield


@dataclass
class Server:
    """A messenger on a server whose bot repeats what it hears."""

    messenger: Messenger
    carrier: Carrier
    turns: list[str] = field(default_factory=list)
    locks: Locks = field(default_factory=Locks)
    waits: float = 0.0
    breaks: bool = False

    async def handle(self, message: UserMessage) -> None:
        self.turns.append(message.text)
        await asyncio.sleep(self.waits)
        if self.breaks:
            raise RuntimeError("the model broke")
        await message.output_channel.send_response("", {"text": f"echo {message.text}"})


class NoTracker:
    async def retrieve(self, sender: str) -> None:
        return None

    async def republish(self, sender: str, message_id: str) -> bool:
        return False


@pytest.fixture
async def new_server(settings: Settings, engine: Engine) -> AsyncIterator[Callable[[], Server]]:
    servers: list[Server] = []
    shared().hear(Episode(), "the first message takes long", now=datetime.now(UTC))

    def make() -> Server:
        carrier = Carrier()
        server = Server(Messenger("telegram", carrier, settings), carrier)
        agent = SimpleNamespace(tracker_store=NoTracker(), lock_store=server.locks)
        app = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
        server.messenger.connect(app, server.handle)
        servers.append(server)
        return server

    yield make
    for server in servers:
        await server.messenger.disconnect()


def said(text: str, message_id: str, **what: Any) -> Said:
    return Said(PERSON, PLACE, message_id, text=text, timezone="UTC", region="US", **what)


async def settled(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.02)
    pytest.fail("nothing happened")


class TestTheMessenger:
    async def test_a_message_that_comes_again_to_another_server_is_answered_once(
        self, new_server: Callable[[], Server]
    ) -> None:
        first, second = new_server(), new_server()
        await first.messenger.take(said("hi", "m1"))
        await second.messenger.take(said("hi", "m1"))
        await settled(lambda: bool(first.carrier.sent))
        assert (first.turns, second.turns) == (["hi"], [])
        assert first.carrier.sent + second.carrier.sent == ["echo hi"]

    async def test_while_another_server_may_be_at_it_the_platform_has_to_wait(
        self, new_server: Callable[[], Server]
    ) -> None:
        first, second = new_server(), new_server()
        first.waits = 1.0
        answering = asyncio.create_task(first.messenger.take(said("hi", "m1")))
        await settled(lambda: bool(first.turns))
        with pytest.raises(NotNow):
            await second.messenger.take(said("hi", "m1"))
        await answering
        await second.messenger.take(said("hi", "m1"))
        assert second.turns == []

    async def test_what_a_server_left_unanswered_is_answered_when_it_comes_again(
        self,
        new_server: Callable[[], Server],
        engine: Engine,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        dead, living = new_server(), new_server()
        dead.waits = 30
        taking = asyncio.create_task(dead.messenger.take(said("hi", "m1")))
        await settled(lambda: bool(dead.turns))
        monkeypatch.setattr(messenger, "STOP_SECONDS", 0)
        await dead.messenger.disconnect()
        taking.cancel()
        an_hour_ago = datetime.now(UTC) - timedelta(hours=1)
        with writing(engine) as connection:
            connection.execute(update(messages).values(at=an_hour_ago))

        await living.messenger.take(said("hi", "m1"))
        await settled(lambda: living.carrier.sent == ["echo hi"])

    async def test_messages_of_one_person_are_answered_in_their_order(
        self, new_server: Callable[[], Server]
    ) -> None:
        server = new_server()
        server.waits = 0.02
        await asyncio.gather(
            *(server.messenger.take(said(str(number), f"m{number}")) for number in range(10))
        )
        await settled(lambda: len(server.carrier.sent) == 10)
        assert server.carrier.sent == [f"echo {number}" for number in range(10)]

    async def test_without_a_database_an_emergency_is_still_answered(
        self, new_server: Callable[[], Server], engine: Engine
    ) -> None:
        server = new_server()
        with writing(engine) as connection:
            connection.exec_driver_sql("ALTER TABLE people RENAME TO lost")
        await server.messenger.take(said("my crotch is numb", "m1"))
        await settled(lambda: bool(server.carrier.sent))
        assert server.carrier.sent[0].startswith("**Go to an emergency department now")

    async def test_a_slow_answer_is_acknowledged_in_time(
        self, new_server: Callable[[], Server], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(messenger, "ACKNOWLEDGE_SECONDS", 0.05)
        server = new_server()
        server.waits = 0.5
        await server.messenger.take(said("hi", "m1"))
        assert server.carrier.sent == []
        await settled(lambda: server.carrier.sent == ["echo hi"])

    async def test_what_is_answered_without_a_turn_is_in_the_log_too(
        self, new_server: Callable[[], Server], engine: Engine
    ) -> None:
        server = new_server()
        await server.messenger.take(said("/help", "m1", reply="utter_commands"))
        logged = queries.history(engine, PERSON)
        assert [message.direction for message in logged] == ["in", "out"]
        assert server.turns == []

    @pytest.mark.parametrize("words", ["my back is stiff", "my crotch is numb"])
    async def test_what_is_answered_in_place_of_a_failed_turn_is_in_the_log_as_it_was_sent(
        self, new_server: Callable[[], Server], engine: Engine, words: str
    ) -> None:
        server = new_server()
        server.breaks = True
        await server.messenger.take(said(words, "m1"))
        await settled(lambda: bool(server.carrier.sent))
        _, answer = queries.history(engine, PERSON)
        assert (answer.direction, answer.author) == ("out", "bot")
        assert server.carrier.sent == [answer.text]

    @pytest.mark.parametrize(
        "command", [{"reply": "utter_commands"}, {"button": Button("/timezone", "#clock my back")}]
    )
    async def test_danger_signs_behind_a_command_are_answered_as_words(
        self, new_server: Callable[[], Server], command: dict[str, Any]
    ) -> None:
        server = new_server()
        await server.messenger.take(said("/help my crotch is numb", "m1", **command))
        assert server.turns == ["help my crotch is numb"]
        await server.messenger.take(said("/help me", "m2", **command))
        assert len(server.turns) == 1

    async def test_an_erasure_waits_for_the_turn_that_runs_and_keeps_no_word_of_itself(
        self, new_server: Callable[[], Server], engine: Engine
    ) -> None:
        server = new_server()
        server.waits = 0.2
        turn = asyncio.create_task(server.messenger.take(said("my back is stiff", "m1")))
        await settled(lambda: bool(server.turns))
        erase = Button("Yes, erase everything", ERASE)
        await server.messenger.take(Said(PERSON, PLACE, "m2", button=erase, timezone="UTC"))
        await turn
        assert server.locks.locked == [PERSON]
        assert queries.history(engine, PERSON) == []
        assert server.carrier.sent[-1].startswith("Done: everything")

    async def test_only_what_was_offered_can_be_pressed(
        self, new_server: Callable[[], Server]
    ) -> None:
        pressed = new_server().messenger.pressed
        assert await pressed(PERSON, "/ask_stretches", "1") == Button(
            "Show me the stretches", "/ask_stretches"
        )
        assert await pressed(PERSON, reference("/ask_stretches"), "1")
        assert await pressed(PERSON, "/restart", "1") is None
        assert await pressed(PERSON, "/deny", "1") is None, "no question is open"


@pytest.mark.parametrize(
    ("payload", "answers"),
    [
        ("/deny", True),
        ("yesterday", True),
        ('/after_stretching{"trend":"better"}', True),
        ("/ask_stretches", False),
        ("#clock London", False),
        ('/report_hurts{"stretch":"cat_cow"}', False),
    ],
)
def test_which_buttons_answer_the_question_above_them(payload: str, answers: bool) -> None:
    assert is_answer(payload) is answers


@pytest.mark.parametrize(
    ("name", "zone", "region"),
    [
        ("london", "Europe/London", "GB"),
        ("New York", "America/New_York", "US"),
        ("sao paulo", "America/Sao_Paulo", "BR"),
        ("São Paulo", "America/Sao_Paulo", "BR"),
        ("Europe/Berlin", "Europe/Berlin", "DE"),
        ("ireland", "Europe/Dublin", "IE"),
    ],
)
def test_a_clock_is_found_by_city_country_or_name(name: str, zone: str, region: str) -> None:
    found = clocks.find(name)
    assert found is not None
    assert (found.timezone, found.region) == (zone, region)


def test_a_place_without_a_clock_of_its_own_is_not_guessed() -> None:
    assert [clocks.find(name) for name in ("Atlantis", "", "United States")] == [None] * 3
