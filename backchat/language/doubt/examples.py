"""The written examples of ``knowledge/examples``: how people say things, by rule, and harmlessly.

Every file maps rule ids, or ``benign``, to lists of messages; files add up. A message under two
rules makes one suspect both; one that is benign stands under no rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from backchat.knowledge.yaml_source import Node, parse

BENIGN = "benign"
FOLDER = "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """A message and what to make of it.

    Attributes:
        text: The message.
        rules: The rules it should make one suspect; none if it is harmless.
        weight: How much it counts in training.
    """

    text: str
    rules: frozenset[str]
    weight: float = 1.0


def read_examples(root: Path, rules: Collection[str]) -> tuple[Example, ...]:
    """Read every file of ``root / "examples"``.

    Args:
        root: The knowledge directory.
        rules: The rule ids that may be named.

    Raises:
        KnowledgeError: A file is wrong, a message stands twice under one rule, or a benign message
            stands under a rule as well.
    """
    found: dict[str, set[str]] = {}
    for path in sorted((root / FOLDER).glob("*.yml")):
        for label, item in _labelled(parse(path, root), [BENIGN, *rules]):
            text = item.text()
            labels = found.setdefault(text, set())
            if label in labels:
                raise item.error(f"'{text}' stands twice under {label}")
            labels.add(label)
            if BENIGN in labels and len(labels) > 1:
                raise item.error(f"'{text}' is both benign and an example of a rule")
    return tuple(Example(text, frozenset(labels - {BENIGN})) for text, labels in found.items())


def _labelled(top: Node, labels: Collection[str]) -> Iterator[tuple[str, Node]]:
    for label, node in top.fields((), labels).items():
        for item in node.items():
            yield label, item
