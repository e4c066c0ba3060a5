"""How much a request may bring, and how long it may take to come."""

from __future__ import annotations

from typing import Any

from sanic import Sanic

LARGEST_REQUEST_BYTES = 2 << 20
"""More is refused before it is read. What a channel takes is far less, and it says so itself."""
SLOWEST_REQUEST_SECONDS = 20


async def narrow(app: Sanic, _loop: Any) -> None:
    """Set the limits of the server, whose own are a hundred megabytes and a minute."""
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES
    app.config.REQUEST_TIMEOUT = SLOWEST_REQUEST_SECONDS
