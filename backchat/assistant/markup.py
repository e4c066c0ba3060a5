"""The simple markdown of our responses, read once for all messengers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

_INLINE = re.compile(
    r"\*\*(?P<bold>.+?)\*\*"
    r"|\[(?P<words>[^\]]+)\]\((?P<target>(?:https?://|tel:|mailto:)[^)\s]+)\)"
)
_BULLET = re.compile(r"^[-*]\s+")


class Dialect(Protocol):
    """How a messenger writes what the markdown means."""

    def plain(self, text: str) -> str:
        """Return text with what the dialect could mistake for marks escaped."""

    def bold(self, text: str) -> str:
        """Return an escaped text in bold."""

    def link(self, text: str, target: str) -> str:
        """Return an escaped text that leads to an address."""


def written(text: str, dialect: Dialect) -> str:
    """Return a text in another dialect; bullets become ``•``, and nothing is left out."""
    return "\n".join(_line(line, dialect) for line in text.strip().split("\n"))


def _line(line: str, dialect: Dialect) -> str:
    return _inline(_BULLET.sub("• ", line), dialect)


def _inline(text: str, dialect: Dialect) -> str:
    written_so_far = []
    end = 0
    for found in _INLINE.finditer(text):
        written_so_far.append(dialect.plain(text[end : found.start()]))
        if found["bold"] is not None:
            written_so_far.append(dialect.bold(_inline(found["bold"], dialect)))
        else:
            written_so_far.append(dialect.link(dialect.plain(found["words"]), found["target"]))
        end = found.end()
    return "".join([*written_so_far, dialect.plain(text[end:])])


def split(text: str, longest: int, measure: Callable[[str], int] = len) -> list[str]:
    """Return a text in pieces that fit, broken between lines, sentences or words where it can be.

    Args:
        text: Before it is written in a dialect, so that no mark is cut in two.
        longest: The most that a piece may measure.
        measure: The size of a text, once it is written.
    """
    pieces = []
    rest = text.strip()
    while measure(rest) > longest:
        cut = _cut(rest, longest, measure)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, rest] if rest or not pieces else pieces


def _cut(text: str, longest: int, measure: Callable[[str], int]) -> int:
    """Return where to cut: the last good place within the longest beginning that fits."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= longest else (low, middle - 1)
    for mark in ("\n", ". ", " "):
        place = text.rfind(mark, low // 2, low)
        if place > 0:
            return place + len(mark)
    return low
