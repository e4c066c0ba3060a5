"""One way to run a turn: what every channel can rely on when it goes wrong."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage
from sqlalchemy.future import Engine

from backchat.assistant import turns
from backchat.assistant.safety_gate import SafetyGate
from backchat.assistant.turns import Handle, Incoming, Receipt, Turns
from backchat.assistant.wording import domain_responses
from backchat.clinical.episode import Episode
from backchat.consultation import shared
from backchat.records import migrate, queries
from backchat.records.engine import open_engine
from backchat.records.log import ConversationLog
from backchat.settings import Settings

RED_FLAG = "my crotch is numb"
NOW = datetime.now(UTC)
NewTurns = Callable[[Handle], Turns]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_environment(
        {
            "BACKCHAT_DATABASE_URL": f"sqlite:///{tmp_path}/records.sqlite3",
            "BACKCHAT_REGION": "GB",
        }
    )


@pytest.fixture
def engine(settings: Settings) -> Engine:
    engine = open_engine(settings.database_url)
    migrate.upgrade(engine)
    return engine


class Saved:
    """A tracker store in which every turn has been saved."""

    async def retrieve(self, sender: str) -> None:
        return None

    async def republish(self, sender: str, message_id: str) -> bool:
        return True


@pytest.fixture
def new_turns(engine: Engine, settings: Settings) -> NewTurns:
    shared().hear(Episode(), "the first message takes long", now=NOW)
    app: Any = SimpleNamespace(ctx=SimpleNamespace(agent=SimpleNamespace(tracker_store=Saved())))
    gate = SafetyGate(shared(), domain_responses())
    return lambda handle: Turns(app, handle, gate, engine, settings)


def said(text: str, message_id: str = "m1", sender: str = "web-1") -> Incoming:
    return Incoming(sender, "web", message_id, NOW, text)


async def breaks(message: UserMessage) -> None:
    raise RuntimeError("the model broke")


async def never_ends(message: UserMessage) -> None:
    await asyncio.Event().wait()


async def test_an_emergency_waits_for_nobody_elses_turn(
    new_turns: NewTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    reached: list[str] = []

    async def answers_emergencies(message: UserMessage) -> None:
        reached.append(message.text or "")
        if message.text != RED_FLAG:
            await never_ends(message)
        await message.output_channel.send_response("", {"text": "Go."})

    turn = new_turns(answers_emergencies)
    busy = asyncio.create_task(turn.answer(said("hello"), Receipt(1)))
    while not reached:
        await asyncio.sleep(0.01)
    outcome = await turn.answer(said(RED_FLAG, sender="web-2"), Receipt(2))
    assert [each["text"] for each in outcome.responses] == ["Go."]
    busy.cancel()


async def test_waiting_for_others_fails_no_turn(
    new_turns: NewTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turns, "AT_ONCE", 1)
    monkeypatch.setattr(turns, "TURN_SECONDS", 1.0)

    async def takes_its_time(message: UserMessage) -> None:
        await asyncio.sleep(0.4)
        await message.output_channel.send_response("", {"text": "I see."})

    turn = new_turns(takes_its_time)
    outcomes = await asyncio.gather(
        *(turn.answer(said("my back is stiff", sender=f"web-{n}"), Receipt(n)) for n in range(4))
    )
    assert not any(outcome.failed for outcome in outcomes)


async def test_whatever_the_log_raises_a_message_is_answered(
    new_turns: NewTurns, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(*_: Any, **__: Any) -> None:
        raise ValueError("A string literal cannot contain NUL (0x00) characters.")

    monkeypatch.setattr(ConversationLog, "inbound", refuses)
    turn = new_turns(breaks)
    receipt = await turn.receive(said(RED_FLAG))
    outcome = await turn.answer(said(RED_FLAG), receipt)
    assert receipt == Receipt()
    assert "999" in outcome.responses[0]["text"]


async def test_an_answer_in_place_of_a_failed_turn_is_logged_once_and_is_no_earlier_answer(
    new_turns: NewTurns, engine: Engine
) -> None:
    turn = new_turns(breaks)
    incoming = said("my back is stiff")
    for attempt in range(2):
        receipt = await turn.receive(incoming)
        assert receipt.duplicate is bool(attempt)
        assert await turn.earlier_answer(incoming, receipt) == []
        outcome = await turn.answer(incoming, receipt)
    logged = queries.history(engine, "web-1")
    assert [each.direction for each in logged] == ["in", "out"]
    assert logged[1].text == outcome.responses[0]["text"]


async def test_an_answer_that_was_logged_is_given_again(
    new_turns: NewTurns, engine: Engine
) -> None:
    turn = new_turns(never_ends)
    incoming = said("my back is stiff")
    await turn.receive(incoming)
    for number in range(2):
        ConversationLog(engine).outbound("web-1", f"{number}", None, NOW, event_key=f"{number}")
    receipt = await turn.receive(incoming)
    earlier = await turn.earlier_answer(incoming, receipt)
    assert [each.text for each in earlier] == ["0", "1"]
