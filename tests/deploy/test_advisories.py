"""SECURITY.md speaks of the versions that are pinned, and of nothing that is not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
LISTED = re.findall(r"`([a-z][\w-]+)` (\d[\w.]+)", SECURITY)


def pinned() -> dict[str, str]:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    of_python = dict(re.findall(r"^([\w.-]+)==([^ ;]+)", lock, re.MULTILINE))
    of_page = {name.rpartition("/")[2]: each["version"] for name, each in packages.items()}
    return of_page | of_python


@pytest.mark.parametrize(("package", "version"), LISTED)
def test_an_advisory_is_about_the_version_that_is_pinned(package: str, version: str) -> None:
    assert pinned()[package] == version


def test_every_row_says_what_it_means_and_what_is_done() -> None:
    table = SECURITY[SECURITY.index("| package |") :].splitlines()
    rows = [line for line in table if line.startswith("| `")]

    assert len(rows) >= 15
    for row in rows:
        assert len([cell for cell in row.strip("|").split("|") if cell.strip()]) == 4, row


@pytest.mark.parametrize("package", ["dnspython", "jsonpickle", "pymongo", "keras", "tensorflow"])
def test_what_is_called_unused_is_not_imported_by_us(package: str) -> None:
    module = {"dnspython": "dns"}.get(package, package)
    imports = re.compile(rf"^\s*(?:import|from) {module}\b", re.MULTILINE)
    for folder in ("backchat", "actions"):
        for file in (ROOT / folder).rglob("*.py"):
            assert not imports.search(file.read_text(encoding="utf-8")), file
