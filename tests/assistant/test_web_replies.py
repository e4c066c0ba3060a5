"""A message sent again gets the same answer, unless its first turn failed."""

from __future__ import annotations

import asyncio

import pytest

from backchat.assistant.web.replies import Replies, Reply

KEY = ("web-1", "message-1")


class Turns:
    """Counts the turns that run, and gives each the next of the outcomes."""

    def __init__(self, *outcomes: Reply | Exception) -> None:
        self.outcomes = list(outcomes)
        self.count = 0

    async def __call__(self) -> Reply:
        self.count += 1
        await asyncio.sleep(0)
        outcome = self.outcomes.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


async def test_a_message_sent_again_gets_its_first_answer() -> None:
    replies, turns = Replies(), Turns(Reply([{"text": "one"}]))
    first, second = await asyncio.gather(replies.once(KEY, turns), replies.once(KEY, turns))
    third = await replies.once(KEY, turns)
    assert first is second is third
    assert turns.count == 1


async def test_a_retry_after_a_failed_turn_runs_again() -> None:
    replies, turns = Replies(), Turns(Reply([], failed=True), Reply([{"text": "well"}]))
    assert (await replies.once(KEY, turns)).failed
    assert not (await replies.once(KEY, turns)).failed
    assert turns.count == 2


async def test_a_retry_after_a_turn_that_raised_runs_again() -> None:
    replies, turns = Replies(), Turns(RuntimeError("broke"), Reply([]))
    with pytest.raises(RuntimeError):
        await replies.once(KEY, turns)
    assert await replies.once(KEY, turns) == Reply([])


async def test_a_sender_can_be_forgotten_without_the_others() -> None:
    replies, mine, theirs = Replies(), Turns(Reply([]), Reply([])), Turns(Reply([]))
    other = ("web-2", "message-1")
    await replies.once(KEY, mine)
    await replies.once(other, theirs)
    replies.forget("web-1")
    await replies.once(KEY, mine)
    await replies.once(other, theirs)
    assert (mine.count, theirs.count) == (2, 1)
