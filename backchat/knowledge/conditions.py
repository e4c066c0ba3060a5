"""Conditions of rules and exclusions as written in YAML.

A bare word is a concept. A mapping has exactly one of these keys::

    {all: [...]}  {any: [...]}  {at_least: {count: 2, of: [...]}}
    {age_below: 18}  {age_at_least: 65}  {pain_at_least: 8}  {pain_at_most: 3}
    {over_hours: 48}  {within_hours: 48}  {trend: worse}  {worse_with: bending}
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from backchat.clinical.reading import Trend
from backchat.clinical.rules import (
    AgeAtLeast,
    AgeBelow,
    AllOf,
    AnyOf,
    AtLeast,
    Concept,
    Condition,
    OverHours,
    PainAtLeast,
    PainAtMost,
    TrendIs,
    WithinHours,
    WorseWith,
)
from backchat.knowledge.yaml_source import Node

MOVEMENTS = ("bending", "sitting", "arching", "standing", "twisting")
"""Movements that may hurt, as in ``Reading.aggravators``."""

_TRENDS = {trend.value: trend for trend in Trend}


@dataclass(frozen=True, slots=True)
class ConditionReader:
    """Reads conditions over the given concepts."""

    concepts: Collection[str]

    def read(self, node: Node) -> Condition:
        """Return the condition written at ``node``."""
        if not node.is_mapping:
            return Concept(node.choice(self.concepts, "concept"))
        forms = self._forms()
        pairs = node.fields((), forms)
        if len(pairs) != 1:
            raise node.error(f"a condition has exactly one key, found {len(pairs)}")
        [(form, value)] = pairs.items()
        return forms[form](value)

    def _forms(self) -> dict[str, Callable[[Node], Condition]]:
        return {
            "all": lambda node: AllOf(self._parts(node)),
            "any": lambda node: AnyOf(self._parts(node)),
            "at_least": self._at_least,
            "age_below": lambda node: AgeBelow(_within(node, 1, 120)),
            "age_at_least": lambda node: AgeAtLeast(_within(node, 1, 120)),
            "pain_at_least": lambda node: PainAtLeast(_within(node, 0, 10)),
            "pain_at_most": lambda node: PainAtMost(_within(node, 0, 10)),
            "over_hours": lambda node: OverHours(_within(node, 1, 24 * 365)),
            "within_hours": lambda node: WithinHours(_within(node, 1, 24 * 365)),
            "trend": lambda node: TrendIs(_TRENDS[node.choice(_TRENDS, "trend")]),
            "worse_with": lambda node: WorseWith(node.choice(MOVEMENTS, "movement")),
        }

    def _parts(self, node: Node) -> tuple[Condition, ...]:
        parts = tuple(self.read(item) for item in node.items())
        if not parts:
            raise node.error("expected at least one condition, found an empty list")
        return parts

    def _at_least(self, node: Node) -> AtLeast:
        fields = node.fields(["count", "of"])
        parts = self._parts(fields["of"])
        return AtLeast(_within(fields["count"], 1, len(parts)), parts)


def _within(node: Node, least: int, most: int) -> int:
    value = node.integer()
    if not least <= value <= most:
        raise node.error(f"expected {least} to {most}, found {value}")
    return value
