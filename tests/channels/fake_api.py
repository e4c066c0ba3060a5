"""What the stand-ins for the messengers' APIs have in common: a server, its calls, its failures."""

from __future__ import annotations

import asyncio
import itertools
import threading
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from aiohttp import web

Fields = Mapping[str, Mapping[str, bool]]
"""Methods, their fields, and whether each field is required."""


class Refusal(Exception):
    """An answer that takes no call: its status, body and headers."""

    def __init__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body
        self.headers = headers or {}


@dataclass
class Call(ABC):
    """One call that was taken."""

    method: str
    fields: dict[str, Any]

    @property
    @abstractmethod
    def visible(self) -> str:
        """What a person reads of it."""

    @property
    @abstractmethod
    def offers(self) -> dict[str, str]:
        """What its buttons send, by their titles."""

    @property
    @abstractmethod
    def has_number_to_tap(self) -> bool:
        """Whether a tap calls somebody."""


C = TypeVar("C", bound=Call)


class FakeApi(ABC, Generic[C]):
    """An API on loopback: what it was called with, and the failures that it is told to have."""

    METHODS: ClassVar[Fields]
    GONE: ClassVar[Refusal]
    """The person is not there any more, or has blocked us."""
    WRONG: ClassVar[Refusal]
    """The message will never be taken."""
    BROKEN: ClassVar[Refusal]

    def __init__(self) -> None:
        self.calls: list[C] = []
        self.refused: list[tuple[str, Refusal]] = []
        self.address = ""
        self.ids = itertools.count(1000)
        self._failures: dict[Any, list[Refusal | float]] = defaultdict(list)
        self._lock = threading.Lock()

    @staticmethod
    @abstractmethod
    def too_many(seconds: int) -> Refusal:
        """The answer to too many calls."""

    @abstractmethod
    def bad(self, description: str) -> Refusal:
        """The answer to a call that is not as documented."""

    @abstractmethod
    def routes(self) -> list[web.RouteDef]:
        """The addresses; calls of methods go to `handle`."""

    @abstractmethod
    def check_caller(self, request: web.Request) -> None:
        """Raise where the caller has not proved who they are."""

    @abstractmethod
    async def read(self, request: web.Request) -> dict[str, Any]:
        """The fields of a call."""

    @abstractmethod
    def place_of(self, method: str, fields: Mapping[str, Any]) -> Any:
        """Where a message is sent, or None for other calls."""

    @abstractmethod
    def take(self, method: str, fields: dict[str, Any]) -> tuple[C, dict[str, Any]]:
        """The call, and the body of its answer; raises where it is not as documented."""

    def of(self, method: str) -> list[C]:
        with self._lock:
            return [call for call in self.calls if call.method == method]

    def sent_to(self, *places: Any) -> list[C]:
        """Every message that was sent to one of some places."""
        with self._lock:
            return [c for c in self.calls if self.place_of(c.method, c.fields) in places]

    def fail(self, place: Any, times: int, failure: Refusal | float) -> None:
        """Refuse so many messages to a place, or answer them so many seconds late."""
        self._failures[place] += [failure] * times

    async def handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        try:
            self.check_caller(request)
            fields = await self.read(request)
            await self._stumble(method, fields)
            self._check_fields(method, fields)
            call, body = self.take(method, fields)
        except Refusal as refusal:
            self.refused.append((method, refusal))
            return web.json_response(refusal.body, status=refusal.status, headers=refusal.headers)
        with self._lock:
            self.calls.append(call)
        return web.json_response(body)

    async def _stumble(self, method: str, fields: dict[str, Any]) -> None:
        place = self.place_of(method, fields)
        failures = [] if place is None else self._failures[place]
        failure = failures.pop(0) if failures else None
        if isinstance(failure, Refusal):
            raise failure
        if failure is not None:
            await asyncio.sleep(failure)

    def _check_fields(self, method: str, fields: dict[str, Any]) -> None:
        known = self.METHODS.get(method)
        if known is None:
            raise self.bad("unknown method")
        for name, required in known.items():
            if required and fields.get(name) in (None, ""):
                raise self.bad(f"{name} is missing")
        for name in fields:
            if name not in known:
                raise self.bad(f"unknown field {name}")

    @classmethod
    @contextmanager
    def running(cls) -> Iterator[Self]:
        """Run an API on a free port in a thread of its own."""
        fake, loop = cls(), asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, daemon=True)
        thread.start()
        runner = asyncio.run_coroutine_threadsafe(fake._start(), loop).result(10)
        try:
            yield fake
        finally:
            asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()

    async def _start(self) -> web.AppRunner:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_routes(self.routes())
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        self.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner
