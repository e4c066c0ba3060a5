"""Reading one case of ``backchat assess --jsonl``."""

from __future__ import annotations

import json
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_KNOWN = frozenset({"id", "turns", "now", "timezone", "region"})


class CaseError(Exception):
    """A line that is no case; ``case_id`` is its id where one could be read."""

    def __init__(self, message: str, case_id: Any = None) -> None:
        super().__init__(message)
        self.case_id = case_id


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation to judge: the person's turns, when, and where they are."""

    id: Any
    turns: tuple[str, ...]
    now: datetime
    timezone: str

    @classmethod
    def parse(cls, line: str) -> Case:
        """Read a line.

        Raises:
            CaseError: naming what is wrong.
        """
        try:
            data = json.loads(line)
        except ValueError as error:
            raise CaseError(f"not valid JSON: {error}") from None
        if not isinstance(data, dict):
            raise CaseError("a case must be a JSON object")
        case_id = data.get("id")
        if case_id is None:
            raise CaseError("`id` is missing")
        unknown = sorted(set(data) - _KNOWN)
        if unknown:
            raise CaseError(f"unknown field `{unknown[0]}`", case_id)
        return cls(case_id, _turns(data), _now(data), _timezone(data))


def _turns(data: dict[str, Any]) -> tuple[str, ...]:
    turns = data.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise CaseError("`turns` must be a list of one or more strings", data["id"])
    return tuple(turns)


def _now(data: dict[str, Any]) -> datetime:
    now = data.get("now")
    if now is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(now)
    except (TypeError, ValueError):
        raise CaseError("`now` must be a date and time in ISO 8601", data["id"]) from None
    if moment.tzinfo is None:
        raise CaseError("`now` needs a time zone, for example +00:00", data["id"])
    return moment.astimezone(UTC)


def _timezone(data: dict[str, Any]) -> str:
    name = data.get("timezone", "UTC")
    try:
        zoneinfo.ZoneInfo(name)
    except (TypeError, ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise CaseError("`timezone` must be an IANA name", data["id"]) from None
    return str(name)
