"""How many streams may be open at the same time, for one person and for one address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


class TooManyStreams(Exception):
    """One more stream would be too many."""


class OpenStreams:
    """Counts the streams that a server holds open."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def one_more(self, limits: Mapping[str, int]) -> Iterator[None]:
        """Count one stream until the block is left.

        Args:
            limits: How many may be open under each of its keys; 0 for any number.

        Raises:
            TooManyStreams: that many are open already.
        """
        if any(most and self._open[key] >= most for key, most in limits.items()):
            raise TooManyStreams
        self._open.update(limits.keys())
        try:
            yield
        finally:
            self._open.subtract(limits.keys())
            self._open = +self._open
