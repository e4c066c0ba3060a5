"""Reads ``training.yml``: the 10% rule, the traffic light and the graded return to training."""

from __future__ import annotations

from dataclasses import dataclass

from backchat.knowledge.entries import WordedExclusion
from backchat.knowledge.vocabulary import Vocabulary
from backchat.knowledge.yaml_source import Node


@dataclass(frozen=True, slots=True)
class Increment:
    """The smallest practical change of a load: ``step`` in ``unit`` with ``equipment``.

    ``words`` name the unit in a reply.
    """

    equipment: str
    unit: str
    words: str
    step: float


@dataclass(frozen=True, slots=True)
class TenPercentRule:
    """The article's rule of thumb for adding load.

    Attributes:
        percent: Most to add at a time.
        caution: What it cannot promise.
        increments: What a new load is rounded down to.
        sources: Source keys.
    """

    percent: int
    caution: str
    increments: tuple[Increment, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Light:
    """A colour of the traffic light for a range of pain scores, 0 to 10."""

    colour: str
    pain: tuple[int, int]
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the graded return.

    Attributes:
        id: ``calm`` and so on.
        name: Its plain name.
        what: What to do.
        move_on_when: When the next step is due, or None for the last.
        sources: Source keys.
    """

    id: str
    name: str
    what: str
    move_on_when: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepBack:
    """When to go one step back, and after how many such steps to see a provider."""

    words: str
    provider_after: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Training:
    """Going back to training.

    Attributes:
        ten_percent_rule: How much to add.
        traffic_light: What pain during a session means, covering 0 to 10 without a gap.
        graded_return: Steps, in order.
        step_back: When to go back.
        clearance_first_when: Reasons to be cleared by a clinician first.
    """

    ten_percent_rule: TenPercentRule
    traffic_light: tuple[Light, ...]
    graded_return: tuple[Step, ...]
    step_back: StepBack
    clearance_first_when: tuple[WordedExclusion, ...]

    def __post_init__(self) -> None:
        """Refuse a traffic light that leaves a score out or names it twice."""
        scores = [score for light in self.traffic_light for score in _inclusive(light.pain)]
        if scores != list(range(11)):
            raise ValueError("'traffic_light' must cover the scores 0 to 10 once, in order")


def _inclusive(ends: tuple[int, int]) -> range:
    return range(ends[0], ends[1] + 1)


def read_training(node: Node, vocabulary: Vocabulary) -> Training:
    """Read the whole file."""
    return vocabulary.schema(Training).read(node)
