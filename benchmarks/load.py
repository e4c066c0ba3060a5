"""People who talk with a bot, one message after another, each of which is answered and timed."""

from __future__ import annotations

import asyncio
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles

import aiohttp

from benchmarks.processes import BenchmarkFailed
from benchmarks.talk import Conversation, Line

ANSWER_SECONDS = 60


class Person(ABC):
    """Somebody in one conversation with a bot.

    Args:
        session: Asks the bot's server.
    """

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def begin(self) -> None:
        """Do what comes before the first message."""
        return

    async def say(self, line: Line) -> float:
        """Say something and return after how many milliseconds it was answered.

        Raises:
            BenchmarkFailed: it was not answered, or not as it should be.
        """
        started = time.perf_counter()
        texts = await self._answers(line.text)
        spent = (time.perf_counter() - started) * 1000
        if not any(texts) or not any(line.expects in text for text in texts):
            raise BenchmarkFailed(f"{line.text!r} was answered with {texts!r}")
        return spent

    @abstractmethod
    async def _answers(self, text: str) -> list[str]:
        """Return the texts of the bot's answer."""


class RestPerson(Person):
    """Speaks through Rasa's REST channel."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        super().__init__(session)
        self._sender = uuid.uuid4().hex

    async def _answers(self, text: str) -> list[str]:
        body = {"sender": self._sender, "message": text}
        async with self._session.post("/webhooks/rest/webhook", json=body) as answer:
            answer.raise_for_status()
            return [each.get("text", "") for each in await answer.json()]


class WebPerson(Person):
    """Speaks through Backchat's web channel."""

    async def begin(self) -> None:
        """Get the token of a new visitor."""
        async with self._session.post("/chat/session") as answer:
            answer.raise_for_status()
            self._headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}

    async def _answers(self, text: str) -> list[str]:
        body = {"text": text, "region": "US", "timezone": "UTC", "id": uuid.uuid4().hex}
        async with self._session.post("/chat/message", json=body, headers=self._headers) as answer:
            answer.raise_for_status()
            return [each["text"] for each in (await answer.json())["messages"]]


NewPerson = Callable[[aiohttp.ClientSession], Person]


@dataclass(frozen=True)
class Load:
    """How people were answered.

    Attributes:
        answers: After how many milliseconds each message was answered.
        seconds: How long they talked.
    """

    answers: Sequence[float]
    seconds: float

    @property
    def median(self) -> float:
        """Milliseconds within which half of the messages were answered."""
        return median(self.answers)

    @property
    def late(self) -> float:
        """Milliseconds within which all but one message in a hundred were answered."""
        return quantiles(self.answers, n=100)[98]

    @property
    def per_second(self) -> float:
        """Messages answered in a second."""
        return len(self.answers) / self.seconds


def people_talk(
    address: str,
    new_person: NewPerson,
    conversations: Sequence[Conversation],
    people: int,
    seconds: float,
) -> Load:
    """Have people talk at the same time, each writing on as soon as they are answered.

    Each goes through the conversations in turn, as a new person each time, and begins with another
    one than the person before.
    """
    return asyncio.run(_talk(address, new_person, conversations, people, seconds))


def one_talks(address: str, new_person: NewPerson, lines: Iterable[Line]) -> Load:
    """Have one person say some lines."""
    return asyncio.run(_say_all(address, new_person, lines))


async def _talk(
    address: str,
    new_person: NewPerson,
    conversations: Sequence[Conversation],
    people: int,
    seconds: float,
) -> Load:
    answers: list[float] = []
    async with _session(address) as session:
        started = time.perf_counter()

        async def talk(first: int) -> None:
            number = first
            while time.perf_counter() - started < seconds:
                person = new_person(session)
                await person.begin()
                for line in conversations[number % len(conversations)]:
                    answers.append(await person.say(line))
                    if time.perf_counter() - started >= seconds:
                        return
                number += 1

        async with asyncio.TaskGroup() as crowd:
            for first in range(people):
                crowd.create_task(talk(first))
        return Load(answers, time.perf_counter() - started)


async def _say_all(address: str, new_person: NewPerson, lines: Iterable[Line]) -> Load:
    async with _session(address) as session:
        person = new_person(session)
        await person.begin()
        started = time.perf_counter()
        answers = [await person.say(line) for line in lines]
        return Load(answers, time.perf_counter() - started)


def _session(address: str) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        address,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=ANSWER_SECONDS),
    )
