"""The stretches, the medicines and the ice or heat that a message names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backchat.knowledge import Knowledge

_WORD = re.compile(r"[a-z]+")
_APOSTROPHES = str.maketrans("", "", "'’`")
_FUZZY_FROM = 6
"""Names shorter than this many letters must be spelt right."""
_LIKENESS = 0.84
_REMEMBERED = 1 << 14


@dataclass(frozen=True, slots=True)
class Mention:
    """Something that was named; ``kind`` is "stretch", "medicine" or "thermal"."""

    kind: str
    id: str
    start: int
    end: int


class Mentions:
    """Finds names and their other names, whatever the hyphens, apostrophes and small typos."""

    def __init__(self, knowledge: Knowledge) -> None:
        """Take the names from the knowledge."""
        self._names: dict[tuple[str, ...], tuple[str, str]] = {}
        for stretch in knowledge.stretches:
            self._add("stretch", stretch.id, (stretch.name, *stretch.other_names))
        for medicine in knowledge.medicines:
            self._add("medicine", medicine.id, (medicine.name, *medicine.brands))
        for thermal in knowledge.thermal:
            self._add("thermal", thermal.id, (thermal.name, *thermal.other_names))
        self._longest = max(len(name) for name in self._names)
        self._single = [name[0] for name in self._names if len(name) == 1]
        self._alike = lru_cache(_REMEMBERED)(self._most_alike)

    def read(self, text: str) -> tuple[Mention, ...]:
        """Return what the text names, in order of appearance."""
        return tuple(self._find(list(_words(text))))

    def _add(self, kind: str, identifier: str, names: tuple[str, ...]) -> None:
        for name in names:
            words = tuple(word for word, _, _ in _words(name))
            self._names[words] = (kind, identifier)
            if len(words) == 2:
                self._names[("".join(words),)] = (kind, identifier)
            if words[-1] == "stretch":
                self._names[words[:-1]] = (kind, identifier)

    def _find(self, words: list[tuple[str, int, int]]) -> Iterator[Mention]:
        position = 0
        while position < len(words):
            length = self._length_at(words, position)
            if length:
                name = self._corrected(words, position, length)
                kind, identifier = self._names[name]
                yield Mention(kind, identifier, words[position][1], words[position + length - 1][2])
            position += length or 1

    def _length_at(self, words: list[tuple[str, int, int]], position: int) -> int:
        for length in range(min(self._longest, len(words) - position), 0, -1):
            if self._corrected(words, position, length) in self._names:
                return length
        return 0

    def _corrected(
        self, words: list[tuple[str, int, int]], position: int, length: int
    ) -> tuple[str, ...]:
        name = tuple(word for word, _, _ in words[position : position + length])
        if length > 1 or name in self._names or len(name[0]) < _FUZZY_FROM:
            return name
        return (self._alike(name[0]),)

    def _most_alike(self, word: str) -> str:
        """Return the name that a word is a typo of, or the word."""
        near = difflib.get_close_matches(word, self._single, n=1, cutoff=_LIKENESS)
        return near[0] if near else word


def _words(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each word in lower case without apostrophes, with its place in the text."""
    for match in re.finditer(r"[A-Za-z][A-Za-z'’`]*", text):
        for word in _WORD.findall(match.group().lower().translate(_APOSTROPHES)):
            yield word, match.start(), match.end()
