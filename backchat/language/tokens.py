"""Words and their places in a message: spaCy's English tokenizer, then plain spelling.

A token keeps the characters it stands for, so that every finding can quote the person. Typing noise
is ironed out here: case, curly quotes, missing apostrophes ("cant"), drawn-out letters ("sooo"),
hyphens within words ("rock-hard" is "rock hard") and the short forms of ``lexicon/spellings.yml``
("cudnt", "u", "b4").
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

_STRAIGHT = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-", "—": "-"}
    | dict.fromkeys("\u00a0\u200b\u200c\u200d\ufeff\u00ad", " ")
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
)
_GLUED = (r"(?<=[^\W\d_])[.?!:;,/]+(?=[^\W\d_])", r"(?<=\d)[?!:;,](?=[^\W\d_])", r"[~…]+")
_CONTRACTED = {
    "ca": "can", "wo": "will", "ai": "is", "sha": "shall", "nt": "not", "n't": "not",
    "'ve": "have", "ve": "have", "'m": "am", "m": "am", "gon": "going", "na": "to", "wan": "want",
    "'re": "are", "re": "are", "'ll": "will", "ll": "will", "'d": "would", "'s": "is", "s": "is",
}  # fmt: skip
_INITIAL = re.compile(r"[a-z]\.")
_INTERVIEW = re.compile(r"\bQ\b.*\bA\b", re.DOTALL)
_SPEAKER = re.compile(r"\b[QA]\b")
_DRAWN_OUT = re.compile(r"(.)\1{2,}")
_VOCABULARY_LIMIT = 200_000


@dataclass(frozen=True, slots=True)
class Token:
    """One word or mark.

    Attributes:
        word: Its plain form, lower case.
        start: First character in the message.
        end: One past its last character.
        guessed: Whether spelling repair chose the word.
    """

    word: str
    start: int
    end: int
    guessed: bool = False


class Tokenizer:
    """Splits messages into plain words.

    Args:
        spellings: Short or odd spellings and the plain words they stand for.
        known: Words that are words as they stand.
    """

    def __init__(self, spellings: Mapping[str, tuple[str, ...]], known: Set[str]) -> None:
        """Build the tokenizer."""
        self._spellings = spellings
        self._known = known
        self._spacy = _english()

    def tokens(self, text: str) -> list[Token]:
        """Return the tokens of a message; never raises."""
        if len(self._spacy.vocab) > _VOCABULARY_LIMIT:
            self._spacy = _english()  # spaCy never forgets a word it has seen
        found: list[Token] = []
        plain = _plain_characters(text)
        for token in self._spacy.tokenizer(plain):
            if token.text == "-" and _joins(plain, token.idx):
                continue
            if token.is_space:
                if "\n" in token.text:
                    found.append(Token("\n", token.idx, token.idx + len(token.text)))
                continue
            start, end = token.idx, token.idx + len(token.text)
            if _INITIAL.fullmatch(token.text):
                found += [Token(token.text[0], start, end - 1), Token(".", end - 1, end)]
                continue
            found.extend(Token(word, start, end) for word in self._plain(token.text))
        return found

    def _plain(self, word: str) -> tuple[str, ...]:
        word = _CONTRACTED.get(word, word)
        if word in self._spellings:
            return self._spellings[word]
        if word in self._known:
            return (word,)
        for shorter in (_DRAWN_OUT.sub(r"\1\1", word), _DRAWN_OUT.sub(r"\1", word)):
            if shorter in self._spellings:
                return self._spellings[shorter]
            if shorter in self._known:
                return (shorter,)
        return (word,)


def _joins(text: str, hyphen: int) -> bool:
    """Whether a hyphen stands between two letters."""
    return text[hyphen - 1 : hyphen].isalpha() and text[hyphen + 1 : hyphen + 2].isalpha()


def _plain_characters(text: str) -> str:
    """Return the text in lower case with plain marks, character for character.

    Halves of surrogate pairs, which spaCy cannot take, become question marks.
    """
    if _INTERVIEW.search(text):
        text = _SPEAKER.sub(lambda match: "." if match[0] == "Q" else "?", text)
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    return lower.translate(_STRAIGHT).encode(errors="replace").decode()


def _english() -> Language:
    nlp = spacy.blank("en")
    tokenizer: Any = nlp.tokenizer
    infixes = [*(nlp.Defaults.infixes or ()), *_GLUED]
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp
