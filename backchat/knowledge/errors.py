"""What a knowledge file can do wrong."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class KnowledgeError(ValueError):
    """A knowledge file is wrong: ``file:line: what is wrong; did you mean X?``.

    Attributes:
        file: Path of the file below the knowledge directory, with forward slashes.
        line: Line of the mistake, from 1.
        problem: What is wrong, without the place.
        suggestion: What was probably meant, or None.
    """

    def __init__(self, file: str, line: int, problem: str, suggestion: str | None = None) -> None:
        """Describe one mistake and where it stands."""
        self.file = file
        self.line = line
        self.problem = problem
        self.suggestion = suggestion
        hint = f"; did you mean '{suggestion}'?" if suggestion else ""
        super().__init__(f"{file}:{line}: {problem}{hint}")


def closest(word: str, allowed: Iterable[str]) -> str | None:
    """Return the allowed word most like ``word``, or None where nothing is close."""
    matches = get_close_matches(word, list(allowed), n=1)
    return matches[0] if matches else None
