"""The address of a drawing: each format, asked for again, and what there is not."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest
from sanic.exceptions import NotFound
from sanic.response import HTTPResponse

from backchat.assistant.web.drawings import Drawings
from backchat.knowledge import load

Ask = Callable[..., Awaitable[HTTPResponse]]


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Return the way to ask for a file, without a server."""
    handlers: list[Any] = []

    def route(*_: Any, **__: Any) -> Callable[[Any], Any]:
        return lambda handler: handlers.append(handler) or handler

    routes: Any = SimpleNamespace(route=route)
    Drawings(load()).add_to(routes)

    async def ask(file: str, **headers: str) -> HTTPResponse:
        request = SimpleNamespace(headers={k.replace("_", "-"): v for k, v in headers.items()})
        answer: HTTPResponse = await handlers[0](request, file)
        return answer

    return ask


@pytest.mark.parametrize(
    ("file", "content_type", "start"),
    [
        ("cat_cow.svg", "image/svg+xml", b"<svg "),
        ("cat_cow.png", "image/png", b"\x89PNG"),
        ("prone_press_up.gif", "image/gif", b"GIF89a"),
    ],
)
async def test_every_format_is_served(ask: Ask, file: str, content_type: str, start: bytes) -> None:
    answer = await ask(file)
    assert (answer.status, answer.content_type) == (200, content_type)
    assert answer.body is not None
    assert answer.body.startswith(start)


async def test_a_drawing_may_use_only_its_own_style(ask: Ask) -> None:
    policy = (await ask("knee_hug.svg")).headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy


async def test_a_browser_that_has_it_is_told_that_nothing_changed(ask: Ask) -> None:
    first = await ask("knee_hug.svg")
    again = await ask("knee_hug.svg", if_none_match=first.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


async def test_svg_travels_packed(ask: Ask) -> None:
    plain, packed = await ask("knee_hug.svg"), await ask("knee_hug.svg", accept_encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body or b"") < len(plain.body or b"") / 3


@pytest.mark.parametrize(
    "file", ["body.svg", "knee_hug", "knee_hug.jpg", "knee_hug.SVG", "../body.yml", ".svg", ""]
)
async def test_anything_else_is_not_there(ask: Ask, file: str) -> None:
    with pytest.raises(NotFound):
        await ask(file)
