"""The hazard log names tests that exist and covers every rule."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from backchat.knowledge import load

TESTS = Path(__file__).parents[1]
LOG = (TESTS.parent / "docs/safety.md").read_text(encoding="utf-8")
HAZARDS = dict(re.findall(r"^### (H\d\d) .+\n((?:(?!#).*\n)+)", LOG, re.MULTILINE))
NAMED = sorted(set(re.findall(r"`([a-z_]+/test_\w+\.py(?:::\w+)+)`", LOG)))
PARTS = ("Harm", "Cause", "Guard", "Proof", "Left")
PHRASES_OF_A_RULE = 30


@cache
def functions_of(file: Path) -> set[str]:
    """The tests of a file, those of classes behind the name of their class."""
    found = set()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}::{each.name}" for each in node.body if is_function(each)}
        elif is_function(node):
            found.add(node.name)
    return found


def is_function(node: ast.AST) -> bool:
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)


@pytest.mark.parametrize("name", NAMED)
def test_every_test_that_it_names_exists(name: str) -> None:
    file, _, test = name.partition("::")

    assert test in functions_of(TESTS / file)


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_hazard_has_all_its_parts_and_a_test(hazard: str) -> None:
    parts = re.findall(r"^- \*\*(\w+):\*\* (.+)", HAZARDS[hazard], re.MULTILINE)

    assert tuple(name for name, _ in parts) == PARTS
    assert any(name in HAZARDS[hazard] for name in NAMED)
    assert re.match(r"(grave|serious|lesser)\b", dict(parts)["Harm"])


def test_hazards_are_numbered_without_a_gap() -> None:
    assert list(HAZARDS) == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]
    assert LOG.count("\n### H") == len(HAZARDS)


def test_every_rule_is_listed_as_the_knowledge_has_it() -> None:
    listed = re.findall(r"^\| `(\w+)` \| (.+) \| `(\w+)` \|$", LOG, re.MULTILINE)
    rules = load().rulebook.rules

    assert listed == [(rule.id, rule.name, rule.level.name) for rule in rules]


def test_every_rule_has_as_many_phrases_as_it_says() -> None:
    phrases: Counter[str] = Counter()
    for file in (TESTS / "language/data").glob("phrases_*.jsonl"):
        for line in file.read_text(encoding="utf-8").splitlines():
            phrase = json.loads(line)
            phrases[phrase["rule"]] += phrase["kind"] == "pos"

    assert f"at least {PHRASES_OF_A_RULE} phrases" in LOG
    for rule in load().rulebook.rules:
        assert phrases[rule.id] >= PHRASES_OF_A_RULE, rule.id
