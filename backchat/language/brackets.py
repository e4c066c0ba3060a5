"""Splitting of lexicon notation: words at spaces, choices at bars, neither inside brackets."""

from __future__ import annotations

_DEPTH = {"(": 1, ")": -1}


class NotationError(ValueError):
    """A phrase or pattern of the lexicon cannot be read; the message says why."""


def split_words(text: str) -> list[str]:
    """Split ``between (my|the) legs`` into ``between``, ``(my|the)`` and ``legs``."""
    return [word for word in _split(text, " ") if word]


def split_choices(text: str) -> list[str]:
    """Split the inside of brackets, ``no (real)? feeling|numb``, into its alternatives."""
    choices = [choice.strip() for choice in _split(text, "|")]
    if not all(choices):
        raise NotationError(f"empty choice in '({text})'")
    return choices


def _split(text: str, separator: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += _DEPTH.get(char, 0)
        if depth < 0:
            break
        if char == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    if depth:
        raise NotationError(f"unbalanced brackets in '{text}'")
    return parts
