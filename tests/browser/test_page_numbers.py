"""The emergency numbers written into the page: they hold without scripts and without a server."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[2]
NUMBER = re.compile(
    r'data-region="(?P<code>\w+)"><span>(?P<name>[^<]+)</span> '
    r'<a href="tel:(?P<dialled>\d+)">(?P<shown>\d+)</a>'
)


def test_the_numbers_on_the_page_are_those_of_the_knowledge() -> None:
    page = (ROOT / "backchat/web/index.html").read_text(encoding="utf-8")
    regions = yaml.safe_load((ROOT / "backchat/knowledge/regions.yml").read_text(encoding="utf-8"))

    on_page = {match["code"]: match.groupdict() for match in NUMBER.finditer(page)}

    assert {code: (row["name"], row["dialled"], row["shown"]) for code, row in on_page.items()} == {
        region["code"]: (
            region["name"],
            region["emergency"]["number"],
            region["emergency"]["number"],
        )
        for region in regions["regions"]
    }
