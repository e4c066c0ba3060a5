"""Erasing a person while the bot is running."""

from __future__ import annotations

import asyncio

from rasa.core.agent import Agent
from sqlalchemy.future import Engine

from backchat.consultation import shared
from backchat.records.personal_data import PersonalData
from backchat.records.privacy import DeletionReceipt


def personal_data(records: Engine, dialogue: Engine) -> PersonalData:
    """Return both databases; what is erased there, this process forgets."""
    return PersonalData(records, dialogue, lambda: shared().forget())


async def erase(agent: Agent, personal_data: PersonalData, sender: str) -> DeletionReceipt:
    """Erase everything held about a sender, between two of their turns.

    A turn that is running would otherwise be saved after it.

    Raises:
        DatabaseUnavailable: something may be left; erase again.
    """
    async with agent.lock_store.lock(sender):
        return await asyncio.to_thread(personal_data.erase, sender)
