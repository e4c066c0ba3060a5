"""The process log: plain lines for people or JSON lines for programs, without anybody's words.

Our own messages hold no words by themselves. Libraries may put what a person typed into theirs, so
once people can talk, only the place in the code is kept of those, and of errors only the type and
the places.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

import structlog
from structlog.typing import EventDict

from backchat.assistant.observability import metrics
from backchat.assistant.observability.turns import logger as turn_logger

_OURS = ("backchat", "actions")
_KEY_OF_EVENT = "event_key"
_CUT_OFF = ("sanic.root", "sanic.error")
"""Loggers that Rasa cuts off from the root: by themselves their lines would be written bare."""
_SHOWN_FIRST = frozenset({"level", "logger", "message"})
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class LineFormatter(logging.Formatter):
    """Turns a record into one line.

    Attributes:
        withholds: Whether people can talk, so that libraries' messages may hold their words.
    """

    withholds = False

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        fields = {
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": self._message(record),
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            fields |= _of_error(record.exc_info)
        return self.line(datetime.fromtimestamp(record.created, UTC), fields)

    def line(self, at: datetime, fields: dict[str, Any]) -> str:
        """Return the fields as one line."""
        rest = [f"{name}={value}" for name, value in fields.items() if name not in _SHOWN_FIRST]
        shown = f"{fields['level'].upper()} {fields['logger']}: {fields['message']}"
        return _UNPRINTABLE.sub(_escaped, " ".join([shown, *rest]))

    def _message(self, record: logging.LogRecord) -> str:
        if key := getattr(record, _KEY_OF_EVENT, None):
            return str(key)
        if self.withholds and record.name.partition(".")[0] not in _OURS:
            return f"withheld, see {record.filename}:{record.lineno}"
        return record.getMessage()


class JsonFormatter(LineFormatter):
    """Turns a record into one line of JSON."""

    def line(self, at: datetime, fields: dict[str, Any]) -> str:
        """Return the fields and the moment as JSON."""
        return json.dumps({"at": at.isoformat(timespec="milliseconds"), **fields}, default=str)


class Counting(logging.Handler):
    """Counts warnings and errors."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one record."""
        metrics.LOG_RECORDS.labels(record.levelname.lower(), record.name).inc()


def configure(log_format: str) -> LineFormatter:
    """Write the process log to the error stream from now on; call it before Rasa logs anything.

    Args:
        log_format: ``plain``, or ``json``, which has a line for every turn too.

    Returns:
        The formatter, to be told when people can talk.
    """
    formatter = JsonFormatter() if log_format == "json" else LineFormatter()
    writing = logging.StreamHandler()
    writing.setFormatter(formatter)
    handlers = [writing, Counting(logging.WARNING)]
    logging.basicConfig(level=logging.WARNING, handlers=handlers, force=True)
    for name in _CUT_OFF:
        logging.getLogger(name).handlers = [*handlers]
        logging.getLogger(name).propagate = False
    turn_logger.setLevel(logging.INFO if log_format == "json" else logging.WARNING)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _only_the_key],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    return formatter


def _only_the_key(
    _logger: Any, _method: str, event: EventDict
) -> tuple[tuple[str], dict[str, Any]]:
    """Keep of a structured event of Rasa's the key that says what it is, and its error."""
    kept: dict[str, Any] = {"extra": {_KEY_OF_EVENT: event["event"]}}
    if event.get("exc_info"):
        kept["exc_info"] = event["exc_info"]
    return (event["event"],), kept


def _of_error(info: Any) -> dict[str, Any]:
    """Return the type of an error and where it came up, the innermost place last."""
    error_type, _, trace = info
    places = [f"{each.filename}:{each.lineno}" for each in traceback.extract_tb(trace)]
    return {"error": error_type.__name__, "places": places}


def _escaped(match: re.Match[str]) -> str:
    return match.group().encode("unicode_escape").decode("ascii")
