"""The shipped drawings."""

from __future__ import annotations

import pytest

from backchat.illustration import Illustrations
from backchat.illustration.stage import Stage
from backchat.knowledge import Knowledge, load

STRETCHES = ("back_rotation", "knee_hug", "childs_pose", "cat_cow", "prone_press_up")


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load()


@pytest.fixture(scope="session")
def illustrations(knowledge: Knowledge) -> Illustrations:
    return Illustrations(knowledge)


@pytest.fixture(params=STRETCHES)
def stretch(request: pytest.FixtureRequest) -> str:
    """Each stretch in turn."""
    return str(request.param)


@pytest.fixture
def stage(knowledge: Knowledge, stretch: str) -> Stage:
    return Stage(knowledge.body, knowledge.drawings[stretch])
