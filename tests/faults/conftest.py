from __future__ import annotations

import pytest
from outcomes import Outcomes


@pytest.fixture
def outcomes(request: pytest.FixtureRequest) -> Outcomes:
    """Takes down what was tried, for the table at the end."""
    return Outcomes("Faults", request)
