"""Reading what a page sent: a message, or a clear word on what is wrong with it."""

from __future__ import annotations

import json
import re
import uuid
import zoneinfo
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchat.assistant.words import well_formed

MAX_CHARACTERS = 1_000
MAX_BODY_BYTES = 64 * 1024
MAX_ID_CHARACTERS = 64
_KNOWN = frozenset({"text", "payload", "id", "timezone", "region"})
_FIELD = re.compile(r'"(text|timezone|region)"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)


class BadRequest(Exception):
    """The request cannot be taken.

    Attributes:
        status: The HTTP status, 4xx.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(frozen=True, slots=True)
class Readable:
    """What could be read of a refused message, so that a red flag in it is still seen."""

    text: str = ""
    timezone: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class MessageRequest:
    """One message: exactly one of ``text`` and ``payload`` is given."""

    id: str
    text: str | None
    payload: str | None
    timezone: str | None
    region: str | None


def parse(content_type: str, body: bytes) -> MessageRequest:
    """Read the body of ``POST /chat/message``.

    Raises:
        BadRequest: naming what is wrong.
    """
    if content_type.partition(";")[0].strip().lower() != "application/json":
        raise BadRequest(415, "Send JSON, with the header `Content-Type: application/json`.")
    if len(body) > MAX_BODY_BYTES:
        raise BadRequest(413, f"The message is larger than {MAX_BODY_BYTES} bytes.")
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest(400, "The body is not valid JSON.") from None
    if not isinstance(data, dict):
        raise BadRequest(400, "The body must be a JSON object.")
    unknown = sorted(set(data) - _KNOWN)
    if unknown:
        raise BadRequest(
            400, f"Unknown field `{unknown[0]}`; known are: {', '.join(sorted(_KNOWN))}."
        )
    text, payload = _words(data)
    return MessageRequest(
        id=_string(data, "id", MAX_ID_CHARACTERS) or uuid.uuid4().hex,
        text=text,
        payload=payload,
        timezone=_timezone(data),
        region=_region(data),
    )


def readable(body: bytes) -> Readable:
    """Return what can be read of the body of a refused message, of a large one the first part.

    Where there is no telling which part of it is the text, all of it is.
    """
    raw = body[:MAX_BODY_BYTES].decode(errors="replace")
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError):
        fields = {name: _unescape(value) for name, value in _FIELD.findall(raw)}
        data = {"text": raw, **fields}
    if not isinstance(data, dict):
        return Readable(text=raw)
    text = data.get("text", "")
    return Readable(
        text=well_formed(text) if isinstance(text, str) else raw,
        timezone=_or_none(_timezone, data),
        region=_or_none(_region, data),
    )


def _unescape(value: str) -> str:
    try:
        return str(json.loads(f'"{value}"', strict=False))
    except ValueError:
        return value


def _or_none(field: Callable[[dict[str, Any]], str | None], data: dict[str, Any]) -> str | None:
    try:
        return field(data)
    except BadRequest:
        return None


def _words(data: dict[str, Any]) -> tuple[str | None, str | None]:
    if ("text" in data) == ("payload" in data):
        raise BadRequest(400, "Send either `text` or `payload`.")
    if "payload" in data:
        payload = _string(data, "payload", MAX_CHARACTERS)
        if not payload:
            raise BadRequest(400, "`payload` must be one that a button offered.")
        return None, payload
    text = data["text"]
    if not isinstance(text, str):
        raise BadRequest(400, "`text` must be a string.")
    if not text.strip():
        raise BadRequest(400, "`text` is empty.")
    if len(text) > MAX_CHARACTERS:
        raise BadRequest(
            413, f"`text` has {len(text)} characters; at most {MAX_CHARACTERS} can be read."
        )
    return well_formed(text), None


def _string(data: dict[str, Any], field: str, longest: int) -> str | None:
    value = data.get(field)
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRequest(400, f"`{field}` must be a string.")
    if len(value) > longest:
        raise BadRequest(400, f"`{field}` has more than {longest} characters.")
    return value


def _timezone(data: dict[str, Any]) -> str | None:
    name = _string(data, "timezone", MAX_ID_CHARACTERS)
    if name is not None and name not in _zones():
        raise BadRequest(400, "`timezone` must be an IANA name, for example `Europe/London`.")
    return name


def _region(data: dict[str, Any]) -> str | None:
    region = _string(data, "region", MAX_ID_CHARACTERS)
    if region is not None and not (len(region) == 2 and region.isascii() and region.isalpha()):
        raise BadRequest(400, "`region` must be a two-letter ISO 3166 code, for example `GB`.")
    return region.upper() if region else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())
