"""YAML with line numbers: every value knows its file and line, and every getter is strict.

``parse(path, root)`` returns the top :class:`Node` of a file. A node hands out its content through
getters that refuse any other content with a :class:`KnowledgeError` naming file and line:

==================================  ================================================================
``node.text()``                     a non-empty string; ``911`` and ``no`` must be quoted to be text
``node.integer()``                  a whole number
``node.number()``                   a whole or decimal number, as ``float``
``node.boolean()``                  ``true`` or ``false``
``node.choice(allowed, "concept")`` text out of ``allowed``, else "unknown concept '...'; did you
                                    mean '...'?"
``node.items()``                    a list, as nodes
``node.entries()``                  a mapping, as ``{key: node}``; a repeated key is refused
``node.key_nodes()``                the keys of a mapping, as nodes, to check each with ``choice``
``node.fields(required, optional)`` a mapping with these keys and no others
``node.is_mapping``                 whether it is a mapping, for files that allow several shapes
``node.error("...")``               the error to raise for a rule of your own
==================================  ================================================================

Example, a file ``{word: [concept, ...]}``::

    for word, node in parse(path, root).entries().items():
        concepts = [item.choice(known_concepts, "concept") for item in node.items()]

To read lists of records straight into dataclasses, see ``schema.py``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from backchat.knowledge.errors import KnowledgeError, closest

_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]*)")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")
DEEPEST = 30
"""How many levels a file may have; PyYAML crashes at some ten thousand."""
MOST_NODES = 1_000_000
"""How many values a file may have, with what is repeated by ``*name`` counted each time."""


@dataclass(frozen=True, slots=True)
class Node:
    """A value in a YAML file.

    Attributes:
        file: Path of the file below the knowledge directory, with forward slashes.
        raw: PyYAML's node.
    """

    file: str
    raw: yaml.Node

    @property
    def line(self) -> int:
        """Line of the first character, from 1."""
        return int(self.raw.start_mark.line) + 1

    @property
    def is_mapping(self) -> bool:
        """Whether this is a mapping of keys to values."""
        return isinstance(self.raw, yaml.MappingNode)

    def error(self, problem: str, suggestion: str | None = None) -> KnowledgeError:
        """Return the error that says ``problem`` at this place."""
        return KnowledgeError(self.file, self.line, problem, suggestion)

    def text(self) -> str:
        """Return a non-empty string, without spaces around it."""
        if not isinstance(self.raw, yaml.ScalarNode):
            raise self.error(f"expected text, found {self._found()}")
        value = str(self.raw.value).strip()
        if not value:
            raise self.error("expected text, found nothing")
        if self.raw.tag != _TAG + "str":
            raise self.error(f"expected text, found {value}; write it in quotes")
        return value

    def integer(self) -> int:
        """Return a whole number; octal, hexadecimal and underscored forms are refused."""
        return int(self._plain("int", _INTEGER, "a whole number"))

    def number(self) -> float:
        """Return a whole or decimal number."""
        kind = "int" if self.raw.tag == _TAG + "int" else "float"
        return float(self._plain(kind, _NUMBER, "a number"))

    def boolean(self) -> bool:
        """Return ``true`` or ``false``; ``yes``, ``no``, ``on`` and ``off`` are refused."""
        return self._plain("bool", re.compile("true|false"), "true or false") == "true"

    def choice(self, allowed: Collection[str], kind: str) -> str:
        """Return text that is one of ``allowed``; ``kind`` names it in the error."""
        value = self.text()
        if value not in allowed:
            raise self.error(f"unknown {kind} '{value}'", closest(value, allowed))
        return value

    def items(self) -> list[Node]:
        """Return the items of a list."""
        if not isinstance(self.raw, yaml.SequenceNode):
            raise self.error(f"expected a list, found {self._found()}")
        return [Node(self.file, item) for item in self.raw.value]

    def entries(self) -> dict[str, Node]:
        """Return the values of a mapping by key."""
        return {key.text(): value for key, value in self._pairs()}

    def key_nodes(self) -> list[Node]:
        """Return the keys of a mapping, as nodes."""
        return [key for key, _ in self._pairs()]

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """Return the values of a mapping that has all ``required`` keys and no unknown one."""
        values = {}
        for key, value in self._pairs():
            values[key.choice([*required, *optional], "key")] = value
        for name in required:
            if name not in values:
                raise self.error(f"missing '{name}'")
        return values

    def _pairs(self) -> list[tuple[Node, Node]]:
        if not isinstance(self.raw, yaml.MappingNode):
            raise self.error(f"expected keys and values, found {self._found()}")
        pairs = [(Node(self.file, key), Node(self.file, value)) for key, value in self.raw.value]
        first_lines: dict[str, int] = {}
        for key, _ in pairs:
            name = key.text()
            if name in first_lines:
                raise key.error(f"'{name}' is already on line {first_lines[name]}")
            first_lines[name] = key.line
        return pairs

    def _plain(self, kind: str, form: re.Pattern[str], expected: str) -> str:
        if not isinstance(self.raw, yaml.ScalarNode):
            raise self.error(f"expected {expected}, found {self._found()}")
        value = str(self.raw.value)
        if self.raw.tag != _TAG + kind or not form.fullmatch(value):
            raise self.error(f"expected {expected}, found '{value}'")
        return value

    def _found(self) -> str:
        if isinstance(self.raw, yaml.SequenceNode):
            return "a list"
        return "keys and values" if self.is_mapping else f"'{self.raw.value}'"


def parse(path: Path, root: Path) -> Node:
    """Return the top node of a YAML file; errors name the file by its path below ``root``.

    Raises:
        KnowledgeError: The file is missing, empty, not UTF-8 or not YAML.
    """
    file = path.relative_to(root).as_posix()
    try:
        text = path.read_text(encoding="utf-8")
        _refuse_depth(file, text)
        raw = yaml.compose(text, Loader=yaml.CSafeLoader)
    except FileNotFoundError:
        raise KnowledgeError(file, 1, "this file is missing") from None
    except UnicodeDecodeError as error:
        raise KnowledgeError(file, 1, f"not UTF-8 text ({error.reason})") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise KnowledgeError(file, line, f"not valid YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise KnowledgeError(file, 1, f"not valid YAML: {error}") from error
    if raw is None:
        raise KnowledgeError(file, 1, "this file is empty")
    _count(Node(file, raw), {})
    return Node(file, raw)


def _refuse_depth(file: str, text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise KnowledgeError(file, line, f"more than {DEEPEST} levels")


def _count(node: Node, counted: dict[int, int]) -> int:
    """Return how many values a node holds, itself included.

    Args:
        node: The node.
        counted: The same of nodes that were counted, by their identity; 0 while that goes on.

    Raises:
        KnowledgeError: a value lies within itself, there are too many, or one has a tag that is
            none of YAML's own.
    """
    raw = node.raw
    known = counted.get(id(raw))
    if known == 0:
        raise node.error("this repeats itself within itself")
    if known is not None:
        return known
    if not str(raw.tag).startswith(_TAG) or raw.tag.startswith(_TAG + "python"):
        raise node.error(f"unknown tag '{raw.tag}'")
    counted[id(raw)] = 0
    total = 1 + sum(_count(each, counted) for each in _within(node))
    if total > MOST_NODES:
        raise node.error(f"more than {MOST_NODES} values")
    counted[id(raw)] = total
    return total


def _within(node: Node) -> Iterator[Node]:
    if isinstance(node.raw, yaml.SequenceNode):
        yield from (Node(node.file, each) for each in node.raw.value)
    elif isinstance(node.raw, yaml.MappingNode):
        yield from (Node(node.file, each) for pair in node.raw.value for each in pair)
