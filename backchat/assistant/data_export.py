"""A person's copy of everything that is held about them, as messengers send it.

The page fetches it from ``/chat/data`` by itself when its button is pressed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from backchat.assistant.portable import card_of

FILE = "backchat-my-data.json"
MEDIA_TYPE = "application/json"
_CARD = "download"


def is_offered(response: Mapping[str, Any]) -> bool:
    """Say whether a response offers the person their data."""
    return card_of(response).get("type") == _CARD


def attached(response: Mapping[str, Any], held: Mapping[str, Any]) -> dict[str, Any]:
    """Return a response with everything that is held as its ``document``, in plain ASCII.

    An earlier copy that still waits to be sent is no part of it: copies of copies would grow.
    """
    waiting = [
        {**each, "message": each["message"] and _without_document(each["message"])}
        for each in held["deliveries"]
    ]
    text = json.dumps({**held, "deliveries": waiting}, indent=2)
    return {**response, "document": {"name": FILE, "media_type": MEDIA_TYPE, "text": text}}


def _without_document(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "document"}
