"""More examples than anybody writes: what the grammar can say, slips of typing, longer messages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from random import Random

from backchat.clinical.rules import AnyOf, Concept, Condition
from backchat.knowledge import Knowledge
from backchat.language.doubt.examples import Example
from backchat.language.lexicon import Lexicon, Sense, Wording
from backchat.language.lexicon_files import load_lexicon
from backchat.language.patterns import END, START, Pattern
from backchat.language.phrasebook import Words

_PER_SENSE = 30
"""Sentences made up for one sense of one concept."""
_GENERATED_WEIGHT = 0.5
_OPTIONAL_SPOKEN = 0.4
_DENIALS = ("no", "never had any", "there is no", "i do not have", "without")
_DENIED = 0.5
_JOINED = ("{}, {}", "{} and {}", "{} but {}")
_SHORTEST_MISTYPED = 4
_WORDS_PER_SLIP = 8


def grammar_examples(knowledge: Knowledge, seed: int) -> list[Example]:
    """Return made-up sentences of the grammar, for every concept that fires a rule by itself."""
    lexicon = load_lexicon(knowledge.directory, knowledge.concepts)
    return list(_Speaker(lexicon, Random(seed)).examples(_rules_by_concept(knowledge)))


def variations(examples: Sequence[Example], seed: int) -> list[Example]:
    """Return each example mistyped, and each that alarms within a longer message."""
    rng = Random(seed)
    harmless = [example for example in examples if not example.rules]
    varied = [
        Example(mistyped(example.text, rng), example.rules, example.weight / 2)
        for example in examples
    ]
    for example in examples:
        if example.rules and harmless:
            parts = [example.text, rng.choice(harmless).text]
            rng.shuffle(parts)
            text = rng.choice(_JOINED).format(*parts)
            varied.append(Example(text, example.rules, _GENERATED_WEIGHT))
            parts = [rng.choice(harmless).text, rng.choice(harmless).text]
            text = rng.choice(_JOINED).format(*parts)
            varied.append(Example(text, frozenset(), _GENERATED_WEIGHT))
    return varied


def mistyped(text: str, rng: Random) -> str:
    """Return the text with a few letters swapped, dropped or doubled, never the first of a word."""
    words = text.split()
    for _ in range(1 + len(words) // _WORDS_PER_SLIP):
        i = rng.randrange(len(words))
        word = words[i]
        if len(word) >= _SHORTEST_MISTYPED:
            at = rng.randrange(1, len(word) - 1)
            slip = rng.choice((word[at + 1] + word[at], word[at + 1], word[at] * 2 + word[at + 1]))
            words[i] = word[:at] + slip + word[at + 2 :]
    return " ".join(words)


class _Speaker:
    def __init__(self, lexicon: Lexicon, rng: Random) -> None:
        self._lexicon = lexicon
        self._rng = rng
        self._phrases = {name: sorted(all_) for name, all_ in lexicon.phrasebook.phrases().items()}

    def examples(self, rules: Mapping[str, frozenset[str]]) -> Iterator[Example]:
        wordings: dict[tuple[str, Sense], list[Wording]] = defaultdict(list)
        for wording in self._lexicon.concepts:
            if wording.label in rules:
                wordings[wording.label, wording.sense].append(wording)
        for (concept, sense), choices in wordings.items():
            for _ in range(_PER_SENSE):
                text = self._say(self._rng.choice(choices).pattern)
                if sense in (Sense.SYMPTOM, Sense.LOSS):
                    yield Example(text, rules[concept], _GENERATED_WEIGHT)
                elif sense in (Sense.NORMAL, Sense.NEVER):
                    yield Example(text, frozenset(), _GENERATED_WEIGHT)
                if sense is Sense.SYMPTOM and self._rng.random() < _DENIED:
                    denied = f"{self._rng.choice(_DENIALS)} {text}"
                    yield Example(denied, frozenset(), _GENERATED_WEIGHT)
        for idiom in self._lexicon.idioms:
            yield Example(self._say(idiom.pattern), frozenset(), _GENERATED_WEIGHT)

    def _say(self, pattern: Pattern) -> str:
        words: list[str] = []
        for part in pattern.parts:
            for step in part:
                silent = step.optional and self._rng.random() >= _OPTIONAL_SPOKEN
                if step.symbol not in (START, END) and not silent:
                    words.extend(self._phrase(step.symbol))
        return " ".join(words)

    def _phrase(self, symbol: str) -> Words:
        return self._rng.choice(self._phrases[symbol])


def _rules_by_concept(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for rule in knowledge.rulebook.rules:
        for concept in _sufficient(rule.when):
            found[concept].add(rule.id)
    return {concept: frozenset(rules) for concept, rules in found.items()}


def _sufficient(condition: Condition) -> Iterator[str]:
    """Yield the concepts each of which makes the condition hold by itself."""
    match condition:
        case Concept(concept):
            yield concept
        case AnyOf(parts):
            for part in parts:
                yield from _sufficient(part)
