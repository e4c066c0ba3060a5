"""What one server alone does when its disk, its clock, its database or its people fail it."""

from __future__ import annotations

import resource
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from outcomes import Outcomes
from probing import APOLOGY, ORDINARY, RED_FLAGS, Bot, until
from serving import address_of, free_port, launch_server, start_server
from visiting import Answer, Records, Visitor

from backchat.cluster import postgresql
from backchat.records import open_engine

BURST = 120
"""About ten times what one server answers in a second."""
HANG_UPS = 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("faults")


@pytest.fixture(scope="module")
def clock_file(folder: Path) -> Path:
    file = folder / "now"
    file.write_text(datetime.now(UTC).isoformat(), "ascii")
    return file


@pytest.fixture(scope="module")
def process(folder: Path, clock_file: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A server with its databases in files, and its address."""
    port = free_port()
    server = start_server(
        folder, port, BACKCHAT_REGION="US", BACKCHAT_ENV="test", BACKCHAT_TEST_NOW=str(clock_file)
    )
    yield server, address_of(port)
    server.kill()
    server.wait(30)


@pytest.fixture
def bot(process: tuple[subprocess.Popen[bytes], str]) -> Bot:
    return Bot(process[1])


@pytest.fixture
def records(folder: Path, process: object) -> Iterator[Records]:
    engine = open_engine(f"sqlite:///{folder}/records.sqlite3")
    yield Records(engine)
    engine.dispose()


@contextmanager
def full_disk(number: int) -> Iterator[None]:
    """Let no file of a process grow any more."""
    before = resource.prlimit(number, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(number, resource.RLIMIT_FSIZE, before)


@contextmanager
def locked(*files: Path) -> Iterator[None]:
    """Keep everybody else from writing databases, as a disk does that does not get on."""
    connections = [sqlite3.connect(file, isolation_level=None) for file in files]
    for connection in connections:
        connection.execute("BEGIN IMMEDIATE")
    yield
    for connection in connections:
        connection.execute("ROLLBACK")
        connection.close()


def said_by(records: Records, visitor: Visitor) -> list[str | None]:
    return [each.text for each in records.messages(visitor) if each.direction == "in"]


def test_on_a_full_disk_emergencies_are_answered_and_space_is_all_it_needs(
    process: tuple[subprocess.Popen[bytes], str], bot: Bot, records: Records, outcomes: Outcomes
) -> None:
    before = Visitor(bot.address)
    assert APOLOGY not in before.say(ORDINARY[0]).text
    with full_disk(process[0].pid):
        tried = bot.answers_emergencies()
        refused = bot.apologises()
    bot.recovers()
    assert said_by(records, before) == [ORDINARY[0]]
    assert APOLOGY not in before.say("it is the same").text
    outcomes.add("disk full", "red flag", tried, "emergency text")
    outcomes.add("disk full", "anything else", refused, "apology; nothing lost; over with space")


def test_on_a_disk_that_hangs_emergencies_are_answered(
    folder: Path, bot: Bot, outcomes: Outcomes
) -> None:
    with locked(folder / "records.sqlite3", folder / "tracker.sqlite3"):
        tried = bot.answers_emergencies()
        refused = bot.apologises()
    bot.recovers()
    outcomes.add("slow disk", "red flag", tried, "emergency text")
    outcomes.add("slow disk", "anything else", refused, "apology; over with the disk")


def test_a_server_that_waits_for_its_disk_answers_others_at_once(
    folder: Path, bot: Bot, outcomes: Outcomes
) -> None:
    visitor = Visitor(bot.address)
    visitor.say("hi")
    with locked(folder / "records.sqlite3"), ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(visitor.say, ORDINARY[0])
        time.sleep(0.5)
        began = time.monotonic()
        assert Visitor(bot.address).get("/chat/health/live").status == 200
        took = time.monotonic() - began
        assert not waiting.done()
    assert took < 2
    assert waiting.result().status == 200
    outcomes.add("slow disk", "request that needs no disk", 1, "answered at once")


@pytest.mark.parametrize("jump", [timedelta(hours=-3), timedelta(days=2), timedelta(days=-400)])
def test_a_clock_that_jumps_confuses_nobody(
    jump: timedelta, bot: Bot, clock_file: Path, records: Records, outcomes: Outcomes
) -> None:
    visitor = Visitor(bot.address)
    first = visitor.say(ORDINARY[0])
    clock_file.write_text((datetime.now(UTC) + jump).isoformat(), "ascii")
    try:
        answers = [visitor.say("thanks"), visitor.say(ORDINARY[1])]
        emergency = visitor.say(RED_FLAGS[0])
        tried = bot.answers_emergencies()
    finally:
        clock_file.write_text(datetime.now(UTC).isoformat(), "ascii")

    assert all(APOLOGY not in answer.text for answer in (first, *answers))
    assert "911" in emergency.messages[0]["text"]
    assert sorted(filter(None, said_by(records, visitor))) == sorted(
        [ORDINARY[0], "thanks", ORDINARY[1], RED_FLAGS[0]]
    )
    outcomes.add("clock jumps", "red flag", tried + 1, "emergency text")
    outcomes.add("clock jumps", "anything else", 3, "answered and kept")


def test_in_a_burst_everybody_is_answered(bot: Bot, records: Records, outcomes: Outcomes) -> None:
    texts = [RED_FLAGS[0] if number % 4 == 0 else ORDINARY[0] for number in range(BURST)]
    visitors = [Visitor(bot.address) for _ in texts]

    def say(number: int) -> Answer:
        return visitors[number].say(texts[number])

    with ThreadPoolExecutor(BURST) as pool:
        answers = list(pool.map(say, range(BURST)))

    for text, answer, visitor in zip(texts, answers, visitors, strict=True):
        assert answer.status == 200 and answer.text.strip()
        if text == RED_FLAGS[0]:
            assert "911" in answer.messages[0]["text"]
        assert said_by(records, visitor) == [text]
    bot.recovers()
    outcomes.add("burst", "people at once, one in four with a red flag", BURST, "all answered")


def test_people_who_hang_up_leave_nothing_behind(
    bot: Bot, records: Records, outcomes: Outcomes
) -> None:
    visitor = Visitor(bot.address)
    visitor.say("hi", id="first")
    for number in range(HANG_UPS):
        hang_up(visitor, f'{{"text": "{ORDINARY[0]}", "id": "gone-{number}"}}')

    until(lambda: len(said_by(records, visitor)) == 1 + HANG_UPS, "all that was said to be kept")
    answer = visitor.say("thanks")
    assert APOLOGY not in answer.text
    again = visitor.say(ORDINARY[0], id="gone-3")
    assert APOLOGY not in again.text
    assert len(said_by(records, visitor)) == 2 + HANG_UPS
    outcomes.add("client hangs up", "message", HANG_UPS, "kept, and answered when sent again")


def hang_up(visitor: Visitor, body: str) -> None:
    """Send a message, and be gone before the answer."""
    host, _, port = urlsplit(visitor.server).netloc.partition(":")
    with closing(socket.create_connection((host, int(port)), timeout=30)) as connection:
        connection.sendall(
            f"POST /chat/message HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Cookie: backchat_session={visitor.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body.encode())}\r\n\r\n{body}".encode()
        )


def test_a_server_starts_without_its_database_and_goes_on_when_it_is_there(
    tmp_path: Path, outcomes: Outcomes
) -> None:
    with postgresql.running() as database:
        settings = {
            "BACKCHAT_DATABASE_URL": database.new_database(),
            "BACKCHAT_TRACKER_URL": database.new_database(),
            "BACKCHAT_REGION": "US",
        }
        database.stop()
        port = free_port()
        server = launch_server(tmp_path, port, **settings)
        bot = Bot(address_of(port))
        try:
            until(lambda: is_alive(bot), "the server to listen")
            assert bot.health == 503
            tried = bot.answers_emergencies()
            refused = bot.apologises()
            database.start()
            bot.recovers()
        finally:
            server.kill()
            server.wait(30)
    outcomes.add("database down at start", "red flag", tried, "emergency text")
    outcomes.add("database down at start", "anything else", refused, "apology; over by itself")


def is_alive(bot: Bot) -> bool:
    connection = HTTPConnection(urlsplit(bot.address).netloc, timeout=5)
    try:
        connection.request("GET", "/chat/health/live")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
