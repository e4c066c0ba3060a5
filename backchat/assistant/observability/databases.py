"""What the databases say when metrics are asked for: whether they answer, and what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import literal, select
from sqlalchemy.future import Engine, create_engine
from sqlalchemy.pool import NullPool

from backchat import clock
from backchat.records.backlog import Backlog, backlogs
from backchat.records.engine import open_engine, reading
from backchat.records.errors import RecordsError

PATIENCE_SECONDS = 2
"""How long to wait for a server to answer: both databases together take less than a scrape may."""


class DatabaseCollector(Collector):
    """Asks at each scrape; a database that does not answer is 0 and leaves its numbers out.

    Servers that share a database all say the same: take the maximum, not the sum.

    Args:
        records_url: Where the records are.
        tracker_url: Where Rasa's dialogues are.
    """

    def __init__(self, records_url: str, tracker_url: str) -> None:
        self._records = _open(records_url)
        self._tracker = _open(tracker_url)

    def collect(self) -> Iterable[Metric]:
        """Return the gauges."""
        now = clock.now()
        queues = self._queues(now)
        up = GaugeMetricFamily(
            "backchat_database_up", "Whether a database answers.", labels=["database"]
        )
        up.add_metric(["records"], queues is not None)
        up.add_metric(["tracker"], self._tracker_answers())
        due = GaugeMetricFamily(
            "backchat_due", "Entries of a queue that are due.", labels=["queue"]
        )
        oldest = GaugeMetricFamily(
            "backchat_oldest_due_seconds",
            "How long the entry that waits longest has been due.",
            labels=["queue"],
        )
        for name, queue in (queues or {}).items():
            due.add_metric([name], queue.due)
            since = queue.waits_since or now
            oldest.add_metric([name], (now - since).total_seconds())
        return up, due, oldest

    def _queues(self, now: datetime) -> dict[str, Backlog] | None:
        try:
            return backlogs(self._records, now)
        except RecordsError:
            return None

    def _tracker_answers(self) -> bool:
        try:
            with reading(self._tracker) as connection:
                connection.execute(select(literal(1)))
        except RecordsError:
            return False
        return True


def _open(url: str) -> Engine:
    """Return an engine that connects anew each time: a kept connection may hang for ever."""
    if url.startswith("sqlite:"):
        return open_engine(url)
    return create_engine(
        url,
        hide_parameters=True,
        poolclass=NullPool,
        connect_args={"connect_timeout": PATIENCE_SECONDS},
    )
