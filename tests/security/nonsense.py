"""Inputs that nobody means well: of words, of bytes and of JSON, drawn from a seed."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from random import Random
from typing import Any

ODD_TEXTS = (
    "",
    " ",
    "\x00",
    "\u202e",
    "\ud800",
    "\U0001f600",
    "e\u0301" * 40,
    "٣",
    "½",
    "²",
    "9" * 400,
    "1/0",
    "-1",
    "1e309",
    "10/10",
    "31/02/2026",
    "25:99",
    "/restart",
    '/inform{"x":1}',
    "${7*7}{{7*7}}",
    "'; DROP TABLE messages; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "http://169.254.169.254/latest",
    "%s%n",
    "\r\nINFO forged",
    "null",
    "=cmd|' /C calc'!A0",
)
ODD_VALUES: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    10**400,
    1.5,
    math.inf,
    -math.inf,
    math.nan,
    [],
    {},
    [[]],
    {"": {}},
    *ODD_TEXTS,
)
_JOINTS = (" ", " ", " ", ", ", ". ", "? ", "\n", "", "  ", " and ", " but ", " not ", "... ")


class Nonsense:
    """Makes inputs from one seed.

    Args:
        seed: What they are drawn from.
        words: Words that mean something to whoever reads them.
    """

    def __init__(self, seed: int, words: Sequence[str] = ("back",)) -> None:
        self._rng = Random(seed)
        self._words = words

    def talk(self) -> str:
        """Return words that mean something in an order that means nothing, and a slip or two."""
        rng = self._rng
        text = "".join(
            rng.choice(self._words) + rng.choice(_JOINTS) for _ in range(rng.randint(1, 5))
        )
        return self.spoilt(text) if rng.random() < 0.4 else text

    def spoilt(self, text: str) -> str:
        """Return a text with something cut out and something odd put in."""
        rng = self._rng
        at = rng.randint(0, len(text))
        end = at + rng.choice((0, 0, 1, 5))
        return text[:at] + self.odd_text() + text[end:]

    def odd_text(self) -> str:
        rng = self._rng
        if rng.random() < 0.7:
            return rng.choice(ODD_TEXTS)
        return "".join(chr(rng.choice((rng.randrange(128), rng.randrange(0x11000)))) for _ in "odd")

    def value(self, depth: int = 0) -> Any:
        """Return any value that JSON has, and some that only Python's JSON has."""
        rng = self._rng
        kind = rng.random()
        if depth < 3 and kind < 0.1:
            return [self.value(depth + 1) for _ in range(rng.randrange(3))]
        if depth < 3 and kind < 0.2:
            return {self.odd_text(): self.value(depth + 1) for _ in range(rng.randrange(3))}
        return rng.choice(ODD_VALUES) if kind < 0.8 else self.odd_text()

    def changed(self, value: Any, share: float = 0.15) -> Any:
        """Return a value in which some parts are others, missing or new."""
        rng = self._rng
        if rng.random() < share / 2:
            return self.value()
        if isinstance(value, dict):
            kept = {
                name: self.changed(part, share)
                for name, part in value.items()
                if rng.random() > share / 2
            }
            return {**kept, self.odd_text(): self.value()} if rng.random() < share else kept
        if isinstance(value, list):
            return [self.changed(part, share) for part in value]
        return self.value() if rng.random() < share else value

    def body(self, value: Any) -> bytes:
        """Return a value as JSON, now and then with its bytes mixed up."""
        rng = self._rng
        content = bytearray(json.dumps(value).encode(errors="replace"))
        while content and rng.random() < 0.3:
            content[rng.randrange(len(content))] = rng.randrange(256)
        return bytes(content[: rng.randrange(len(content))] if rng.random() < 0.1 else content)
