"""Wakes the open streams of a person when there may be something new for them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager


class Doorbell:
    """One bell for each open stream of this server; ringing carries no message.

    To be used on one event loop.
    """

    def __init__(self) -> None:
        self._bells: defaultdict[str, set[asyncio.Event]] = defaultdict(set)

    @contextmanager
    def listening(self, sender: str) -> Iterator[asyncio.Event]:
        """Give a bell that rings for a sender until the block is left."""
        bell = asyncio.Event()
        self._bells[sender].add(bell)
        try:
            yield bell
        finally:
            self._bells[sender].discard(bell)
            if not self._bells[sender]:
                del self._bells[sender]

    def ring(self, sender: str) -> None:
        """Wake the streams of one sender."""
        for bell in self._bells.get(sender, ()):
            bell.set()

    def ring_all(self) -> None:
        """Wake every stream of this server."""
        for bells in self._bells.values():
            for bell in bells:
                bell.set()
