"""How many bytes are installed, and what stock Rasa would install besides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from benchmarks.report import ROOT

STOCK_EXTRA = "spacy"
STOCK_PYTHON = "3.10"
"""The newest Python that Rasa's own metadata allow."""
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)


@dataclass(frozen=True)
class Installation:
    """What is installed to serve Backchat.

    Attributes:
        packages: How many Python packages.
        megabytes: Their files and those of the page's packages, in millions of bytes; without what
            Python compiles for itself.
        tensorflow_megabytes: The part of it that is TensorFlow.
        missing: What ``rasa[spacy]`` names and is not installed.
    """

    packages: int
    megabytes: float
    tensorflow_megabytes: float
    missing: tuple[str, ...]


def measure() -> Installation:
    """Add up the files of the packages of ``requirements.lock``, as their records list them."""
    names = _PINNED.findall((ROOT / "requirements.lock").read_text("utf-8"))
    packages = [found for name in names if (found := _installed(name)) is not None]
    of_page = sum(_size(path) for path in (ROOT / "node_modules").rglob("*"))
    return Installation(
        packages=len(packages),
        megabytes=(of_page + sum(map(_bytes, packages))) / 1e6,
        tensorflow_megabytes=_bytes(distribution("tensorflow-cpu")) / 1e6,
        missing=tuple(sorted(_missing(requires("rasa") or ()))),
    )


def _bytes(package: Distribution) -> int:
    return sum(
        _size(Path(str(file.locate())))
        for file in package.files or ()
        if "__pycache__" not in file.parts
    )


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() and not path.is_symlink() else 0


def _missing(requirements: Iterable[str]) -> set[str]:
    stock = {"extra": STOCK_EXTRA, "python_version": STOCK_PYTHON}
    wanted = [Requirement(each) for each in requirements]
    return {
        canonicalize_name(each.name)
        for each in wanted
        if (each.marker is None or each.marker.evaluate(stock)) and _installed(each.name) is None
    }


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None
