"""Stops and line breaks that end nothing, as between "I cannot feel" and, a line on, "my legs".

They are taken out before clauses are looked for, so that a message typed line by line or word by
word says the same as one typed in one go.
"""

from __future__ import annotations

from collections.abc import Sequence

from backchat.language.tokens import Token

_NEWLINE = "\n"
_FULL_STOP = "."
_LEAST_STACCATO = 3
_OPEN = frozenset({
    "a", "an", "the", "my", "your", "his", "her", "our", "their", "this", "these", "those",
    "some", "any", "both", "either", "neither", "not", "and", "or", "of", "to", "from", "with",
    "between", "at", "into", "is", "are", "was", "were", "am", "be", "been", "being", "has",
    "have", "had", "can", "could", "will", "would", "feel", "feels", "felt", "sense", "like",
})  # fmt: skip
"""Words after which a sentence goes on, whatever stands between."""
_CONTINUING = frozenset({
    "of", "in", "on", "between", "around", "round", "inside", "from", "into", "or", "to", "when",
    "while", "whenever", "since", "after", "that", "which", "are",
})  # fmt: skip
"""Words that go on with a sentence, unless the line before denied something."""
_NEGATIVE = frozenset({
    "no", "not", "never", "none", "nothing", "without", "neither", "nor",
})  # fmt: skip
_AUXILIARY = frozenset({
    "is", "are", "was", "will", "does", "do", "did", "has", "have", "can", "could", "would",
})  # fmt: skip
_ASKED_OF = frozenset({
    "i", "it", "he", "she", "they", "we", "you", "my", "the", "this", "that", "there", "a", "your",
})  # fmt: skip
"""Words that make a question of the auxiliary before them: "is it"."""


def without_false_breaks(tokens: Sequence[Token], text: str) -> list[Token]:
    """Return the tokens without line breaks inside a sentence and stops between single words."""
    staccato = _staccato(tokens)
    return [
        token
        for i, token in enumerate(tokens)
        if i not in staccato and not (token.word == _NEWLINE and _goes_on(tokens, i, text))
    ]


def _goes_on(tokens: Sequence[Token], i: int, text: str) -> bool:
    newline = tokens[i]
    if i == 0 or i + 1 == len(tokens) or text[newline.start : newline.end].count(_NEWLINE) > 1:
        return False
    before, after = tokens[i - 1].word, tokens[i + 1].word
    if not before[-1:].isalnum():
        return False
    if before in _OPEN:
        return True
    if _NEGATIVE & {token.word for token in _line_before(tokens, i)}:
        return False
    follows = tokens[i + 2].word if i + 2 < len(tokens) else ""
    return after in _CONTINUING or (after in _AUXILIARY and follows not in _ASKED_OF)


def _line_before(tokens: Sequence[Token], i: int) -> Sequence[Token]:
    start = i
    while start > 0 and tokens[start - 1].word not in (_NEWLINE, _FULL_STOP):
        start -= 1
    return tokens[start:i]


def _staccato(tokens: Sequence[Token]) -> set[int]:
    """Return the stops within a run of at least three one-word sentences."""
    found: set[int] = set()
    stops: list[int] = []
    words = 0
    for i, token in enumerate(tokens):
        if token.word == _FULL_STOP and words == 1:
            stops.append(i)
            words = 0
            continue
        if token.word in (_FULL_STOP, _NEWLINE):
            words, stops = 0, _kept(stops, found, closed=True)
            continue
        glued = i > 0 and words > 0 and tokens[i - 1].end >= token.start
        words += not glued
        if words > 1:
            stops = _kept(stops, found, closed=True)
    _kept(stops, found, closed=words != 1)
    return found


def _kept(stops: list[int], found: set[int], *, closed: bool) -> list[int]:
    """Note a run's inner stops if it is long enough; its last stop counts where it is closed."""
    inner = stops[:-1] if closed else stops
    if len(inner) + 1 >= _LEAST_STACCATO:
        found.update(inner)
    return []
