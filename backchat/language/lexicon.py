"""What the lexicon is once loaded: phrases by class, and wordings of concepts and circumstances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from backchat.language.patterns import Pattern
from backchat.language.phrasebook import Phrasebook, Words


class Sense(Enum):
    """What it means that a wording of a concept is found, from the one that wins a draw."""

    NEVER = "never"
    """Sounds like it and is not."""
    NORMAL = "normal"
    """Says that all is well: absent."""
    LOSS = "loss"
    """Present; its own "can't" or "no" belongs to the symptom."""
    ASK = "ask"
    """May mean it: unsure."""
    SYMPTOM = "symptom"
    """Present, or absent under a "no"."""
    HINT = "hint"
    """Too vague to mean it, too close to pass over: unsure, and only where nothing else is read."""


class Circumstance(Enum):
    """What else wordings can tell besides concepts."""

    CAUSES = "causes"
    ACTIVITIES = "activities"
    AGGRAVATORS = "aggravators"
    SIDES = "sides"
    TOPICS = "topics"


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which people say something.

    Attributes:
        label: The concept, cause, activity, aggravator, side or topic it stands for.
        sense: What it means for the concept.
        pattern: The words.
        source: ``file:line`` of the pattern.
    """

    label: str
    sense: Sense
    pattern: Pattern
    source: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything the files hold, compiled.

    Attributes:
        phrasebook: Looks up classes, choices and single words of the patterns.
        common: Symbols that stand for some small word, so that nearly every message has them.
        vocabulary: Every word that some phrase or pattern contains.
        spellings: Words replaced before reading, and by what.
        concepts: How concepts are said.
        idioms: Figures of speech, whose words mean nothing else.
        circumstances: How causes, activities and the like are said.
        implies: Concept to the concepts that come with it.
        suggests: Concept to the concepts that may come with it.
        lasting: Concepts that are conditions rather than symptoms.
        permanent: Conditions that do not end: one that was "years ago" is still there.
    """

    phrasebook: Phrasebook
    common: frozenset[str]
    vocabulary: frozenset[str]
    spellings: Mapping[str, Words]
    concepts: tuple[Wording, ...]
    idioms: tuple[Wording, ...]
    circumstances: Mapping[Circumstance, tuple[Wording, ...]]
    implies: Mapping[str, tuple[str, ...]]
    suggests: Mapping[str, tuple[str, ...]]
    lasting: frozenset[str]
    permanent: frozenset[str]
