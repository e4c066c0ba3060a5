"""Action servers of their own: whichever answers, an action is run; what it says is kept."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.utils.endpoints import ClientResponseError

from backchat.assistant import remote_actions
from backchat.assistant.remote_actions import NoAnswer, RemoteActionEndpoint

CALL = {"next_action": "action_greet"}
NOBODY = "http://127.0.0.1:1/webhook"
Handler = Callable[[web.Request], Awaitable[web.Response]]


class Server:
    """An action server that counts what it is asked."""

    def __init__(self, answer: Handler) -> None:
        self.asked = 0
        self._answer = answer

    async def webhook(self, request: web.Request) -> web.Response:
        self.asked += 1
        assert await request.json() == CALL
        return await self._answer(request)


async def answers(_: web.Request) -> web.Response:
    return web.json_response({"events": [], "responses": [{"text": "hello"}]})


async def rejects(_: web.Request) -> web.Response:
    body = {"error": "not now", "action_name": "action_greet"}
    return web.json_response(body, status=400)


async def hangs(_: web.Request) -> web.Response:
    await asyncio.sleep(5)
    return web.json_response({})


@pytest.fixture
async def serve() -> AsyncIterator[Callable[[Server], Awaitable[str]]]:
    """Serves on loopback; returns the URL of the webhook."""
    async with AsyncExitStack() as stack:

        async def start(server: Server) -> str:
            app = web.Application()
            app.router.add_post("/webhook", server.webhook)
            app.router.add_get("/health", answers)
            running = await stack.enter_async_context(TestServer(app))
            return str(running.make_url("/webhook"))

        yield start


async def test_servers_are_asked_in_turn(serve: Callable[[Server], Awaitable[str]]) -> None:
    servers = [Server(answers), Server(answers)]
    endpoint = RemoteActionEndpoint([await serve(each) for each in servers])
    for _ in range(6):
        answer = await endpoint.request(json=CALL)
        assert answer["responses"] == [{"text": "hello"}]
    assert [server.asked for server in servers] == [3, 3]


async def test_a_server_that_is_down_is_replaced(
    serve: Callable[[Server], Awaitable[str]],
) -> None:
    server = Server(answers)
    endpoint = RemoteActionEndpoint([NOBODY, await serve(server)])
    for _ in range(4):
        assert await endpoint.request(json=CALL)
    assert server.asked == 4


async def test_a_server_that_hangs_is_waited_for_once(
    serve: Callable[[Server], Awaitable[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_actions, "ANSWER_SECONDS", 0.5)
    hanging, other = Server(hangs), Server(answers)
    endpoint = RemoteActionEndpoint([await serve(hanging), await serve(other)])
    for _ in range(5):
        assert await endpoint.request(json=CALL)
    assert hanging.asked == 1


async def test_a_rejection_is_an_answer(serve: Callable[[Server], Awaitable[str]]) -> None:
    servers = [Server(rejects), Server(rejects)]
    endpoint = RemoteActionEndpoint([await serve(each) for each in servers])
    with pytest.raises(ClientResponseError) as rejection:
        await endpoint.request(json=CALL)
    assert rejection.value.status == 400
    assert json.loads(rejection.value.text)["action_name"] == "action_greet"
    assert sum(server.asked for server in servers) == 1


async def test_nobody_there_is_said_soon() -> None:
    endpoint = RemoteActionEndpoint([NOBODY, NOBODY.replace(":1/", ":2/")])
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        await endpoint.request(json=CALL)
    with pytest.raises(NoAnswer):
        await endpoint.check()
    assert time.monotonic() - began < 5


async def test_one_that_answers_is_enough_for_health(
    serve: Callable[[Server], Awaitable[str]],
) -> None:
    await RemoteActionEndpoint([NOBODY, await serve(Server(answers))]).check()


async def test_a_limit_around_it_still_holds_after_a_server_hung(
    serve: Callable[[Server], Awaitable[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_actions, "ANSWER_SECONDS", 0.5)
    endpoint = RemoteActionEndpoint([await serve(Server(hangs)), await serve(Server(hangs))])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.75):
            await endpoint.request(json=CALL)
