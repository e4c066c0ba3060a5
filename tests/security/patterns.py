"""Every pattern of Backchat's own, and texts that are made to keep each of them busy."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from random import Random
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any

import actions
import backchat

LONGEST_TEXT = 1_000
WAYS = 8
"""How many further ways through a pattern's alternatives are tried."""
KILLERS = ("", "!", "\x00", " x", "\n")
"""What ends an attack, so that the match fails and all ways to match are tried."""
Choose = Callable[[Sequence[Any]], Any]

_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)
_CATEGORIES = {
    ops.CATEGORY_DIGIT: "1",
    ops.CATEGORY_SPACE: " ",
    ops.CATEGORY_WORD: "a",
    ops.CATEGORY_NOT_DIGIT: "a",
    ops.CATEGORY_NOT_SPACE: "a",
    ops.CATEGORY_NOT_WORD: "!",
}


def all_patterns() -> dict[str, re.Pattern[Any]]:
    """Return every compiled pattern that a module holds, by where it is."""
    found: dict[str, re.Pattern[Any]] = {}
    for module in _modules():
        for name, value in vars(module).items():
            for path, pattern in _patterns_in(value, name, set()):
                found.setdefault(f"{module.__name__}.{path}", pattern)
    return found


def endless(pattern: re.Pattern[Any]) -> list[str]:
    """Return texts that begin like a match, repeat one of its parts, and do not end like one."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    texts = set()
    for choose in (_first, *(Random(seed).choice for seed in range(WAYS))):
        for start, body in _repeats(tree, "", choose):
            if body:
                busy = (start + body * (LONGEST_TEXT // len(body)))[: LONGEST_TEXT - 2]
                texts |= {busy + killer for killer in KILLERS}
    return sorted(texts)


def _modules() -> Iterator[ModuleType]:
    for package in (backchat, actions):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not info.name.endswith("__main__") and ".migrations" not in info.name:
                yield importlib.import_module(info.name)


def _patterns_in(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Yield the patterns in a value, and in what it is made of."""
    if isinstance(value, re.Pattern):
        yield path, value
    elif id(value) not in seen:
        seen.add(id(value))
        for name, part in _parts(value):
            yield from _patterns_in(part, f"{path}.{name}", seen)


def _parts(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [(str(key), each) for key, each in value.items()]
    if isinstance(value, list | tuple | set | frozenset):
        return [(str(number), each) for number, each in enumerate(value)]
    if is_dataclass(value) and not isinstance(value, type):
        return [(each.name, getattr(value, each.name, None)) for each in fields(value)]
    return []


def _first(choices: Sequence[Any]) -> Any:
    return choices[0]


def _repeats(tree: Iterable[Any], before: str, choose: Choose) -> Iterator[tuple[str, str]]:
    """Yield what comes before each repeated part, and one round of it."""
    for operator, argument in tree:
        if operator in _REPEATS:
            yield before, _example(argument[2], choose)
        for part in _parts_of(operator, argument):
            yield from _repeats(part, before, choose)
        before += _one(operator, argument, choose)


def _parts_of(operator: Any, argument: Any) -> Sequence[Any]:
    if operator in _REPEATS:
        return [argument[2]]
    if operator is ops.SUBPATTERN:
        return [argument[3]]
    if operator is ops.ATOMIC_GROUP:
        return [argument]
    if operator is ops.BRANCH:
        return argument[1]
    if operator in (ops.ASSERT, ops.ASSERT_NOT):
        return [argument[1]]
    return []


def _example(tree: Iterable[Any], choose: Choose) -> str:
    """Return a text that a part matches, with one round of what may be repeated."""
    return "".join(_one(operator, argument, choose) for operator, argument in tree)


def _one(operator: Any, argument: Any, choose: Choose) -> str:
    if operator is ops.LITERAL:
        return chr(argument)
    if operator is ops.NOT_LITERAL:
        return "a" if argument != ord("a") else "b"
    if operator is ops.ANY:
        return "a"
    if operator is ops.IN:
        return _of_set(argument, choose)
    if operator in _REPEATS:
        return _example(argument[2], choose) * max(1, argument[0])
    if operator is ops.BRANCH:
        return _example(choose(argument[1]), choose)
    if operator in (ops.SUBPATTERN, ops.ATOMIC_GROUP):
        return _example(_parts_of(operator, argument)[0], choose)
    return ""


def _of_set(parts: Sequence[Any], choose: Choose) -> str:
    """Return a character of a set."""
    if parts[0][0] is ops.NEGATE:
        return next(char for char in "a 1!\x7f" if not _is_in(char, parts[1:]))
    operator, argument = choose(parts)
    if operator is ops.RANGE:
        return chr(argument[0])
    return _CATEGORIES[argument] if operator is ops.CATEGORY else chr(argument)


def _is_in(char: str, parts: Sequence[Any]) -> bool:
    return any(_holds(char, operator, argument) for operator, argument in parts)


def _holds(char: str, operator: Any, argument: Any) -> bool:
    if operator is ops.RANGE:
        return bool(argument[0] <= ord(char) <= argument[1])
    return char == (_CATEGORIES[argument] if operator is ops.CATEGORY else chr(argument))
