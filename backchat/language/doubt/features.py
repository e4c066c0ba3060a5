"""What the statistical reader sees of a message: its sentences, and denial marked on each word.

A word under a denial counts as another word, and "can't" marks differently from "no" and "not":
"no numbness" comforts, "can't pee" alarms, and which is which is learnt, never listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from zlib import crc32


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence.

    Attributes:
        words: In order; one that stands under a denial begins with a mark.
        parts: Where its parts begin, as numbers of words: after a comma, an "and", a "but".
    """

    words: Sequence[str]
    parts: Sequence[int]


BUCKETS = 1 << 17
"""How many features there are; words, runs of letters and pairs of words are hashed onto them."""

_LONGEST_TEXT = 4_000
_LONGEST_WORD = 24
_LONGEST_SCOPE = 7
_GRAMS = (3, 4, 5)
_CACHED = 1 << 14

_TOKEN = re.compile(r"[^\W_]+|[.!?;\n]+|[,:()/-]")
_APOSTROPHES = re.compile(r"['’‘ʼ`´]")
_AUXILIARY_NOT = re.compile(r"\b(can|could|do|does|did|is|are|was|has|have|will|would) not\b")
_IRREGULAR = {"can": "cant", "will": "wont"}
_STOPS = frozenset(".!?;\n")
_DECADE = 10
_LONGEST_NUMBER = 6

_DENIED = "~"
_UNABLE = "^"
_DENIALS = frozenset({
    "no", "not", "never", "without", "none", "nor", "neither", "nothing", "nobody", "isnt",
    "arent", "wasnt", "werent", "aint", "dont", "doesnt", "didnt", "havent", "hasnt", "hadnt",
    "wouldnt", "denies", "zero", "nope", "nah",
})  # fmt: skip
_INABILITIES = frozenset({
    "cant", "cannot", "couldnt", "unable", "wont", "cnt", "carnt", "cudnt", "impossible",
    "inability", "struggle", "struggling",
})  # fmt: skip
_SCOPE_ENDS = frozenset({
    "but", "except", "although", "though", "however", "apart", "besides", "because", "since",
    "just", "only", "yet", "still", "when", "so", "then", ":", "(", ")",
})  # fmt: skip
_PAUSES = frozenset({",", "and", "-"})
_JOINTS = (
    _SCOPE_ENDS | _PAUSES | {"also", "plus", "n", "oh", "while", "which", "cos", "cuz", "or", "if"}
)
_SUBJECTS = frozenset({
    "i", "im", "ive", "id", "my", "it", "its", "the", "theres", "there", "they", "she", "he",
    "we", "you", "this", "that",
})  # fmt: skip


def passages(text: str) -> Iterator[Passage]:
    """Yield the sentences of a message; each has at least one word."""
    for words in _sentences(text):
        passage = _marked(words)
        if passage.words:
            yield passage


def features(passage: Passage) -> tuple[list[int], list[float]]:
    """Return the numbers and weights of a passage's features; a number may occur repeatedly."""
    numbers, weights = pair_numbers(passage.words), [1.0] * len(passage.words)
    for word in passage.words:
        more, values = word_features(word)
        numbers.extend(more)
        weights.extend(values)
    return numbers, weights


def pair_numbers(words: Sequence[str]) -> list[int]:
    """Return the feature of each word together with the one before it."""
    return [_pair(before, word) for before, word in pairwise(["", *words])]


@lru_cache(maxsize=_CACHED)
def word_features(word: str) -> tuple[tuple[int, ...], tuple[float, ...]]:
    """Return the features of one word: itself, and the runs of letters in it."""
    mark, bare = (word[0], word[1:]) if word[0] in (_DENIED, _UNABLE) else ("", word)
    if bare.startswith("#"):
        return (_bucket(word),), (1.0,)
    edged = f"<{bare[:_LONGEST_WORD]}>"
    grams = [mark + edged[i : i + n] for n in _GRAMS for i in range(len(edged) - n + 1)]
    share = 1 / sqrt(len(grams))
    return (_bucket(word), *map(_bucket, grams)), (1.0, *(share for _ in grams))


@lru_cache(maxsize=_CACHED)
def _pair(before: str, word: str) -> int:
    return _bucket(f"{before} {word}")


def _bucket(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) % BUCKETS


def _sentences(text: str) -> Iterator[list[str]]:
    """Yield sentences; a question and its answer are one, with a denying answer put first."""
    question: list[str] = []
    for sentence in _split(text):
        if sentence[-1] == "?" and not question:
            question = sentence
        elif question and sentence[0] in _DENIALS:
            yield [*sentence[:1], *question, *sentence[1:]]
            question = []
        else:
            if question:
                yield question
            question = sentence if sentence[-1] == "?" else []
            if not question:
                yield sentence
    if question:
        yield question


def _split(text: str) -> Iterator[list[str]]:
    plain = _APOSTROPHES.sub("", text[:_LONGEST_TEXT].lower())
    plain = _AUXILIARY_NOT.sub(lambda match: _IRREGULAR.get(match[1], f"{match[1]}nt"), plain)
    sentence: list[str] = []
    for token, following in pairwise([*_TOKEN.findall(plain), ""]):
        if token == ":" and following in _DENIALS and sentence:
            yield [*sentence, "?"]
            sentence = []
        elif token[0] not in _STOPS:
            sentence.append(_decade(token) if token.isdecimal() else token)
        elif sentence:
            yield [*sentence, "?"] if token[0] == "?" else sentence
            sentence = []
    if sentence:
        yield sentence


def _decade(digits: str) -> str:
    return f"#{int(digits[:_LONGEST_NUMBER]) // _DECADE}"


def _marked(words: Sequence[str]) -> Passage:
    marked: list[str] = []
    parts = [0]
    mark, left = "", 0
    for word, following in pairwise([*words, ""]):
        if word in _JOINTS and marked and len(marked) > parts[-1]:
            parts.append(len(marked))
        if word in _INABILITIES or word in _DENIALS:
            marked.append(word)
            mark, left = (_UNABLE if word in _INABILITIES else _DENIED), _LONGEST_SCOPE
            continue
        if word in _SCOPE_ENDS or (word in _PAUSES and following in _SUBJECTS):
            left = 0
        if word[0].isalnum() or word[0] in "#?":
            marked.append(f"{mark}{word}" if left else word)
            left = max(0, left - 1)
    return Passage(marked, [part for part in parts if part < len(marked)])
