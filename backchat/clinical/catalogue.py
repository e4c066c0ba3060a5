"""The shape of the self-care catalogue: what a plan can choose from.

Entries carry ids, numbers and conditions; the YAML files under ``knowledge`` fill them.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from backchat.clinical.rules import Condition


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A reason to leave something out.

    Attributes:
        reason: Id of the reason, such as ``pregnancy``.
        when: It applies as soon as this may hold: a finding the person is unsure of counts too.
    """

    reason: str
    when: Condition


class Direction(Enum):
    """The direction in which a stretch moves the back."""

    BENDING = "bending"
    ARCHING = "arching"
    TWISTING = "twisting"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Stretch:
    """One of the five stretches.

    Attributes:
        id: ``back_rotation``, ``knee_hug``, ``childs_pose``, ``cat_cow`` or ``prone_press_up``.
        name: Its plain name.
        other_names: What else people call it.
        steps: What to do, in order.
        repetitions: Fewest and most repetitions (each side, where it has sides).
        hold_seconds: Shortest and longest hold, in seconds.
        sets_per_day: Fewest and most sets a day.
        sides: 2 if done left and right, else 1.
        easier: How to make it easier.
        harder: How to make it harder; empty where no harder version is offered.
        eases_with: The direction in which it moves the back.
        lead_when: It is among the first to try when this holds.
        skip_when: Reasons to leave it out.
        sources: Source ids.
    """

    id: str
    name: str
    other_names: tuple[str, ...]
    steps: tuple[str, ...]
    repetitions: tuple[int, int]
    hold_seconds: tuple[int, int]
    sets_per_day: tuple[int, int]
    sides: int
    easier: str
    harder: str
    eases_with: Direction
    lead_when: Condition
    skip_when: tuple[Exclusion, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Medicine:
    """An over-the-counter medicine.

    Attributes:
        id: ``ibuprofen``, ``naproxen`` or ``acetaminophen``.
        name: Its plain name.
        brands: Brand names and other names.
        nsaid: True for an anti-inflammatory.
        labels: Label facts by region code (``US``, ``GB``); a region that is missing has none.
        ask_first_when: Reasons to show no numbers and send to a pharmacist or doctor first.
        sources: Source ids.
    """

    id: str
    name: str
    brands: tuple[str, ...]
    nsaid: bool
    labels: dict[str, str]
    ask_first_when: tuple[Exclusion, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thermal:
    """Ice or heat.

    Attributes:
        id: ``ice`` or ``heat``.
        name: Its plain name.
        minutes: Shortest and longest time on the skin, in minutes.
        rules: How to use it safely, in plain words.
        lead_when: It is named first when this holds; neither leads where both or none do.
        ask_first_when: Reasons to ask a clinician first.
        sources: Source ids.
    """

    id: str
    name: str
    minutes: tuple[int, int]
    rules: tuple[str, ...]
    lead_when: Condition
    ask_first_when: tuple[Exclusion, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A common cause of a sore back after a workout.

    Attributes:
        id: ``skipped_warmup``, ``overdid_it`` and so on.
        name: Its plain name.
        explanation: Plain words.
        prevention: Ids of the prevention tips that answer it.
        sources: Source ids.
        also: Other cause ids that a message may point to and that it explains too.
    """

    id: str
    name: str
    explanation: str
    prevention: tuple[str, ...]
    sources: tuple[str, ...]
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remedy:
    """One of the remedies.

    Attributes:
        id: ``physical_therapist``, ``keep_moving``, ``ice_or_heat`` or ``otc_medicine``.
        name: Its plain name.
        explanation: Plain words.
        sources: Source ids.
    """

    id: str
    name: str
    explanation: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tip:
    """A prevention tip.

    Attributes:
        id: ``warm_up``, ``build_core`` and so on.
        name: Its plain name.
        explanation: Plain words.
        sources: Source ids.
    """

    id: str
    name: str
    explanation: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything a plan can choose from, in the order in which it is offered."""

    causes: tuple[Cause, ...]
    remedies: tuple[Remedy, ...]
    stretches: tuple[Stretch, ...]
    prevention: tuple[Tip, ...]
    medicines: tuple[Medicine, ...]
    thermal: tuple[Thermal, ...]
