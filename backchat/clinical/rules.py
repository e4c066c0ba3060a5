"""The shape of the rule book: conditions, rules and screening questions.

The contents come from YAML files that a physical therapist can edit; ``conditions`` evaluates the
conditions, ``triage`` applies the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from backchat.clinical.levels import Level, Timeframe
from backchat.clinical.reading import Trend

CLARIFY = "clarify:"
SCREEN = "screen:"


@dataclass(frozen=True, slots=True)
class Concept:
    """Holds when the person reports the concept ``id``."""

    id: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Holds when at least ``count`` parts hold."""

    count: int
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AgeBelow:
    """Holds when the age is known and below ``years``."""

    years: int


@dataclass(frozen=True, slots=True)
class AgeAtLeast:
    """Holds when the age is known and ``years`` or more."""

    years: int


@dataclass(frozen=True, slots=True)
class PainAtLeast:
    """Holds when the pain score (0 to 10) is known and ``score`` or more."""

    score: int


@dataclass(frozen=True, slots=True)
class PainAtMost:
    """Holds when the pain score (0 to 10) is known and ``score`` or less."""

    score: int


@dataclass(frozen=True, slots=True)
class OverHours:
    """Holds when the pain has certainly lasted longer than ``hours``."""

    hours: int


@dataclass(frozen=True, slots=True)
class WithinHours:
    """Holds when the pain has certainly lasted ``hours`` or less."""

    hours: int


@dataclass(frozen=True, slots=True)
class TrendIs:
    """Holds when the trend is known and is ``trend``."""

    trend: Trend


@dataclass(frozen=True, slots=True)
class WorseWith:
    """Holds when the person names ``movement`` as what makes the pain worse."""

    movement: str


Condition = (
    Concept
    | AllOf
    | AnyOf
    | AtLeast
    | AgeBelow
    | AgeAtLeast
    | PainAtLeast
    | PainAtMost
    | OverHours
    | WithinHours
    | TrendIs
    | WorseWith
)


@dataclass(frozen=True, slots=True)
class LevelChange:
    """Another level of a rule, and the condition under which it counts."""

    to: Level
    when: Condition


@dataclass(frozen=True)
class Rule:
    """One red flag or article symptom.

    Attributes:
        id: Public and stable, such as ``RF01_SADDLE``.
        name: A plain name.
        level: The level it sets when it fires.
        timeframe: How soon, for rules whose level is ``SEE_PROVIDER``; else None.
        when: What fires it.
        ask_when: What makes one clarifying question necessary, or None.
        unless: What keeps it from firing although ``when`` holds, or None.
        raised: Higher levels and when; the highest that holds counts.
        lowered: Lower levels and when; counts only if no raise holds.
        clarifies: The concept that "yes" to its clarifying question confirms; None where no
            question is asked.
        reason: Plain words that explain it to the person.
        sources: Source ids.
    """

    id: str
    name: str
    level: Level
    timeframe: Timeframe | None
    when: Condition
    ask_when: Condition | None
    unless: Condition | None
    raised: tuple[LevelChange, ...]
    lowered: tuple[LevelChange, ...]
    clarifies: str | None
    reason: str
    sources: tuple[str, ...]

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Concepts that can make the rule fire or ask (not those that only change its level)."""
        conditions = [each for each in (self.when, self.ask_when) if each is not None]
        return self.clarified.union(*(concepts_of(each) for each in conditions))

    @cached_property
    def rests_on_words(self) -> bool:
        """True if it neither fires nor asks unless one of its ``concepts`` was affirmed."""
        return _needs_concept(self.when) and (
            self.ask_when is None or _needs_concept(self.ask_when)
        )

    @cached_property
    def sufficient(self) -> frozenset[str]:
        """Concepts each of which fires the rule alone, and the one it clarifies."""
        return _sufficient(self.when) | self.clarified

    @property
    def clarified(self) -> frozenset[str]:
        """``clarifies`` as a set: empty where no question is asked."""
        return frozenset() if self.clarifies is None else frozenset({self.clarifies})

    @cached_property
    def question(self) -> str:
        """Id of its clarifying question."""
        return f"{CLARIFY}{self.id}"

    @property
    def is_red_flag(self) -> bool:
        """True for a red flag (RF), False for a symptom of the source article (SS)."""
        return self.id.startswith("RF")

    @property
    def is_of_duration(self) -> bool:
        """True if it depends on nothing but how long the pain has lasted."""
        return isinstance(self.when, OverHours)


@dataclass(frozen=True, slots=True)
class ScreeningQuestion:
    """One of the ten screening questions.

    Attributes:
        number: 1 to 10; the smaller the more dangerous.
        group: Questions of one group are asked together.
        rules: Ids of the rules it covers, most dangerous first.
        key: It counts as answered once each of these concepts has been spoken of.
        concepts: Concepts that become absent on "no".
        asks_age: True if it asks for the age as well.
    """

    number: int
    group: int
    rules: tuple[str, ...]
    key: tuple[str, ...]
    concepts: tuple[str, ...]
    asks_age: bool = False

    @property
    def id(self) -> str:
        """Question id, ``screen:<number>``."""
        return f"{SCREEN}{self.number}"


@dataclass(frozen=True)
class RuleBook:
    """All rules, most dangerous first, and the screening questions in asking order.

    Attributes:
        rules: In the order in which clarifying questions of one level are asked.
        screening: By number.
        version: Hash of the knowledge files, recorded with every assessment.
    """

    rules: tuple[Rule, ...]
    screening: tuple[ScreeningQuestion, ...]
    version: str

    @cached_property
    def by_id(self) -> dict[str, Rule]:
        """Rules by id."""
        return {rule.id: rule for rule in self.rules}

    @cached_property
    def screening_by_id(self) -> dict[str, ScreeningQuestion]:
        """Screening questions by question id."""
        return {question.id: question for question in self.screening}

    @cached_property
    def by_danger(self) -> tuple[Rule, ...]:
        """Rules by falling level; within a level in the order of the book."""
        return tuple(sorted(self.rules, key=lambda rule: -rule.level))

    def clarified_by(self, question: str) -> Rule | None:
        """Return the rule whose clarifying question has this id, or None."""
        if not question.startswith(CLARIFY):
            return None
        return self.by_id.get(question.removeprefix(CLARIFY))


def concepts_of(condition: Condition) -> frozenset[str]:
    """Return every concept id that the condition names."""
    match condition:
        case Concept(concept):
            return frozenset({concept})
        case AllOf(parts) | AnyOf(parts) | AtLeast(_, parts):
            return frozenset().union(*(concepts_of(part) for part in parts))
        case _:
            return frozenset()


def _sufficient(condition: Condition) -> frozenset[str]:
    match condition:
        case Concept(concept):
            return frozenset({concept})
        case AnyOf(parts) | AtLeast(1, parts) | AllOf((_,) as parts):
            return frozenset().union(*(_sufficient(part) for part in parts))
        case _:
            return frozenset()


def _needs_concept(condition: Condition) -> bool:
    """Whether the condition can hold only together with one of its concepts."""
    match condition:
        case Concept():
            return True
        case AllOf(parts):
            return any(_needs_concept(part) for part in parts)
        case AnyOf(parts):
            return all(_needs_concept(part) for part in parts)
        case AtLeast(count, parts):
            return sum(not _needs_concept(part) for part in parts) < count
        case _:
            return False
