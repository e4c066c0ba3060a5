"""A person on a messenger: what the platform posts for them, and what they are sent."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from fake_api import Call, FakeApi, Refusal
from sqlalchemy import select
from sqlalchemy.future import Engine
from visiting import ANSWERS, MOST_QUESTIONS_EVER

from backchat.assistant.courier import REMINDERS
from backchat.assistant.messenger import ACKNOWLEDGE_SECONDS
from backchat.records import queries
from backchat.records.engine import reading
from backchat.records.log import ConversationLog
from backchat.records.pushes import push
from backchat.records.tables import deliveries, people

PATIENCE_SECONDS = 60.0
SLOW_ANSWER_SECONDS = 15.0
_ASKS_CLOCK = "which of these cities"


def until(condition: Callable[[], Any], what: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(0.05)


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Return status and body."""
    request = urllib.request.Request(url, body, dict(headers), method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


class Clock:
    """The clock of a running bot; it runs on by itself, and can be turned forward."""

    def __init__(self, file: Path, moment: datetime) -> None:
        self._file = file
        self.turn_to(moment)

    @property
    def settings(self) -> dict[str, str]:
        return {"BACKCHAT_ENV": "test", "BACKCHAT_TEST_NOW": str(self._file)}

    def now(self) -> datetime:
        written = datetime.fromisoformat(self._file.read_text())
        return written + timedelta(seconds=time.time() - self._file.stat().st_mtime)

    def turn_to(self, moment: datetime) -> None:
        draft = self._file.with_suffix(".new")
        draft.write_text(moment.isoformat())
        draft.replace(self._file)

    def forward(self, **time_passed: float) -> None:
        self.turn_to(self.now() + timedelta(**time_passed))


@dataclass(frozen=True)
class Bot:
    """A running bot on every messenger."""

    address: str
    engine: Engine
    clock: Clock
    log: Path


@dataclass
class Answer:
    """What a person was sent in answer."""

    calls: list[Any]

    @property
    def text(self) -> str:
        return "\n".join(call.visible for call in self.calls)

    @property
    def titles(self) -> list[str]:
        return [title for call in self.calls for title in call.offers]

    @property
    def is_emergency(self) -> bool:
        return any(call.has_number_to_tap for call in self.calls)

    @property
    def question(self) -> Call | None:
        """The message with the open question, if the answer ends with one."""
        asked = [call for call in self.calls if _ASKS_CLOCK not in call.visible]
        if not asked:
            return None
        offers = set(asked[-1].offers.values())
        is_open = "10" in offers or not offers.isdisjoint(ANSWERS)
        return asked[-1] if is_open or asked[-1].visible.rstrip().endswith("?") else None


class MessengerUser(ABC):
    """One person in a private chat with the bot, or among others."""

    def __init__(self, bot: Bot, fake: FakeApi[Any]) -> None:
        self.bot = bot
        self.server = bot.address
        self.engine = bot.engine
        self.fake = fake

    @property
    @abstractmethod
    def sender_id(self) -> str:
        """The conversation, as the log names it."""

    @property
    @abstractmethod
    def place(self) -> Any:
        """Where they are, as the API names it."""

    @abstractmethod
    def sent(self) -> list[Any]:
        """Everything that the person was sent here."""

    @abstractmethod
    def post(self, posted: Any) -> int:
        """Have the platform post something; return the status."""

    @abstractmethod
    def message(self, *, text: str, **content: Any) -> Any:
        """What the platform posts for words."""

    @abstractmethod
    def edited(self, before: Any, text: str) -> Any:
        """What the platform posts when a message that it posted before was edited."""

    @abstractmethod
    def pressed(self, data: str, call: Any) -> Any:
        """What the platform posts when a button that sends this was pressed at a message."""

    @abstractmethod
    def command(self, text: str) -> Answer:
        """Give a command: its name, and what may follow."""

    @abstractmethod
    def was_told_it_is_past(self, pressing: Any) -> bool:
        """Whether the person was told that a button may not be pressed any more."""

    def say(self, text: str) -> Answer:
        return self.send(self.message(text=text))

    def press(self, title: str) -> Answer:
        """Press the latest button of that title."""
        return self.send(self.pressing(title))

    def pressing(self, title: str) -> Any:
        call = next(call for call in reversed(self.sent()) if title in call.offers)
        return self.pressed(call.offers[title], call)

    def send(self, posted: Any) -> Answer:
        """Have the platform post something, and wait for everything that is sent because of it."""
        return self.answer_to(lambda: self.post(posted))

    def answer_to(self, posting: Callable[[], int]) -> Answer:
        """Return what is sent because of something that is posted.

        Where it is acknowledged before it is answered, the answer is waited for a while; some
        things have none.
        """
        before, began = len(self.sent()), time.monotonic()
        assert posting() == 200
        if time.monotonic() - began >= ACKNOWLEDGE_SECONDS:
            patience = time.monotonic() + SLOW_ANSWER_SECONDS
            while len(self.sent()) == before and time.monotonic() < patience:
                time.sleep(0.1)
        self.wait_until_all_is_sent()
        return Answer(self.sent()[before:])

    def finish(self, answer: Answer) -> list[Answer]:
        """Answer what is asked like somebody who has nothing else; return the further answers."""
        answers: list[Answer] = []
        while (question := answer.question) and len(answers) < MOST_QUESTIONS_EVER:
            answer = self.say(_untroubled(question))
            answers.append(answer)
        return answers

    def meets(self, failure: Refusal | float, times: int = 1) -> None:
        """Have so many messages to this place refused, or answered so many seconds late."""
        self.fake.fail(self.place, times, failure)

    def wait_until_all_is_sent(self) -> None:
        until(lambda: "pending" not in self.deliveries(), "the deliveries")

    def let_time_pass_until_all_is_sent(self) -> None:
        """Turn the clock, as often as something has to wait for its next attempt."""

        def is_sent() -> bool:
            self.bot.clock.forward(seconds=2)
            return "pending" not in self.deliveries()

        until(is_sent, "the deliveries")

    def deliveries(self) -> list[str]:
        """The status of each delivery, in their order; reminders are left out."""
        return [row.status for row in self._deliveries() if not row.batch.startswith(REMINDERS)]

    def waits_until(self) -> datetime | None:
        """When what was refused is sent again, or None where nothing was refused."""
        waiting = (row for row in self._deliveries() if row.status == "pending" and row.attempts)
        return next((row.next_attempt_at for row in waiting), None)

    def reminders(self) -> list[tuple[datetime, str]]:
        """What the person will be reminded of, and when."""
        return [
            (row.next_attempt_at, row.message["text"])
            for row in self._deliveries()
            if row.batch.startswith(REMINDERS) and row.status == "pending"
        ]

    def logged(self, direction: str) -> list[str]:
        """What the log has of what the person said ("in"), or was told ("out")."""
        found = queries.history(self.engine, self.sender_id)
        return [each.text or "" for each in found if each.direction == direction]

    def whereabouts(self) -> tuple[str, str] | None:
        """The person's region and time zone, or None if nothing is held about them."""
        with reading(self.engine) as connection:
            person = connection.execute(
                people.select().where(people.c.sender_id == self.sender_id)
            ).one_or_none()
        return person and (person.region, person.timezone)

    def _deliveries(self) -> list[Any]:
        with reading(self.engine) as connection:
            return connection.execute(
                select(deliveries)
                .join(people, people.c.id == deliveries.c.person_id)
                .where(people.c.sender_id == self.sender_id)
                .order_by(deliveries.c.id)
            ).all()


def pushed_to(person: MessengerUser) -> str:
    """Push a message as the server does of its own accord, and return its words."""
    words = f"How is your back today? {uuid.uuid4().hex}"
    push(
        person.engine,
        ConversationLog(person.engine),
        person.sender_id,
        [{"text": words, "buttons": [{"title": "Better", "payload": "it is getting better"}]}],
        key=uuid.uuid4().hex,
        at=person.bot.clock.now(),
    )
    return words


def _untroubled(question: Call) -> str:
    """What somebody says who has nothing else."""
    offers = question.offers.values()
    known = (said for payload, said in ANSWERS.items() if payload in offers)
    if "10" in offers:
        return "3"
    return next(known, "35" if "old" in question.visible else "deadlifts")
