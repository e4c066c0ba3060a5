"""The process log: readable, countable, and without anybody's words."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import structlog

from backchat.assistant.observability import logs
from backchat.assistant.observability.turns import logger as turn_logger
from backchat.assistant.observability.turns import watching

WORDS = "my crotch has been numb since the zebrafinch workout"

Captured = pytest.CaptureFixture[str]
Counted = Callable[..., float]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave logging as the other tests know it."""
    root = logging.getLogger()
    handlers, level, turn_level = root.handlers[:], root.level, turn_logger.level
    root.handlers.clear()
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    turn_logger.setLevel(turn_level)
    structlog.reset_defaults()


def lines(captured: Captured) -> list[str]:
    return captured.readouterr().err.splitlines()


def fields(captured: Captured) -> dict[str, Any]:
    [line] = lines(captured)
    return json.loads(line)


def test_a_plain_line_says_how_bad_where_and_what(capsys: Captured) -> None:
    logs.configure("plain")
    logging.getLogger("backchat.assistant.turns").error("A turn failed: %s", "OSError")

    assert lines(capsys) == ["ERROR backchat.assistant.turns: A turn failed: OSError"]


def test_json_lines_have_the_same_in_fields(capsys: Captured) -> None:
    logs.configure("json")
    logging.getLogger("backchat.assistant.turns").error("A turn failed: %s", "OSError")
    line = fields(capsys)

    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "error",
        "logger": "backchat.assistant.turns",
        "message": "A turn failed: OSError",
    }


@pytest.mark.parametrize("log_format", ["plain", "json"])
class TestWords:
    def test_of_a_librarys_message_only_the_place_is_kept_once_people_can_talk(
        self, log_format: str, capsys: Captured
    ) -> None:
        logs.configure(log_format).withholds = True
        logging.getLogger("rasa.core.processor").warning(f"Failed to parse '{WORDS}'")
        [line] = lines(capsys)

        assert "zebrafinch" not in line
        assert "withheld, see test_logs.py:" in line

    def test_before_that_libraries_may_say_why_they_do_not_start(
        self, log_format: str, capsys: Captured
    ) -> None:
        logs.configure(log_format)
        logging.getLogger("rasa.core.agent").error("The model is of another version.")

        assert "The model is of another version." in lines(capsys)[0]

    def test_of_a_structured_event_only_its_key_is_kept(
        self, log_format: str, capsys: Captured
    ) -> None:
        logs.configure(log_format).withholds = True
        structlog.get_logger("rasa").error("processor.message.failed", text=WORDS, event_info=WORDS)
        [line] = lines(capsys)

        assert "processor.message.failed" in line
        assert "zebrafinch" not in line

    def test_of_an_error_only_its_type_and_its_places_are_kept(
        self, log_format: str, capsys: Captured
    ) -> None:
        logs.configure(log_format).withholds = True
        try:
            raise ValueError(WORDS)
        except ValueError:
            logging.getLogger("asyncio").exception("Task exception was never retrieved")
        [line] = lines(capsys)

        assert "ValueError" in line
        assert f"{__file__}:" in line
        assert "zebrafinch" not in line

    def test_a_message_cannot_begin_a_line_of_its_own(
        self, log_format: str, capsys: Captured
    ) -> None:
        logs.configure(log_format)
        forged = "no\r\nERROR backchat: forged\u2028ERROR backchat: forged\x1b[2J"
        logging.getLogger("backchat").error("It was refused: %s", forged)
        [line] = lines(capsys)

        assert line.isprintable()


def test_json_has_a_line_for_every_turn_and_nothing_of_the_person_in_it(capsys: Captured) -> None:
    logs.configure("json")
    with watching("web", said=12) as turn:
        turn.ended(alarmed=True, failed=False)
    line = fields(capsys)

    assert line.pop("seconds") >= 0
    assert line.pop("at")
    assert line == {
        "level": "info",
        "logger": "backchat.turn",
        "message": "turn",
        "channel": "web",
        "outcome": "answered",
        "alarmed": True,
        "said": 12,
    }


def test_plain_has_none(capsys: Captured) -> None:
    logs.configure("plain")
    with watching("web"):
        pass

    assert lines(capsys) == []


def test_warnings_and_errors_are_counted_by_who_wrote_them(counted: Counted) -> None:
    logs.configure("plain")
    logging.getLogger("backchat.assistant.janitor").warning("One.")
    logging.getLogger("backchat.assistant.janitor").info("Two.")

    name = "backchat_log_records_total"
    assert counted(name, level="warning", logger="backchat.assistant.janitor") == 1
    assert counted(name, level="info", logger="backchat.assistant.janitor") == 0
