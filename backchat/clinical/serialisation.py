"""Dataclasses to JSON types and strictly back again; the type hints are the schema.

Supported are ``str int float bool None``, enumerations (an ``IntEnum`` by name, others by value),
moments with a time zone, ``tuple[X, ...]``, ``X | None`` and dataclasses of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum, IntEnum
from functools import cache
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from backchat.clinical.errors import EpisodeFormatError

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Return the value as JSON types."""
    if isinstance(value, IntEnum):
        return value.name
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if is_dataclass(value):
        return {each.name: to_plain(getattr(value, each.name)) for each in fields(value)}
    return value


def from_plain(kind: type[T], stored: Mapping[str, Any], *, version: int) -> T:
    """Return the dataclass that was stored together with its format version.

    Raises:
        EpisodeFormatError: The version, a key or a value does not fit.
    """
    if not isinstance(stored, Mapping):
        raise EpisodeFormatError(f"expected a mapping, found {type(stored).__name__}")
    if stored.get("version") != version:
        raise EpisodeFormatError(f"expected version {version}, found {stored.get('version')!r}")
    plain = {key: value for key, value in stored.items() if key != "version"}
    read: T = _read(kind, plain, kind.__name__)
    return read


def _read(hint: Any, value: Any, place: str) -> Any:
    choices = get_args(hint)
    if NoneType in choices:
        if value is None:
            return None
        [hint] = [choice for choice in choices if choice is not NoneType]
    if get_origin(hint) is tuple:
        _expect(list, value, place)
        return tuple(
            _read(get_args(hint)[0], each, f"{place}[{index}]") for index, each in enumerate(value)
        )
    if is_dataclass(hint):
        return _read_record(hint, value, place)
    if issubclass(hint, Enum):
        return _read_choice(hint, value, place)
    if hint is datetime:
        return _read_moment(value, place)
    _expect(hint, value, place)
    return value


def _read_record(kind: Any, value: Any, place: str) -> Any:
    _expect(dict, value, place)
    hints = _hints(kind)
    if value.keys() != hints.keys():
        raise EpisodeFormatError(f"{place}: expected {sorted(hints)}, found {sorted(value)}")
    return kind(**{key: _read(hints[key], each, f"{place}.{key}") for key, each in value.items()})


def _read_choice(kind: type[Enum], value: Any, place: str) -> Enum:
    by_name = issubclass(kind, IntEnum)
    for member in kind:
        if value == (member.name if by_name else member.value):
            return member
    raise EpisodeFormatError(f"{place}: {value!r} is no {kind.__name__}")


def _read_moment(value: Any, place: str) -> datetime:
    _expect(str, value, place)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise EpisodeFormatError(f"{place}: {value!r} is no moment") from None
    if moment.tzinfo is None:
        raise EpisodeFormatError(f"{place}: {value!r} has no time zone")
    return moment


def _expect(kind: type, value: Any, place: str) -> None:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise EpisodeFormatError(f"{place}: expected {kind.__name__}, found {type(value).__name__}")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {each.name: hints[each.name] for each in fields(kind)}
