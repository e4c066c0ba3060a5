from __future__ import annotations

from collections.abc import Callable

import pytest

from backchat.assistant.observability.metrics import REGISTRY

Counted = Callable[..., float]


@pytest.fixture
def counted() -> Counted:
    """Says by how much a metric has risen since the test began."""
    before = {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in REGISTRY.collect()
        for sample in family.samples
    }

    def risen(name: str, **labels: str) -> float:
        now = REGISTRY.get_sample_value(name, labels) or 0
        return now - before.get((name, *sorted(labels.items())), 0)

    return risen
