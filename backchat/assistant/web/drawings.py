"""The drawings of the stretches: moving as SVG and GIF, still as PNG."""

from __future__ import annotations

import asyncio
import base64
import hashlib
from functools import lru_cache

from sanic import Blueprint
from sanic.exceptions import NotFound
from sanic.request import Request
from sanic.response import HTTPResponse

from backchat.assistant.web import assets
from backchat.illustration import STYLE, Illustrations
from backchat.knowledge import Knowledge

TYPES = {"svg": "image/svg+xml", "png": "image/png", "gif": "image/gif"}
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; sandbox"
"""A drawing may use its own style and nothing else."""


class Drawings:
    """Serves the drawings; each is drawn once, when it is first asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        illustrations = Illustrations(knowledge)
        self._names = illustrations.names
        self._drawn = lru_cache(maxsize=None)(
            lambda name, suffix: assets.asset(illustrations.formats(name)[suffix](), TYPES[suffix])
        )

    def add_to(self, routes: Blueprint) -> None:
        """Add the drawings to the routes."""

        @routes.route("/drawings/<file>", methods=["GET", "HEAD"])
        async def drawing(request: Request, file: str) -> HTTPResponse:
            name, _, suffix = file.rpartition(".")
            if name not in self._names or suffix not in TYPES:
                raise NotFound("There is nothing at this address.")
            drawn = await asyncio.to_thread(self._drawn, name, suffix)
            answer = assets.send(request, drawn)
            answer.headers["Content-Security-Policy"] = POLICY
            return answer
