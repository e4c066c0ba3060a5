"""Loads the files of ``knowledge/lexicon/``.

Each may hold any of these keys; files add up::

    classes:                    # phrases by meaning; patterns name them with @
      saddle: [crotch/n, "between (my|the) legs", "@genital"]
    concepts:
      saddle_numbness:
        symptom: ["@saddle & @numb"]          # "no" or "not" before it makes it absent
        loss: ["@cannot @feel .. @saddle"]    # its own "can't" or "no" belongs to the symptom
        normal: ["@saddle .. @fine"]          # says that all is well: absent
        ask: ["@saddle @numb && @sitting"]    # may mean it: unsure
        never: ["saddle @sore"]               # sounds like it and is not
        hint: ["@saddle .. @odd"]             # unsure, only where nothing else is read
    idioms: ["dying laughing"]                # figures of speech: their words mean nothing else
    spellings: {u: you, cudnt: could not}     # words replaced before anything is read
    implies: {soreness: [back_pain]}          # who has the one has the other
    suggests: {leg_giving_way: [knee_buckling]}  # who has the one may have the other: unsure
    lasting: [cancer_history]                 # conditions rather than symptoms
    permanent: [cancer_history]               # conditions that "years ago" does not end
    causes: {skipped_warmup: ["no @warmup"]}
    activities: {deadlift: ["deadlift/v"]}
    aggravators: {bending: ["@worse .. bend/v"]}
    sides: {left: ["left"]}
    topics: {adjacent: ["@other_body & @pain"]}

The notation of phrases is described in ``phrasebook.py``, that of patterns in ``patterns.py``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backchat.knowledge.errors import closest
from backchat.knowledge.yaml_source import Node, parse
from backchat.language import patterns
from backchat.language.brackets import NotationError
from backchat.language.lexicon import Circumstance, Lexicon, Sense, Wording
from backchat.language.patterns import Pattern
from backchat.language.phrasebook import Phrasebook, Words, expand

_CLASS = re.compile(r"@\w+")
_LABELLED = [circumstance.value for circumstance in Circumstance]
_KEYS = (
    *("classes", "concepts", "idioms", "spellings", "implies", "suggests", "lasting", "permanent"),
    *_LABELLED,
)


def load_lexicon(root: Path, concepts: Collection[str]) -> Lexicon:
    """Read and compile every file of ``root / "lexicon"``.

    Args:
        root: The knowledge directory.
        concepts: The ids that may be named.

    Raises:
        KnowledgeError: A file is wrong; names file, line and, where one is close, what was meant.
    """
    entries = _Entries(concepts)
    for path in sorted((root / "lexicon").glob("*.yml")):
        entries.add(parse(path, root))
    return _Compiler(entries).lexicon()


@dataclass
class _Entries:
    """What the files say, unread patterns with their places."""

    known_concepts: Collection[str]
    classes: dict[str, Node] = field(default_factory=dict)
    spellings: dict[str, Words] = field(default_factory=dict)
    implies: dict[str, tuple[str, ...]] = field(default_factory=dict)
    suggests: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lasting: set[str] = field(default_factory=set)
    permanent: set[str] = field(default_factory=set)
    concepts: list[tuple[str, Sense, Node]] = field(default_factory=list)
    idioms: list[tuple[str, Sense, Node]] = field(default_factory=list)
    circumstances: dict[Circumstance, list[tuple[str, Sense, Node]]] = field(
        default_factory=lambda: {circumstance: [] for circumstance in Circumstance}
    )

    def add(self, top: Node) -> None:
        sections = top.fields((), _KEYS)
        for name, node in _items(sections, "classes"):
            if name in self.classes:
                other = self.classes[name]
                raise node.error(f"class '{name}' is already in {other.file}:{other.line}")
            self.classes[name] = node
        for word, node in _items(sections, "spellings"):
            self.spellings[word] = tuple(node.text().split())
        for name, links in (("implies", self.implies), ("suggests", self.suggests)):
            for concept, node in _items(sections, name):
                links[self._known(concept, node)] = self._concepts(node)
        for name, conditions in (("lasting", self.lasting), ("permanent", self.permanent)):
            if name in sections:
                conditions.update(self._concepts(sections[name]))
        for concept, node in _items(sections, "concepts"):
            self._known(concept, node)
            for sense, listed in node.fields((), [sense.value for sense in Sense]).items():
                self.concepts += [(concept, Sense(sense), item) for item in listed.items()]
        for circumstance, wordings in self.circumstances.items():
            for label, node in _items(sections, circumstance.value):
                wordings += [(label, Sense.SYMPTOM, item) for item in node.items()]
        if "idioms" in sections:
            self.idioms += [("idiom", Sense.NEVER, item) for item in sections["idioms"].items()]

    def _known(self, concept: str, node: Node) -> str:
        if concept not in self.known_concepts:
            raise node.error(f"unknown concept '{concept}'", closest(concept, self.known_concepts))
        return concept

    def _concepts(self, node: Node) -> tuple[str, ...]:
        return tuple(item.choice(self.known_concepts, "concept") for item in node.items())


class _Compiler:
    """Expands classes and choices into phrases, and reads patterns."""

    def __init__(self, entries: _Entries) -> None:
        self._entries = entries
        self._classes: dict[str, frozenset[Words]] = {}
        self._choices: dict[str, frozenset[Words]] = {}
        self._wider: dict[str, list[str]] = defaultdict(list)

    def lexicon(self) -> Lexicon:
        entries = self._entries
        for name in entries.classes:
            self._expand_class(name, ())
        concepts = self._wordings(entries.concepts)
        idioms = self._wordings(entries.idioms)
        circumstances = {
            circumstance: self._wordings(wordings)
            for circumstance, wordings in entries.circumstances.items()
        }
        phrases = {f"@{name}": members for name, members in self._classes.items()} | self._choices
        phrasebook = Phrasebook(phrases, self._wider)
        small = sorted({words[0] for words in self._classes.get("filler", ())})
        return Lexicon(
            phrasebook=phrasebook,
            common=phrasebook.places(small).symbols,
            vocabulary=frozenset(
                word for members in phrases.values() for words in members for word in words
            ),
            spellings=entries.spellings,
            concepts=concepts,
            idioms=idioms,
            circumstances=circumstances,
            implies=entries.implies,
            suggests=entries.suggests,
            lasting=frozenset(entries.lasting),
            permanent=frozenset(entries.permanent),
        )

    def _expand_class(self, name: str, within: tuple[str, ...]) -> None:
        if name in self._classes:
            return
        node = self._entries.classes[name]
        if name in within:
            raise node.error(f"class '{name}' contains itself")
        members: set[Words] = set()
        for item in node.items():
            for other in self._classes_named_in(item):
                self._expand_class(other, (*within, name))
            members.update(self._phrases(item.text(), item))
        self._classes[name] = frozenset(members)

    def _wordings(self, entries: Iterable[tuple[str, Sense, Node]]) -> tuple[Wording, ...]:
        return tuple(
            Wording(label, sense, self._pattern(node), f"{node.file}:{node.line}")
            for label, sense, node in entries
        )

    def _pattern(self, node: Node) -> Pattern:
        self._classes_named_in(node)
        try:
            pattern = patterns.parse(node.text())
        except NotationError as error:
            raise node.error(str(error)) from error
        for symbol, alternatives in pattern.choices.items():
            if symbol not in self._choices:
                self._add_choice(symbol, alternatives, node)
        return pattern

    def _add_choice(self, symbol: str, alternatives: Iterable[str], node: Node) -> None:
        members: set[Words] = set()
        for choice in alternatives:
            if _CLASS.fullmatch(choice):
                self._wider[choice].append(symbol)
            else:
                members.update(self._phrases(choice, node))
        self._choices[symbol] = frozenset(members)

    def _phrases(self, text: str, node: Node) -> Iterable[Words]:
        try:
            return tuple(expand(text, self._classes, self._entries.spellings))
        except NotationError as error:
            raise node.error(str(error)) from error

    def _classes_named_in(self, node: Node) -> list[str]:
        names = [name[1:] for name in _CLASS.findall(node.text())]
        for name in names:
            if name not in self._entries.classes:
                meant = closest(name, self._entries.classes)
                raise node.error(f"unknown class '@{name}'", f"@{meant}" if meant else None)
        return names


def _items(sections: Mapping[str, Node], name: str) -> Iterable[tuple[str, Node]]:
    return sections[name].entries().items() if name in sections else ()
