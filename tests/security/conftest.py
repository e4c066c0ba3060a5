from __future__ import annotations

from collections.abc import Iterator

import pytest
import target as target_module
from outcomes import Outcomes
from target import Target


@pytest.fixture
def attacks(request: pytest.FixtureRequest) -> Outcomes:
    """Takes down what was tried; printed as a table at the end of the run."""
    return Outcomes("Attacks", request)


@pytest.fixture(scope="session")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """A bot on the web, Telegram and Slack that may be attacked."""
    with target_module.running(tmp_path_factory.mktemp("target")) as target:
        yield target
