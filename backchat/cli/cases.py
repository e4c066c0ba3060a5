"""Reading one case of ``backchat assess --jsonl``."""

from __future__ import annotations

import json
import re
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NoReturn

from backchat import clock

_KNOWN = frozenset({"id", "turns", "now", "timezone", "region"})
_YEARS = range(1970, 2201)
_LONE_SURROGATES = re.compile("[\ud800-\udfff]")


class CaseError(Exception):
    """A line that is no case; ``case_id`` is its id where one could be read."""

    def __init__(self, message: str, case_id: str | int | None = None) -> None:
        super().__init__(message)
        self.case_id = case_id


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation to judge: the person's turns, when, and where they are."""

    id: str | int
    turns: tuple[str, ...]
    now: datetime
    timezone: str

    @classmethod
    def parse(cls, line: bytes) -> Case:
        """Read a line, in UTF-8 with or without a byte order mark.

        Raises:
            CaseError: naming what is wrong.
        """
        data = _object(line)
        case_id = data.get("id")
        if case_id is None:
            raise CaseError("`id` is missing")
        if not isinstance(case_id, str | int):
            raise CaseError("`id` must be a string or a whole number")
        try:
            unknown = sorted(set(data) - _KNOWN)
            if unknown:
                raise CaseError(f"unknown field `{unknown[0]}`")
            _check_region(data)
            return cls(case_id, _turns(data), _now(data), _timezone(data))
        except CaseError as error:
            raise CaseError(str(error), case_id) from None

    @classmethod
    def of(cls, text: str, timezone: str) -> Case:
        """Return the case of one text, said now.

        Raises:
            CaseError: there is no such time zone.
        """
        data = {"turns": [text], "timezone": timezone}
        return cls("text", _turns(data), _now(data), _timezone(data))


def _object(line: bytes) -> dict[str, Any]:
    try:
        data = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except UnicodeDecodeError:
        raise CaseError("not valid UTF-8") from None
    except RecursionError:
        raise CaseError("not valid JSON: nested too deeply") from None
    except ValueError as error:
        raise CaseError(f"not valid JSON: {error}") from None
    if not isinstance(data, dict):
        raise CaseError("a case must be a JSON object")
    return data


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")


def _check_region(data: dict[str, Any]) -> None:
    region = data.get("region")
    if region is not None and not (isinstance(region, str) and re.fullmatch("[A-Za-z]{2}", region)):
        raise CaseError("`region` must be a country code of two letters")


def _turns(data: dict[str, Any]) -> tuple[str, ...]:
    """Return the turns; half a character, which no text can hold, becomes U+FFFD."""
    turns = data.get("turns")
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise CaseError("`turns` must be a list of one or more strings")
    return tuple(_LONE_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", turn) for turn in turns)


def _now(data: dict[str, Any]) -> datetime:
    now = data.get("now")
    if now is None:
        return clock.now()
    try:
        moment = datetime.fromisoformat(now)
    except (TypeError, ValueError):
        raise CaseError("`now` must be a date and time in ISO 8601") from None
    if moment.tzinfo is None:
        raise CaseError("`now` needs a time zone, for example +00:00")
    if moment.year not in _YEARS:
        raise CaseError(f"`now` must be in the years {_YEARS[0]} to {_YEARS[-1]}")
    return moment.astimezone(UTC)


def _timezone(data: dict[str, Any]) -> str:
    name = data.get("timezone", "UTC")
    try:
        zoneinfo.ZoneInfo(name)
    except (AttributeError, TypeError, ValueError, OSError, zoneinfo.ZoneInfoNotFoundError):
        raise CaseError("`timezone` must be an IANA name, like Europe/Berlin") from None
    return str(name)
