"""Answers that the page gets in place of the bot's own, so that a test decides what it shows."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

MESSAGE_ROUTE = "**/chat/message"


def answer_with(page: Page, *messages: dict[str, Any]) -> None:
    """Let the page receive these messages for every further turn."""
    numbered = [{"id": str(number), **each} for number, each in enumerate(messages)]
    page.route(MESSAGE_ROUTE, lambda route: route.fulfill(json={"messages": numbered}))


def card(kind: str, **fields: Any) -> dict[str, Any]:
    """Return a message that consists of one card."""
    return {"text": "In words.", "card": {"type": kind, "covers_text": True, **fields}}
