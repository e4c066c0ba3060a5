"""How much waits to be done: check-ins to say and messages to send that are due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.future import Engine

from backchat.records.columns import as_utc
from backchat.records.engine import reading
from backchat.records.tables import check_ins, deliveries

_DUE_AT = {check_ins: check_ins.c.due_at, deliveries: deliveries.c.next_attempt_at}


@dataclass(frozen=True)
class Backlog:
    """What is due in one queue.

    Attributes:
        due: How many entries are due.
        waits_since: When the oldest of them came due, or None.
    """

    due: int
    waits_since: datetime | None


def backlogs(engine: Engine, now: datetime) -> dict[str, Backlog]:
    """Return the queues by name: ``check_ins`` and ``deliveries``.

    Raises:
        DatabaseUnavailable: the database did not answer.
    """
    with reading(engine) as connection:
        return {
            table.name: Backlog(
                *connection.execute(
                    select(func.count(), func.min(due_at)).where(
                        table.c.status == "pending", due_at <= as_utc(now)
                    )
                ).one()
            )
            for table, due_at in _DUE_AT.items()
        }
