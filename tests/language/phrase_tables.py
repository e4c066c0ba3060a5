"""Tables of phrases: one ``label | words`` a line, ``#`` opens a comment."""

from __future__ import annotations

from pathlib import Path

DATA = Path(__file__).parent / "data"


def cases(name: str) -> list[tuple[str, str]]:
    """Return the (label, words) pairs of a table."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split("|", 1) for line in lines if line.strip() and not line.startswith("#"))
    return [(label.strip(), words.strip()) for label, words in pairs]
