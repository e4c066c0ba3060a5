"""The shipped knowledge, and a copy of its files that a test may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from backchat.knowledge import Knowledge, KnowledgeError, load
from backchat.knowledge.loader import DIRECTORY


@dataclass(frozen=True)
class Workshop:
    """A copy of the knowledge directory."""

    directory: Path

    def edit(self, file: str, old: str, new: str) -> int:
        """Replace the first ``old`` in a file and return the line, from 1, where it stood."""
        path = self.directory / file
        text = path.read_text(encoding="utf-8")
        before, found, after = text.partition(old)
        assert found, f"{old!r} is not in {file}"
        path.write_text(before + new + after, encoding="utf-8")
        return before.count("\n") + 1

    def line_of(self, file: str, text: str) -> int:
        """Return the line, from 1, where ``text`` first stands in a file."""
        before, found, _ = (self.directory / file).read_text(encoding="utf-8").partition(text)
        assert found == text, f"{text!r} is not in {file}"
        return before.count("\n") + 1

    def error(self) -> KnowledgeError:
        """Load the copy, which must fail, and return the error."""
        with pytest.raises(KnowledgeError) as caught:
            load(self.directory)
        return caught.value


@pytest.fixture
def workshop(tmp_path: Path) -> Workshop:
    """Return a copy of the shipped files."""
    for path in DIRECTORY.glob("*.yml"):
        shutil.copy(path, tmp_path)
    shutil.copytree(DIRECTORY / "drawings", tmp_path / "drawings")
    return Workshop(tmp_path)


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return the shipped knowledge."""
    return load()
