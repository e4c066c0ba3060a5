"""Days on the command line."""

from __future__ import annotations

from datetime import UTC, datetime


def moment(given: datetime | None) -> datetime | None:
    """Return what was typed as a moment in UTC."""
    return None if given is None else given.replace(tzinfo=UTC)
