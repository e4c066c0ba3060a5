"""Where the two readers meet: the grammar of meanings, and the statistical one.

Neither the statistical reader's word alone nor the grammar's fires a rule against the other:

- What it suspects and the grammar passed over becomes a question.
- What it is sure of is there if the grammar finds the rule's own vocabulary in the message, spoken
  of as the person's own and as present.
- What the grammar read and it takes for harmless in every part becomes a question.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Protocol

from backchat.clinical.reading import Answer, Status
from backchat.clinical.rules import Rule
from backchat.language.annotation import Message
from backchat.language.context import Manner
from backchat.language.findings import Claim, Verdict
from backchat.language.lexicon import Lexicon, Sense
from backchat.language.matching import Match
from backchat.language.phrasebook import Span
from backchat.language.speakers import Owner, owner_of

UNDERSTOOD_MARGIN = 3.0
"""How much surer the statistical reader has to be of what the grammar made sense of otherwise."""

SIGN_MARGIN = 8.0
"""How much surer it has to be of one in which the grammar read a sign, denied or not."""

MOST_CONCEPTS = 20
"""A word that more concepts need than these bears out none of them."""

TELLING_CONCEPTS = 10
"""One that more need bears out none in a message that the grammar made sense of otherwise."""

_NAMING = frozenset({Sense.SYMPTOM, Sense.LOSS})
_SETTLED = frozenset({Sense.NEVER, Sense.ASK})
_ELSEWHERE = frozenset({Manner.LONG_AGO, Manner.IMAGINED, Manner.DOUBTED, Manner.REFUTED})
_NEGATOR = "@negator"


class Opinion(Protocol):
    """What the statistical reader makes of a message; see `backchat.language.doubt.model`."""

    def suspects(self, margin: float = 0.0) -> tuple[str, ...]:
        """Return the rules that it suspects."""

    def is_sure_of(self, margin: float = 0.0) -> tuple[str, ...]:
        """Return the rules that it takes the message for."""

    def prefers(self, rule: str, others: Collection[str], margin: float) -> bool:
        """Whether it takes the message rather for one rule than for any of the others."""

    def dismisses(self, rule: str) -> bool:
        """Whether it takes every part of the message for harmless."""


Opine = Callable[[str], Opinion]
_Vocabulary = Mapping[str, frozenset[str]]


class NoOpinion:
    """Suspects nothing and contradicts nothing: the grammar alone reads."""

    def suspects(self, margin: float = 0.0) -> tuple[str, ...]:
        """Suspect nothing."""
        return ()

    def is_sure_of(self, margin: float = 0.0) -> tuple[str, ...]:
        """Be sure of nothing."""
        return ()

    def prefers(self, rule: str, others: Collection[str], margin: float) -> bool:
        """Prefer nothing."""
        return False

    def dismisses(self, rule: str) -> bool:
        """Dismiss nothing."""
        return False


class SecondOpinion:
    """Confirms, questions and completes what the grammar read.

    Args:
        rules: Rules by id.
        lexicon: The grammar, whose vocabulary has to bear out what the other reader is sure of.
        opine: The statistical reader.
    """

    def __init__(self, rules: Mapping[str, Rule], lexicon: Lexicon, opine: Opine) -> None:
        """Collect the vocabulary of each concept."""
        self.opine = opine
        self._rules = rules
        self._lasting = lexicon.lasting
        self._rules_of: dict[str, list[Rule]] = defaultdict(list)
        for rule in rules.values():
            for concept in rule.sufficient:
                self._rules_of[concept].append(rule)
        vocabulary = _vocabularies(lexicon, self._rules_of)
        self._vocabulary = vocabulary(MOST_CONCEPTS)
        self._telling = vocabulary(TELLING_CONCEPTS)

    def reviewed(
        self, message: Message, verdicts: Iterable[Verdict], opinion: Opinion, *, is_reply: bool
    ) -> Iterator[Verdict]:
        """Yield the grammar's verdicts, unsure where the other reader sees nothing in any part.

        What a "no" or "not" reaches is for the grammar to say: there the other reader only guesses.
        So is a lasting condition, such as a pregnancy or an age: it may be said in passing, in a
        message that is harmless but for it.

        Args:
            message: The message.
            verdicts: What the grammar read.
            opinion: On the whole message.
            is_reply: The message may answer a question, which the other reader has not seen.
        """
        final = is_reply or _NEGATOR in message.scene.symbols
        for verdict in verdicts:
            rules = self._rules_of.get(verdict.concept, ())
            stands = final or verdict.status is not Status.PRESENT or not rules
            stands = stands or verdict.concept in self._lasting
            if stands or not all(opinion.dismisses(rule.id) for rule in rules):
                yield verdict
            else:
                yield replace(verdict, status=Status.UNSURE)

    def confirmed(
        self,
        message: Message,
        claims: Iterable[Claim],
        verdicts: Collection[Verdict],
        opinion: Opinion,
    ) -> Iterator[Verdict]:
        """Yield what the other reader is sure of and the grammar's vocabulary bears out.

        Of a concept that the grammar has doubts about it has to be surer; where the grammar read
        another sign, it has to be surer of this one than of that. Where the grammar knows the words
        as harmless or worth a question, or read them as denied, over, imagined or somebody else's,
        that stands.

        Args:
            message: The message.
            claims: The grammar's readings.
            verdicts: What they mean.
            opinion: On the whole message.
        """
        senses: dict[str, set[Sense]] = defaultdict(set)
        for claim in claims:
            senses[claim.wording.label].add(claim.wording.sense)
        read: dict[str, set[Status]] = defaultdict(set)
        for verdict in verdicts:
            read[verdict.concept].add(verdict.status)
        understood = {
            rule.id
            for verdict in verdicts
            if verdict.status is Status.PRESENT
            for rule in self._rules_of.get(verdict.concept, ())
        }
        surer = opinion.is_sure_of(UNDERSTOOD_MARGIN)
        for rule_id in opinion.is_sure_of():
            concepts = self._rules[rule_id].sufficient
            said = set[Status]().union(*(read[each] for each in concepts))
            meant = set[Sense]().union(*(senses[each] for each in concepts))
            if not meant.isdisjoint(_SETTLED) or not said <= {Status.UNSURE}:
                continue
            if (said or understood) and rule_id not in surer:
                continue
            if not (said or opinion.prefers(rule_id, understood, UNDERSTOOD_MARGIN)):
                continue
            vocabulary = self._telling if understood and not said else self._vocabulary
            borne_out = [
                Verdict(concept, match, Status.PRESENT, owner_of(match, message.owners))
                for concept in sorted(concepts)
                if (match := _borne_out(vocabulary[concept], message))
            ]
            if borne_out:
                yield max(borne_out, key=lambda verdict: len(verdict.match))

    def suspected(
        self,
        opinion: Opinion,
        spoken_of: Collection[str],
        question: str | None,
        answer: Answer | None,
    ) -> Iterator[str]:
        """Yield the concepts that nothing was said of and that a suspected rule asks about.

        Args:
            opinion: On the message.
            spoken_of: Concepts that were found, whatever their status.
            question: Id of the question before the message; once answered it is not asked again.
            answer: The message taken as its answer.
        """
        margin = UNDERSTOOD_MARGIN if spoken_of else 0.0
        if not self._rules_of.keys().isdisjoint(spoken_of):
            margin = SIGN_MARGIN
        for rule_id in opinion.suspects(margin):
            rule = self._rules[rule_id]
            answered = answer is not None and question == rule.question
            if rule.clarifies and not answered and rule.sufficient.isdisjoint(spoken_of):
                yield rule.clarifies


def _borne_out(vocabulary: frozenset[str], message: Message) -> Match:
    """Return the words of a vocabulary in the clause that has most of them.

    Only clauses count in which they are said of somebody as they are now, in a sentence that is not
    about another time, a mere thought or a doubt.
    """
    elsewhere = {
        message.scene.clauses.sentence[scope.trigger[0]]
        for scope in message.context.scopes
        if scope.manner in _ELSEWHERE
    }
    clauses: dict[int, list[Span]] = defaultdict(list)
    for i, word in enumerate(message.words):
        sentence, clause = message.scene.clauses.sentence[i], message.scene.clauses.clause[i]
        if word in vocabulary and i not in message.hidden and sentence not in elsewhere:
            clauses[clause].append((i, i + 1))
    matches = [tuple(spans) for spans in clauses.values()]
    meant = [
        match
        for match in matches
        if not message.context.manners(match)
        and owner_of(match, message.owners) is not Owner.NOBODY
    ]
    return max(meant, key=len, default=())


def _vocabularies(lexicon: Lexicon, concepts: Collection[str]) -> Callable[[int], _Vocabulary]:
    """Return what gives the words that a concept needs and at most so many concepts do."""
    phrases = lexicon.phrasebook.phrases()
    needed = {symbol for wording in lexicon.concepts for symbol in wording.pattern.required}
    words_of = {
        symbol: {word for words in phrases.get(symbol, ()) for word in words} for symbol in needed
    }
    found: dict[str, set[str]] = defaultdict(set)
    for wording in lexicon.concepts:
        if wording.sense in _NAMING:
            found[wording.label].update(*(words_of[each] for each in wording.pattern.required))
    uses = Counter(word for words in found.values() for word in words)

    def vocabulary(most: int) -> _Vocabulary:
        return {
            concept: frozenset(
                word for word in found[concept] if word.isalnum() and uses[word] <= most
            )
            for concept in concepts
        }

    return vocabulary
