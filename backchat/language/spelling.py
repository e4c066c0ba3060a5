"""Spelling repair, cautious: only unknown words, only towards words the lexicon or English knows.

One slip (a letter too many, too few, wrong, or two swapped) is mended towards the commonest word of
English or of the lexicon; two slips only in long words and only towards the lexicon. Words of up to
four letters are never repaired: "wee" and "week", "poo" and "pool" are one letter apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import lru_cache
from importlib.resources import files

from symspellpy import SymSpell, Verbosity

_SHORTEST = 5
_LONGEST = 24
_TWO_SLIPS_FROM = 9
_CLINICAL_COUNT = 5_000_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Knows which words are words, and the nearest one to any other.

    Args:
        vocabulary: The lexicon's words.
    """

    def __init__(self, vocabulary: Set[str]) -> None:
        """Load the English word list and index the lexicon's long words."""
        self._counts = _english_counts()
        for word in vocabulary:
            self._counts[word] = max(self._counts.get(word, 0), _CLINICAL_COUNT)
        self._long_words = SymSpell(max_dictionary_edit_distance=2, prefix_length=7)
        for word in vocabulary:
            if len(word) >= _TWO_SLIPS_FROM - 1:
                self._long_words.create_dictionary_entry(word, self._counts[word])
        self._cached = lru_cache(maxsize=10_000)(self._nearest)

    @property
    def known(self) -> Set[str]:
        """All words that are words as they stand."""
        return self._counts.keys()

    def repair(self, word: str) -> str | None:
        """Return the word most likely meant by an unknown word, or None."""
        if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha() or word in self._counts:
            return None
        return self._cached(word)

    def _nearest(self, word: str) -> str | None:
        near = [other for other in set(_one_slip_from(word)) if other in self._counts]
        if near:
            return max(near, key=lambda other: (self._counts[other], other))
        if len(word) < _TWO_SLIPS_FROM:
            return None
        found = self._long_words.lookup(word, Verbosity.TOP, max_edit_distance=2)
        return found[0].term if found else None


def _one_slip_from(word: str) -> Iterator[str]:
    for i in range(len(word)):
        before, letter, after = word[:i], word[i], word[i + 1 :]
        yield before + after
        if after:
            yield before + after[0] + letter + after[1:]
        for other in _LETTERS:
            yield before + other + after
            yield before + other + letter + after
    yield from (word + other for other in _LETTERS)


def _english_counts() -> dict[str, int]:
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
    pairs = (line.split() for line in text.splitlines())
    return {word: int(count) for word, count in pairs}
