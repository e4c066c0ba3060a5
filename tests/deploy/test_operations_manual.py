"""The manual names commands, files and sections that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from backchat.cli import _COMMANDS

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def anchors(text: str) -> set[str]:
    """The anchors that a heading gets."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("command", sorted(set(re.findall(r"backchat ([a-z][a-z-]+)", MANUAL))))
def test_a_command_that_it_names_exists(command: str) -> None:
    assert command in _COMMANDS


@pytest.mark.parametrize("text", [MANUAL, SECURITY], ids=["operations", "security"])
def test_links_lead_somewhere(text: str) -> None:
    folder = ROOT / "docs" if text is MANUAL else ROOT
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        there = (folder / file).read_text(encoding="utf-8") if file else text
        assert not anchor or anchor in anchors(there), target


@pytest.mark.parametrize("text", [MANUAL, SECURITY], ids=["operations", "security"])
def test_files_that_it_names_exist(text: str) -> None:
    for name in re.findall(r"`((?:deploy|tests|docs|backchat)/[\w./-]+)`", text):
        assert (ROOT / name).exists(), name
