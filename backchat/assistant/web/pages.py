"""The page, the widget and their files."""

from __future__ import annotations

import json
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from sanic import Blueprint, Sanic
from sanic import response as respond
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.web import assets
from backchat.clinical.levels import Level
from backchat.knowledge import Knowledge

ROOT = Path(__file__).resolve().parents[3]
PAGE = ROOT / "backchat" / "web"
FILES = PAGE / "static"
CHAT_COMPONENT = ROOT / "node_modules" / "deep-chat" / "dist" / "deepChat.bundle.js"
_VENDOR = "vendor/deepChat.bundle.js"


class Pages:
    """Serves the page's files; what the page says of the knowledge is written into them here.

    Args:
        knowledge: The emergency numbers, and the signs that need help.
        region: The operator's own region, or None.
    """

    def __init__(self, knowledge: Knowledge, region: str | None) -> None:
        self._regions = knowledge.regions
        self._rules = knowledge.rulebook.rules
        self._region = region

    def page(self, request: Request) -> HTTPResponse:
        """Return the page itself."""
        values = (
            ("<!-- emergency-numbers -->", self._number_list()),
            ("<!-- emergency-signs -->", self._sign_list(Level.EMERGENCY_NOW)),
            ("<!-- urgent-signs -->", self._sign_list(Level.URGENT_SAME_DAY)),
            ("<!-- provider-signs -->", self._sign_list(Level.SEE_PROVIDER)),
        )
        return assets.send(request, _filled("index.html", values))

    def add_to(self, routes: Blueprint) -> None:
        """Add the widget, the page's files and the description of the API to the routes."""

        @routes.route("/widget.js", methods=["GET", "HEAD"])
        async def widget(request: Request) -> HTTPResponse:
            values = (("/* numbers */ {}", json.dumps(self._numbers())),)
            return assets.send(request, _filled("static/widget.js", values))

        @routes.route("/worker.js", methods=["GET", "HEAD"])
        async def worker(request: Request) -> HTTPResponse:
            answer = assets.send(request, assets.file_asset(FILES / "worker.js", documented=True))
            answer.headers["Service-Worker-Allowed"] = "/chat"
            return answer

        @routes.route("/openapi.json", methods=["GET", "HEAD"])
        async def description(request: Request) -> HTTPResponse:
            return assets.send(request, assets.file_asset(PAGE / "openapi.json"))

        @routes.route("/static/<name:path>", methods=["GET", "HEAD"])
        async def file(request: Request, name: str) -> HTTPResponse:
            if name == _VENDOR:
                return assets.send(request, assets.file_asset(CHAT_COMPONENT))
            path = assets.file_in(FILES, name)
            if path is None:
                raise NotFound("There is nothing at this address.")
            return assets.send(request, assets.file_asset(path, documented=True))

    def _number_list(self) -> str:
        places = sorted(self._regions.regions, key=lambda region: region.name)
        return "".join(
            f'<li data-region="{escape(place.code)}"><span>{escape(place.name)}</span> '
            f'<a href="tel:{escape(number)}">{escape(number)}</a></li>'
            for place in places
            if (number := place.emergency.number)
        )

    def _sign_list(self, level: Level) -> str:
        return "".join(
            f"<li>{escape(rule.name)}</li>" for rule in self._rules if rule.level is level
        )

    def _numbers(self) -> dict[str, str]:
        """Return emergency numbers by region; the operator's own stands under the empty code."""
        numbers = {
            code: region.emergency.number
            for code, region in self._regions.by_code.items()
            if region.emergency.number
        }
        own = numbers.get(self._region or "")
        return numbers | ({"": own} if own else {})


def _filled(name: str, values: tuple[tuple[str, str], ...]) -> assets.Asset:
    path = PAGE / name
    return _filled_file(path, path.stat().st_mtime_ns, values)


@lru_cache(maxsize=8)
def _filled_file(path: Path, _changed: int, values: tuple[tuple[str, str], ...]) -> assets.Asset:
    text = path.read_text(encoding="utf-8")
    for marker, value in values:
        if marker not in text:
            raise ValueError(f"{path.name} has no place for {marker}")
        text = text.replace(marker, value)
    return assets.asset(text.encode(), assets.content_type(path))


async def open_at_root(app: Sanic, _loop: Any) -> None:
    """Lead from ``/``, where Rasa says hello, to the page."""
    app.register_middleware(_to_the_page)


def _to_the_page(request: Request) -> HTTPResponse | None:
    return respond.redirect("/chat/") if request.path == "/" else None
