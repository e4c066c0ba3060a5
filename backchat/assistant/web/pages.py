"""The page's files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.request import Request
from sanic.response import HTTPResponse

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "backchat" / "web"
CHAT_COMPONENT = ROOT / "node_modules" / "deep-chat" / "dist" / "deepChat.bundle.js"


async def page() -> HTTPResponse:
    """Return the page itself."""
    return await respond.file(PAGE / "index.html")


def add_to(routes: Blueprint) -> None:
    """Add the widget and the page's files to the routes."""

    @routes.route("/widget.js", methods=["GET", "HEAD"])
    async def widget(_: Request) -> HTTPResponse:
        return await respond.file(PAGE / "static" / "widget.js")

    routes.static("/static/vendor/deepChat.bundle.js", CHAT_COMPONENT, name="component")
    routes.static("/static", PAGE / "static", name="files")


async def open_at_root(app: Sanic, _loop: Any) -> None:
    """Lead from ``/``, where Rasa says hello, to the page."""
    app.register_middleware(_to_the_page)


def _to_the_page(request: Request) -> HTTPResponse | None:
    return respond.redirect("/chat/") if request.path == "/" else None
