"""From a response of the domain to a message of the page's API."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from backchat.records.views import MessageRecord

_LISTS = frozenset({"steps", "reasons", "points", "skip_if"})
"""Card fields that hold several lines; the page gets them as lists."""


def message(response: Mapping[str, Any], message_id: str | None = None) -> dict[str, Any]:
    """Return one message as the page shows it.

    Args:
        response: ``text``, ``buttons``, ``image`` and ``custom`` (with a ``card``), each optional.
        message_id: Its id, where it has one already.
    """
    custom = response.get("custom") or {}
    buttons = response.get("buttons") or []
    return {
        "id": message_id or uuid.uuid4().hex,
        "text": response.get("text") or "",
        "buttons": [{"title": each["title"], "payload": each["payload"]} for each in buttons],
        "image": response.get("image"),
        "card": _card(custom["card"]) if "card" in custom else None,
    }


def history(records: Iterable[MessageRecord]) -> list[dict[str, Any]]:
    """Return logged messages as the page shows them, without the person's that have no words."""
    shown = []
    for record in records:
        if record.direction == "in":
            if not record.text:
                continue
            rendered = {**message({"text": record.text}, str(record.id)), "role": "person"}
        else:
            response = {"text": record.text, **(record.payload or {})}
            rendered = {**message(response, str(record.id)), "role": "bot"}
        shown.append({**rendered, "at": record.at.isoformat()})
    return shown


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    return {
        field: _lines(value) if field in _LISTS and isinstance(value, str) else value
        for field, value in card.items()
    }


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
