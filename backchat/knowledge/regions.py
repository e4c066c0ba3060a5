"""Reads ``regions.yml``: which number to call where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from backchat.knowledge.vocabulary import Vocabulary
from backchat.knowledge.yaml_source import Node

_BARE_111 = re.compile(r"\b111\b(?! \(in )")


class Trust(Enum):
    """Whether a number was found in a source or is general knowledge still to be checked."""

    LOCATED = "located"
    GENERAL_KNOWLEDGE = "general_knowledge"


@dataclass(frozen=True, slots=True)
class Line:
    """A line to call.

    Attributes:
        words: What a reply says, such as ``NHS 111 (in the UK)``.
        confidence: Where it comes from.
        number: What a phone dials, or None for a service without one number.
        also: Other numbers that reach it.
    """

    words: str
    confidence: Trust
    number: str | None = None
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a bare 111, an emergency number in one country and not in another."""
        if _BARE_111.search(self.words):
            raise ValueError("111 differs by country: write '111 (in ...)'")


@dataclass(frozen=True, slots=True)
class Region:
    """The lines of a country; None where it has no national one.

    Attributes:
        code: ISO 3166 code, or ``EU``.
        name: The country's name.
        emergency: Ambulance.
        urgent_line: Urgent advice that is no emergency.
        poison_line: Poisons and overdoses.
        crisis_line: Thoughts of suicide.
        sources: Source keys.
        also_codes: Other codes that mean it, such as the member states of the union.
    """

    code: str
    name: str
    emergency: Line
    urgent_line: Line | None
    poison_line: Line | None
    crisis_line: Line | None
    sources: tuple[str, ...]
    also_codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Words for a region that nobody named, and for lines that a region lacks."""

    emergency: str
    urgent_line: str
    poison_line: str
    crisis_line: str


@dataclass(frozen=True)
class Regions:
    """All regions, and the words for any other."""

    unknown: Unknown
    regions: tuple[Region, ...]

    @cached_property
    def by_code(self) -> dict[str, Region]:
        """Regions by ISO 3166 code and by the other codes that mean them."""
        regions = {code: region for region in self.regions for code in region.also_codes}
        return regions | {region.code: region for region in self.regions}

    def get(self, code: str | None) -> Region | None:
        """Return the region of a code, in either case, or None for an unknown one."""
        return self.by_code.get((code or "").upper())

    def numbers(self, code: str | None) -> dict[str, str]:
        """Return the words for ``emergency``, ``urgent_line``, ``poison_line`` and ``crisis_line``.

        An unknown region and a missing line give words without a guessed number.
        """
        region = self.get(code)
        words = {}
        for name in ("emergency", "urgent_line", "poison_line", "crisis_line"):
            line: Line | None = getattr(region, name, None)
            words[name] = line.words if line else getattr(self.unknown, name)
        return words


def read_regions(node: Node, vocabulary: Vocabulary) -> Regions:
    """Read ``unknown`` and ``regions``."""
    parts = node.fields(("unknown", "regions"))
    return Regions(
        unknown=vocabulary.schema(Unknown).read(parts["unknown"]),
        regions=vocabulary.schema(Region, unique="code").read_all(parts["regions"]),
    )
