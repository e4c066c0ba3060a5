"""What time it is: every "now" of Backchat is asked for here, so that tests can move it.

``BACKCHAT_TEST_NOW`` sets the clock at the start of the process, and it runs on from there. Where
the setting names a file, the clock was at the moment in the file when the file was written; writing
it again moves the clock of a server that is running.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from backchat.settings import Settings


def now() -> datetime:
    """Return the present moment, in UTC."""
    shift = _shift(_test_now())
    return datetime.now(UTC) + shift


def timestamp() -> float:
    """Return the present moment in seconds since 1970, as `time.time` does."""
    return now().timestamp()


@cache
def _test_now() -> timedelta | Path | None:
    set_to = Settings.from_environment().test_now
    return set_to - datetime.now(UTC) if isinstance(set_to, datetime) else set_to


def _shift(test_now: timedelta | Path | None) -> timedelta:
    if test_now is None:
        return timedelta()
    if isinstance(test_now, timedelta):
        return test_now
    written = datetime.fromtimestamp(test_now.stat().st_mtime, UTC)
    return datetime.fromisoformat(test_now.read_text(encoding="ascii").strip()) - written
