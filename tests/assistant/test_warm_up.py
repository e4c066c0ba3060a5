"""What is loaded at the start is ready for the first message, and never searched for garbage."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from backchat.assistant import warm_up
from backchat.consultation import Consultation


@pytest.fixture(autouse=True)
def garbage_collection() -> Iterator[None]:
    gc.enable()
    yield
    gc.unfreeze()
    gc.enable()


def test_nothing_is_collected_while_everything_is_loaded() -> None:
    warm_up.begin()
    assert not gc.isenabled()


def test_the_first_message_waits_for_nothing_and_old_memory_is_left_alone() -> None:
    warm_up.begin()
    consultation = Consultation()
    warm_up.finish(consultation)
    assert "reader" in vars(consultation)
    assert gc.isenabled()
    assert gc.get_freeze_count() > 100_000
