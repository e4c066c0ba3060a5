"""Loads the knowledge directory: every file, checked, or one error that names file and line."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from backchat.clinical.catalogue import Catalogue, Cause, Remedy, Tip
from backchat.clinical.rules import RuleBook
from backchat.knowledge import self_care
from backchat.knowledge.entries import (
    EveryMedicine,
    EveryStretch,
    MedicineEntry,
    SafetyNet,
    StretchEntry,
    ThermalEntry,
)
from backchat.knowledge.poses import Body, Drawing, read_body, read_drawings
from backchat.knowledge.regions import Regions, read_regions
from backchat.knowledge.rulebook import read_rulebook
from backchat.knowledge.training import Training, read_training
from backchat.knowledge.vocabulary import Source, read_vocabulary
from backchat.knowledge.yaml_source import Node, parse

DIRECTORY = Path(__file__).parent
"""Where the product's own knowledge files are."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything the knowledge files say.

    Attributes:
        directory: Where the files are; the language room reads ``lexicon`` there.
        version: Hash of all files, recorded with every assessment.
        concepts: Concepts by id, with their meaning.
        sources: Sources by key.
        rulebook: Rules and screening questions.
        causes: The seven causes.
        remedies: The four remedies.
        stretches: The five stretches.
        every_stretch: What holds for every stretch.
        body: The figure that the drawings show.
        drawings: The drawing of each stretch, by its id.
        prevention: The six tips and the one on being mindful.
        medicines: The three medicines.
        every_medicine: What holds for every medicine.
        thermal: Ice and heat.
        safety_net: When to get emergency help after all.
        training: Going back to training.
        regions: Which number to call where.
    """

    directory: Path
    version: str
    concepts: dict[str, str]
    sources: dict[str, Source]
    rulebook: RuleBook
    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    stretches: tuple[StretchEntry, ...]
    every_stretch: EveryStretch
    body: Body
    drawings: dict[str, Drawing]
    prevention: tuple[Tip, ...]
    medicines: tuple[MedicineEntry, ...]
    every_medicine: EveryMedicine
    thermal: tuple[ThermalEntry, ...]
    safety_net: SafetyNet
    training: Training
    regions: Regions

    @property
    def catalogue(self) -> Catalogue:
        """What a plan chooses from."""
        return Catalogue(
            causes=self.causes,
            remedies=self.remedies,
            stretches=self.stretches,
            prevention=self.prevention,
            medicines=self.medicines,
            thermal=self.thermal,
        )


def load(directory: Path | None = None) -> Knowledge:
    """Read and check every knowledge file; costs tens of milliseconds, so keep the result.

    Raises:
        KnowledgeError: A file is missing or wrong.
    """
    root = DIRECTORY if directory is None else directory

    def file(name: str) -> Node:
        return parse(root / f"{name}.yml", root)

    version = version_of(root)
    vocabulary = read_vocabulary(file("concepts"), file("sources"))
    regions = read_regions(file("regions"), vocabulary)
    prevention = self_care.read_prevention(file("prevention"), vocabulary)
    stretches = self_care.read_stretches(file("stretches"), vocabulary)
    medicines = self_care.read_medicines(file("medicines"), vocabulary, regions)
    return Knowledge(
        directory=root,
        version=version,
        concepts=vocabulary.concepts,
        sources=vocabulary.sources,
        rulebook=read_rulebook(file("rules"), file("screening"), vocabulary, version),
        causes=self_care.read_causes(file("causes"), vocabulary, prevention),
        remedies=self_care.read_remedies(file("remedies"), vocabulary),
        stretches=stretches.stretches,
        every_stretch=stretches.every_stretch,
        body=read_body(root),
        drawings=read_drawings(root, [stretch.id for stretch in stretches.stretches]),
        prevention=prevention,
        medicines=medicines.medicines,
        every_medicine=medicines.every_medicine,
        thermal=self_care.read_thermal(file("thermal"), vocabulary),
        safety_net=self_care.read_safety_net(file("safety_net"), vocabulary),
        training=read_training(file("training"), vocabulary),
        regions=regions,
    )


def version_of(root: Path) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 over all names and contents."""
    digest = sha256()
    for path in sorted(root.rglob("*.yml")):
        for part in (path.relative_to(root).as_posix().encode(), path.read_bytes()):
            digest.update(len(part).to_bytes(8, "big"))
            digest.update(part)
    return digest.hexdigest()[:12]
