"""Dataclasses to JSON types and strictly back again; the type hints are the schema.

Supported are ``str int float bool None``, enumerations (an ``IntEnum`` by name, others by value),
moments with a time zone, ``tuple[X, ...]``, ``X | None`` and dataclasses of these.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum, IntEnum
from functools import cache, partial
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from backchat.clinical.errors import EpisodeFormatError

T = TypeVar("T")
Reader = Callable[[Any, str], Any]
"""Reads a stored value; also gets its place, to be named in an error."""


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
    schema: Any = kind
    read: T = _reader(schema)(plain, kind.__name__)
    return read


@cache
def _reader(hint: Any) -> Reader:
    """Return what reads values of a type, so that its hint is looked through only once."""
    choices = get_args(hint)
    if NoneType in choices:
        [other] = [choice for choice in choices if choice is not NoneType]
        return partial(_read_optional, _reader(other))
    if get_origin(hint) is tuple:
        return partial(_read_tuple, _reader(choices[0]))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        readers = {each.name: _reader(hints[each.name]) for each in fields(hint)}
        return partial(_read_record, hint, readers)
    if issubclass(hint, Enum):
        by_name = issubclass(hint, IntEnum)
        members = {member.name if by_name else member.value: member for member in hint}
        return partial(_read_choice, hint.__name__, members)
    if hint is datetime:
        return _read_moment
    return partial(_read_simple, hint)


def _read_optional(read: Reader, value: Any, place: str) -> Any:
    return None if value is None else read(value, place)


def _read_tuple(read: Reader, value: Any, place: str) -> tuple[Any, ...]:
    _expect(list, value, place)
    return tuple([read(each, f"{place}[{index}]") for index, each in enumerate(value)])


def _read_record(kind: Any, readers: Mapping[str, Reader], value: Any, place: str) -> Any:
    _expect(dict, value, place)
    if value.keys() != readers.keys():
        raise EpisodeFormatError(f"{place}: expected {sorted(readers)}, found {sorted(value)}")
    return kind(**{key: read(value[key], f"{place}.{key}") for key, read in readers.items()})


def _read_choice(kind: str, members: Mapping[Any, Enum], value: Any, place: str) -> Enum:
    try:
        return members[value]
    except (KeyError, TypeError):
        raise EpisodeFormatError(f"{place}: {value!r} is no {kind}") from None


def _read_moment(value: Any, place: str) -> datetime:
    _expect(str, value, place)
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        raise EpisodeFormatError(f"{place}: {value!r} is no moment") from None
    if moment.tzinfo is None:
        raise EpisodeFormatError(f"{place}: {value!r} has no time zone")
    return moment


def _read_simple(kind: type, value: Any, place: str) -> Any:
    _expect(kind, value, place)
    return value


def _expect(kind: type, value: Any, place: str) -> None:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise EpisodeFormatError(f"{place}: expected {kind.__name__}, found {type(value).__name__}")
