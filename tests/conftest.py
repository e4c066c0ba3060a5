from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from serving import free_port, running_server

from backchat.assistant import without_tensorflow
from backchat.cluster import postgresql

without_tensorflow.leave_out()

pytest_plugins = ["outcomes"]

SHARED = ("whole_cluster", "target")
"""Fixtures that there is one of for all files."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Keep the tests of a file with one worker, and all that share what there is one of.

    First, because pytest-xdist reads the marks in the same hook.
    """
    for item in items:
        file, _, _ = item.nodeid.partition("::")
        group = next((name for name in SHARED if name in item.fixturenames), file)
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def run_server() -> Callable[..., AbstractContextManager[str]]:
    """Runs a bot with settings of its own; see `running_server`."""
    return running_server


@pytest.fixture(scope="session")
def server_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the shared bot keeps its databases."""
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="session")
def allowed_origin() -> str:
    """The origin, on another site than the bot's, that may embed the widget of the shared bot."""
    return f"http://localhost:{free_port()}"


@pytest.fixture(scope="session")
def metrics_port() -> int:
    """Where the shared bot serves its metrics."""
    return free_port()


@pytest.fixture(scope="session")
def server(server_folder: Path, allowed_origin: str, metrics_port: int) -> Iterator[str]:
    """The address of one running bot, shared by the tests that only talk with it."""
    with running_server(
        server_folder,
        BACKCHAT_REGION="US",
        BACKCHAT_ALLOWED_ORIGINS=allowed_origin,
        BACKCHAT_METRICS_PORT=str(metrics_port),
        BACKCHAT_LOG_FORMAT="json",
    ) as address:
        yield address


@pytest.fixture(scope="session")
def chat_url(server: str) -> str:
    """The address of the chat page."""
    return f"{server}/chat"


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgresql.PostgreSQL]:
    """A PostgreSQL server of the tests' own; without one they fail, they are never skipped."""
    with postgresql.running() as server:
        yield server
