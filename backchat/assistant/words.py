"""Typed text as words: nothing that a person types is a command."""

from __future__ import annotations

import unicodedata
from itertools import dropwhile


def well_formed(text: str) -> str:
    """Return the text with half surrogate pairs, which cannot be stored or sent, as ``?``."""
    return text.encode(errors="replace").decode()


def as_words(text: str) -> str:
    """Return the text from its first word on, or "" if there is none.

    Rasa takes what begins with a slash for an intent. Slashes go from the beginning, with all that
    may stand around them unseen: white space, control characters and characters without a width.
    """
    return "".join(dropwhile(_is_no_word, text))


def _is_no_word(char: str) -> bool:
    return char == "/" or char.isspace() or unicodedata.category(char)[0] in "CZ"
