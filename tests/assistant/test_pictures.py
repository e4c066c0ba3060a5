"""Drawings for messengers are made once and kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from backchat.assistant import pictures
from backchat.illustration.illustrations import Illustrations


@pytest.fixture(autouse=True)
def new_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Nothing is remembered, and nothing is kept elsewhere."""
    monkeypatch.setattr(pictures, "FOLDER", tmp_path / "pictures")
    pictures._gif.cache_clear()
    yield
    pictures._gif.cache_clear()


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The stretches that were drawn, in their order."""
    names: list[str] = []

    def draw(_: Illustrations, name: str) -> bytes:
        names.append(name)
        return b"GIF89a " + name.encode()

    monkeypatch.setattr(Illustrations, "gif", draw)
    return names


def test_the_next_process_finds_what_was_drawn(drawn: list[str]) -> None:
    first = pictures.moving("knee_hug")
    pictures._gif.cache_clear()
    assert pictures.moving("knee_hug") == first
    assert drawn == ["knee_hug"]


def test_a_drawing_that_looks_otherwise_is_made_anew(
    drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pictures.moving("knee_hug")
    pictures._gif.cache_clear()
    monkeypatch.setattr(Illustrations, "animated_svg", lambda *_: "<svg>other poses</svg>")
    pictures.moving("knee_hug")
    assert drawn == ["knee_hug", "knee_hug"]


def test_without_a_place_to_keep_it_a_drawing_is_drawn_all_the_same(
    drawn: list[str], tmp_path: Path
) -> None:
    (tmp_path / "pictures").write_text("not a folder")
    assert pictures.moving("knee_hug").startswith(b"GIF89a")


async def test_all_stretches_are_prepared(drawn: list[str]) -> None:
    await pictures.prepare()
    assert set(drawn) == set(pictures._illustrations().names)
    await pictures.prepare()
    assert len(drawn) == len(set(drawn))
