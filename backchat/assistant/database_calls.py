"""Asking a database without keeping anybody else waiting, and not for ever."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from backchat.records.errors import DatabaseUnavailable

Parameters = ParamSpec("Parameters")
Answer = TypeVar("Answer")

LONGEST_SECONDS = 8.0
"""Longer than the wait for a lock or a connection; a database that takes longer hangs."""
SHORTER_SECONDS = 1.0
"""How long one that hung is waited for, until it has answered again."""


class _Patience:
    """How long the databases of this process are waited for."""

    seconds = LONGEST_SECONDS


async def ask(
    function: Callable[Parameters, Answer], *args: Parameters.args, **kwargs: Parameters.kwargs
) -> Answer:
    """Call a function of the records in a thread.

    Raises:
        DatabaseUnavailable: it took too long; what it was to write may be written all the same.
    """
    try:
        async with asyncio.timeout(_Patience.seconds):
            answer = await asyncio.to_thread(function, *args, **kwargs)
    except TimeoutError:
        _Patience.seconds = SHORTER_SECONDS
        raise DatabaseUnavailable("The database did not answer in time.") from None
    _Patience.seconds = LONGEST_SECONDS
    return answer
