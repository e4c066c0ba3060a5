from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from visiting import Records, Visitor

from backchat.records.engine import open_engine


@pytest.fixture(scope="session")
def records(server: str, server_folder: Path) -> Iterator[Records]:
    """The log of the shared bot."""
    engine = open_engine(f"sqlite:///{server_folder}/records.sqlite3")
    yield Records(engine)
    engine.dispose()


@pytest.fixture
def visitor(server: str) -> Visitor:
    """A new visitor from the US."""
    return Visitor(server)
