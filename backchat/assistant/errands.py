"""What the command line has the bot do without a server."""

from __future__ import annotations

from rasa.core.agent import load_agent
from rasa.utils.log_utils import configure_structlog
from sqlalchemy.future import Engine

from backchat.assistant import endpoints, rasa_clock, training
from backchat.assistant.check_ins import CheckIns, Dialogue, Progress
from backchat.settings import Settings


async def say_check_ins(
    engine: Engine, settings: Settings, progress: Progress = lambda said: None
) -> int:
    """Say the check-ins that are due; return their number.

    Args:
        engine: The records.
        settings: The settings.
        progress: Is told how many were said so far, after each.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    configure_structlog()
    rasa_clock.follow(settings)
    agent = await load_agent(
        model_path=str(training.model_path()), endpoints=endpoints.of(settings)
    )
    endpoints.join(agent)
    due = CheckIns(engine, Dialogue(agent, engine, settings).begin, settings)
    return await due.run_due(progress)
