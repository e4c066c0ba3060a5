"""Reads YAML records straight into dataclasses: the type hints are the schema.

A key that is no field of the dataclass, a missing field, a value of the wrong type and an empty
list are refused with file and line. Supported types of a field:

====================================  =============================================================
``str`` ``int`` ``float`` ``bool``    the value; text is never empty
an ``IntEnum``                        its name, as in ``EMERGENCY_NOW``
an ``Enum``                           its value, as in ``soon``
``tuple[X, ...]``                     a list of at least one
``tuple[int, int]``                   a range ``[least, most]``
``dict[str, X]``                      a mapping
another dataclass                     a mapping of its fields
``X | None``                          X, or left out
====================================  =============================================================
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum, IntEnum
from functools import cache, reduce
from operator import or_
from types import NoneType
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from backchat.knowledge.yaml_source import Node

T = TypeVar("T")

_SCALARS: dict[Any, Callable[[Node], Any]] = {
    str: Node.text,
    int: Node.integer,
    float: Node.number,
    bool: Node.boolean,
}


@dataclass(frozen=True, slots=True)
class Names:
    """The ids a reference may name, and what they are ids of (``concept``)."""

    kind: str
    ids: Collection[str]


@dataclass(frozen=True, slots=True)
class Schema(Generic[T]):
    """How the records of a file are read.

    Attributes:
        record: The dataclass of one record.
        references: Fields, of the record or of a dataclass inside it, that hold ids of others; of
            a mapping, the keys.
        optional: Fields that may be left out although they have no default; they are then empty.
        readers: How to read types that the table above does not have.
        unique: The field that no two records may share.
    """

    record: type[T]
    references: Mapping[str, Names] = field(default_factory=dict)
    optional: Collection[str] = ()
    readers: Mapping[Any, Callable[[Node], Any]] = field(default_factory=dict)
    unique: str = "id"

    def read(self, node: Node) -> T:
        """Read one record."""
        record: T = self._record(self.record, node)
        return record

    def read_all(self, node: Node) -> tuple[T, ...]:
        """Read a list of records, no two of which share their ``unique`` field."""
        records: list[T] = []
        first_lines: dict[Any, int] = {}
        for item in node.items():
            record = self.read(item)
            value = getattr(record, self.unique)
            if value in first_lines:
                raise item.error(f"{self.unique} '{value}' is already on line {first_lines[value]}")
            first_lines[value] = item.line
            records.append(record)
        return tuple(records)

    def _record(self, kind: Any, node: Node) -> Any:
        hints = _hints(kind)
        defaults = {spec.name for spec in fields(kind) if spec.default is not MISSING}
        absent = {
            name: _empty(hint)
            for name, hint in hints.items()
            if name not in defaults and (name in self.optional or _without_none(hint) != hint)
        }
        required = [name for name in hints if name not in defaults and name not in absent]
        given = node.fields(required, [*absent, *defaults])
        read = {name: self._field(name, hints[name], value) for name, value in given.items()}
        try:
            return kind(**(absent | read))
        except ValueError as error:
            raise node.error(str(error)) from error

    def _field(self, name: str, hint: Any, node: Node) -> Any:
        names = self.references.get(name)
        if names is None:
            return self._value(_without_none(hint), node)
        if get_origin(hint) is dict:
            for key in node.key_nodes():
                key.choice(names.ids, names.kind)
            return self._value(hint, node)
        if get_origin(hint) is tuple:
            return tuple(item.choice(names.ids, names.kind) for item in _some_items(node))
        return node.choice(names.ids, names.kind)

    def _value(self, hint: Any, node: Node) -> Any:
        read = self.readers.get(hint) or _SCALARS.get(hint)
        if read is not None:
            return read(node)
        arguments = get_args(hint)
        if arguments == (int, int):
            return _range(node)
        if get_origin(hint) is tuple:
            return tuple(self._value(arguments[0], item) for item in _some_items(node))
        if get_origin(hint) is dict:
            return {key: self._value(arguments[1], item) for key, item in node.entries().items()}
        if is_dataclass(hint):
            return self._record(hint, node)
        return _enum(hint, node)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _without_none(hint: Any) -> Any:
    """Return ``X`` for ``X | None``, and any other type unchanged."""
    arguments = get_args(hint)
    if NoneType not in arguments:
        return hint
    return reduce(or_, [argument for argument in arguments if argument is not NoneType])


def _empty(hint: Any) -> Any:
    """Return what a field that was left out holds."""
    if NoneType in get_args(hint):
        return None
    return (get_origin(hint) or hint)()


def _some_items(node: Node) -> list[Node]:
    items = node.items()
    if not items:
        raise node.error("expected a list of at least one, found an empty one")
    return items


def _range(node: Node) -> tuple[int, int]:
    numbers = [item.integer() for item in node.items()]
    if len(numbers) != 2 or numbers[0] > numbers[1]:
        raise node.error(f"expected a range [least, most], found {numbers}")
    return numbers[0], numbers[1]


def _enum(kind: type[Enum], node: Node) -> Enum:
    by_name = issubclass(kind, IntEnum)
    members = {member.name if by_name else str(member.value): member for member in kind}
    return members[node.choice(members, kind.__name__.lower())]
