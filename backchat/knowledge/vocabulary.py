"""The names every knowledge file may use: concepts and sources."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum
from types import MappingProxyType
from typing import TypeVar

from backchat.clinical.rules import Condition
from backchat.knowledge.conditions import ConditionReader
from backchat.knowledge.schema import Names, Schema
from backchat.knowledge.yaml_source import Node

T = TypeVar("T")

_DOI = re.compile(r"doi:(10\.\S+?)(?=[;,]|$)")
_PAGE = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}/[^\s;,]+")


class Confidence(Enum):
    """How far a source was read, from the strongest."""

    AUTHORITY = "authority"
    LOCATED = "located"
    ABSTRACT = "abstract"
    EXCERPT = "excerpt"
    REPRODUCTION = "reproduction"
    SECONDARY = "secondary"
    WEAK = "weak"
    UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from.

    Attributes:
        key: ``S0`` and so on; ``GK`` is general knowledge.
        organisation: Who published it.
        title: What it is.
        year: When it was published, or None.
        identifier: DOI, site or other place to find it.
        confidence: How far it was read.
    """

    key: str
    organisation: str
    title: str
    year: int | None
    identifier: str
    confidence: Confidence

    @property
    def url(self) -> str | None:
        """Where to read it: its DOI, or the page that it names first, or None."""
        if doi := _DOI.search(self.identifier):
            return f"https://doi.org/{doi[1]}"
        page = _PAGE.match(self.identifier)
        return f"https://{page[0]}" if page else None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The concepts, by id with their meaning, and the sources, by key."""

    concepts: dict[str, str]
    sources: dict[str, Source]

    def schema(
        self,
        record: type[T],
        *,
        references: Mapping[str, Names] = MappingProxyType({}),
        optional: Collection[str] = (),
        unique: str = "id",
    ) -> Schema[T]:
        """Return the schema of ``record``; ``sources`` and conditions refer to this vocabulary."""
        return Schema(
            record,
            references={"sources": Names("source", self.sources), **references},
            optional=optional,
            readers={Condition: ConditionReader(self.concepts).read},
            unique=unique,
        )

    @property
    def concept_names(self) -> Names:
        """The ids a field that refers to concepts may hold."""
        return Names("concept", self.concepts)


def read_vocabulary(concepts: Node, sources: Node) -> Vocabulary:
    """Read ``concepts.yml`` and ``sources.yml``."""
    listed = Schema(Source, unique="key").read_all(sources)
    return Vocabulary(
        concepts={name: meaning.text() for name, meaning in concepts.entries().items()},
        sources={source.key: source for source in listed},
    )
