"""The web channel: the page, its API and the speaker's identity."""

from __future__ import annotations

CHANNEL = "web"
