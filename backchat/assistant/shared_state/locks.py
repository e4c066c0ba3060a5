"""One turn of a conversation at a time, in the order in which they came."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from weakref import WeakValueDictionary

from rasa.core.lock_store import LOCK_LIFETIME, LockError, LockStore

__all__ = ["ConversationLocks", "LocalLocks", "LockError"]


class ConversationLocks(LockStore, ABC):
    """Rasa's lock store, reduced to what is used of it.

    Rasa's own polls once a second in memory, and over Redis it reads, changes and writes back, so
    that two servers can hold one lock.
    """

    @abstractmethod
    def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AbstractAsyncContextManager[None]:
        """Hold everyone else off a conversation; the times are Rasa's and have no meaning here.

        Raises:
            LockError: the lock cannot be had.
        """

    @abstractmethod
    async def confirm(self, conversation_id: str) -> None:
        """See that the lock of a conversation is still held here, before something is written.

        Raises:
            LockError: another server may hold it by now.
        """


class LocalLocks(ConversationLocks):
    """Locks in the memory of one server."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = LOCK_LIFETIME,
        wait_time_in_seconds: float = 1,
    ) -> AsyncIterator[None]:
        """Hold everyone else of this server off a conversation."""
        async with self._locks.setdefault(conversation_id, asyncio.Lock()):
            yield

    async def confirm(self, conversation_id: str) -> None:
        """Do nothing: a lock in memory is lost only with its server."""
