"""Reads the self-care files, from causes and remedies to the safety net."""

from __future__ import annotations

from dataclasses import dataclass, replace

from backchat.clinical.catalogue import Cause, Remedy, Tip
from backchat.knowledge.entries import (
    EveryMedicine,
    EveryStretch,
    MedicineEntry,
    SafetyNet,
    StretchEntry,
    ThermalEntry,
)
from backchat.knowledge.regions import Regions
from backchat.knowledge.schema import Names
from backchat.knowledge.vocabulary import Vocabulary
from backchat.knowledge.yaml_source import Node


@dataclass(frozen=True, slots=True)
class Stretches:
    """The content of ``stretches.yml``."""

    every_stretch: EveryStretch
    stretches: tuple[StretchEntry, ...]


@dataclass(frozen=True, slots=True)
class Medicines:
    """The content of ``medicines.yml``."""

    every_medicine: EveryMedicine
    medicines: tuple[MedicineEntry, ...]


def read_prevention(node: Node, vocabulary: Vocabulary) -> tuple[Tip, ...]:
    """Read ``prevention.yml``."""
    return vocabulary.schema(Tip).read_all(node)


def read_causes(node: Node, vocabulary: Vocabulary, tips: tuple[Tip, ...]) -> tuple[Cause, ...]:
    """Read ``causes.yml``, whose causes name the prevention tips that answer them."""
    names = Names("prevention tip", [tip.id for tip in tips])
    return vocabulary.schema(Cause, references={"prevention": names}).read_all(node)


def read_remedies(node: Node, vocabulary: Vocabulary) -> tuple[Remedy, ...]:
    """Read ``remedies.yml``."""
    return vocabulary.schema(Remedy).read_all(node)


def read_stretches(node: Node, vocabulary: Vocabulary) -> Stretches:
    """Read ``stretches.yml``; the reasons of ``every_stretch`` come first in each stretch."""
    parts = node.fields(("every_stretch", "stretches"))
    schema = vocabulary.schema(StretchEntry, optional=("harder",))
    common = vocabulary.schema(EveryStretch).read(parts["every_stretch"])
    return Stretches(
        common,
        tuple(
            replace(stretch, skip_when=common.skip_when + stretch.skip_when)
            for stretch in schema.read_all(parts["stretches"])
        ),
    )


def read_medicines(node: Node, vocabulary: Vocabulary, regions: Regions) -> Medicines:
    """Read ``medicines.yml``, whose labels and names are by region."""
    parts = node.fields(("every_medicine", "medicines"))
    codes = Names("region", [region.code for region in regions.regions])
    schema = vocabulary.schema(
        MedicineEntry,
        references=dict.fromkeys(("labels", "limits", "regional_names"), codes),
        optional=("regional_names",),
    )
    return Medicines(
        vocabulary.schema(EveryMedicine).read(parts["every_medicine"]),
        schema.read_all(parts["medicines"]),
    )


def read_thermal(node: Node, vocabulary: Vocabulary) -> tuple[ThermalEntry, ...]:
    """Read ``thermal.yml``."""
    return vocabulary.schema(ThermalEntry).read_all(node)


def read_safety_net(node: Node, vocabulary: Vocabulary) -> SafetyNet:
    """Read ``safety_net.yml``."""
    return vocabulary.schema(SafetyNet).read(node)
