"""From a response of the domain to a message of the page's API."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from backchat.records.views import MessageRecord

_LISTS = frozenset({"steps", "reasons", "points", "skip_if"})
"""Card fields that hold several lines; the page gets them as lists."""
_JSON = "_json"
"""How the name of a card field ends that holds JSON: responses are filled in with text only."""


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
    """Return logged messages as the page shows them, without those that have no words any more.

    Each has the ``role`` of who wrote it, ``person``, ``bot`` or ``clinician``, and ``at``, when; a
    clinician's has their name as ``author``.
    """
    return [_logged(record) for record in records if record.text or record.payload]


def _logged(record: MessageRecord) -> dict[str, Any]:
    payload = record.payload or {}
    shown = message({"text": record.text, **payload}, str(record.id))
    author = (payload.get("custom") or {}).get("author")
    return {
        **shown,
        "role": record.author,
        **({"author": author} if author else {}),
        "at": record.at.isoformat(),
    }


def offered(payload: Mapping[str, Any]) -> Iterator[Mapping[str, str]]:
    """Yield what a logged message offered to press: its buttons, and those within its card."""
    yield from payload.get("buttons") or []
    card = (payload.get("custom") or {}).get("card") or {}
    yield from card.get("offers", {}).values()


def _card(card: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_field(name, value) for name, value in card.items())


def _field(name: str, value: Any) -> tuple[str, Any]:
    if name.endswith(_JSON):
        return name.removesuffix(_JSON), json.loads(value)
    return name, _lines(value) if name in _LISTS and isinstance(value, str) else value


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
