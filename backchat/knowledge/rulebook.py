"""Reads ``rules.yml`` and ``screening.yml`` into the clinical rule book."""

from __future__ import annotations

from dataclasses import dataclass

from backchat.clinical.levels import Level
from backchat.clinical.rules import Rule, RuleBook, ScreeningQuestion
from backchat.knowledge.schema import Names
from backchat.knowledge.vocabulary import Vocabulary
from backchat.knowledge.yaml_source import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcedQuestion(ScreeningQuestion):
    """A screening question with its sources."""

    sources: tuple[str, ...]


def read_rulebook(rules: Node, screening: Node, vocabulary: Vocabulary, version: str) -> RuleBook:
    """Read the rules, then the screening questions that refer to them."""
    read = _read_rules(rules, vocabulary)
    names = Names("rule", [rule.id for rule in read])
    return RuleBook(read, _read_screening(screening, vocabulary, names), version)


def _read_rules(node: Node, vocabulary: Vocabulary) -> tuple[Rule, ...]:
    schema = vocabulary.schema(
        Rule,
        references={"clarifies": vocabulary.concept_names},
        optional=("raised", "lowered"),
    )
    rules = schema.read_all(node)
    for item, rule in zip(node.items(), rules, strict=True):
        _check_levels(item, rule)
    return rules


def _check_levels(node: Node, rule: Rule) -> None:
    given = node.entries()
    if (rule.level is Level.SEE_PROVIDER) != (rule.timeframe is not None):
        raise given["level"].error("SEE_PROVIDER needs a 'timeframe', no other level has one")
    if any(change.to <= rule.level for change in rule.raised):
        raise given["raised"].error(f"'raised' must name a level above {rule.level.name}")
    if any(change.to >= rule.level for change in rule.lowered):
        raise given["lowered"].error(f"'lowered' must name a level below {rule.level.name}")


def _read_screening(
    node: Node, vocabulary: Vocabulary, rules: Names
) -> tuple[ScreeningQuestion, ...]:
    concepts = vocabulary.concept_names
    schema = vocabulary.schema(
        SourcedQuestion,
        references={"rules": rules, "concepts": concepts, "key": concepts},
        unique="number",
    )
    questions = schema.read_all(node)
    for place, (item, question) in enumerate(zip(node.items(), questions, strict=True), start=1):
        if question.number != place:
            raise item.error(f"question {question.number} stands in place {place}")
        if not set(question.key) <= set(question.concepts):
            raise item.entries()["key"].error("'key' names a concept that 'concepts' lacks")
    return questions
