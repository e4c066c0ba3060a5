"""A message in canonical spelling, so that the grammars of times and quantities stay small.

Words are lower case, without apostrophes and joined by single spaces; numbers are digits (``2.5``),
ranges ``2~3``, ordinals ``3rd``, clock times ``19:30`` (``7:30u`` where morning or evening is not
said). Every stretch of canonical text can be traced back to the person's own words.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache

from backchat.language.numbers import Word, merge_numbers
from backchat.language.typos import mend

_TOKEN = re.compile(
    r"""\d{4}-\d{1,2}-\d{1,2}(?!\d)
    | \d{1,2}([/.-])\d{1,2}\1\d{2,4}(?!\d)
    | \d{1,2}:\d{2}(?!\d)
    | \d+(?:[.,]\d+)*
    | [^\W\d_]+(?:['\u2019\u02bc`\u00b4][^\W\d_]+)*
    | \.{2,} | \n+ | \S""",
    re.VERBOSE,
)
_MARKS = {"\u2013": "-", "\u2014": "-", "\u2212": "-", "…": ",", "&": "and", "\ufe0f": ""}


@dataclass(frozen=True, slots=True)
class Canonical:
    """A message and its canonical spelling.

    Attributes:
        source: The message as written.
        text: Its canonical spelling.
        words: The words of ``text`` with their places in ``source``.
        starts: Where in ``text`` each word begins.
    """

    source: str
    text: str
    words: tuple[Word, ...]
    starts: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """Return the person's own words for ``text[start:end]``."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_left(self.starts, end) - 1)
        if not self.words:
            return ""
        return self.source[self.words[first].start : self.words[last].end]


@lru_cache(maxsize=64)
def canonical(text: str) -> Canonical:
    """Spell a message canonically; never raises."""
    words = merge_numbers(_split(text))
    starts: list[int] = []
    at = 0
    for word in words:
        starts.append(at)
        at += len(word.text) + 1
    return Canonical(text, " ".join(w.text for w in words), tuple(words), tuple(starts))


def _split(text: str) -> list[Word]:
    words: list[Word] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        for part in _spell(match.group()):
            words.append(Word(part, start, end))
    return words


def _spell(token: str) -> tuple[str, ...]:
    first = token[0]
    if first.isdecimal():
        return (token if token.isascii() else "".join(_ascii_digit(c) for c in token),)
    if first.isalpha():
        return mend(token)
    if first == "\n":
        return (".",)
    if first == "." and len(token) > 1:
        return (",",)
    mark = _MARKS.get(token, token)
    return (mark,) if mark else ()


def _ascii_digit(char: str) -> str:
    return str(int(char)) if char.isdecimal() else char
