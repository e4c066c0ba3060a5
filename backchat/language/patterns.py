"""The notation in which the lexicon writes how people say things.

===================  ==============================================================================
``numb``             the word
``leak/v``           the word and its verb forms: leaks, leaked, leaking
``shoulder/n``       the word and its plural
``@saddle``          any phrase of the class ``saddle``
``(no|zero|@lost)``  any of these; a choice may hold several words: ``(no longer|not any more)``
``really?``          may be missing
``^`` ``$``          the beginning and the end of a clause
``a b``              b follows a; only small words ("the", "really", "is") may stand between
``a .. b``           b follows within six words, same clause
``a ... b``          b follows within twelve words, same sentence
``a .. b? c``        without b: c follows a within six words
``a & b``            in either order, same clause
``a && b``           in either order, same sentence
``a &&& b``          anywhere in the message
``!a``               only if its clauses do not also say a
``!!a``              only if the message does not also say a
``++a``              only if the message also says a, which is no part of the match
===================  ==============================================================================

A hyphen between words is left out here as in messages: "co - codamol" is "co codamol".
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from backchat.language.brackets import NotationError, split_choices, split_words

_JOINS = {"&": 1, "&&": 2, "&&&": 3}
START = "^"
END = "$"


class Gap(IntEnum):
    """How far apart two steps of a sequence may stand."""

    NEXT = 0
    NEAR = 6
    FAR = 12


class Reach(IntEnum):
    """How far apart two parts of a pattern may stand."""

    CLAUSE = 1
    SENTENCE = 2
    MESSAGE = 3


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a sequence: a symbol, and how far behind the step before it may stand."""

    symbol: str
    gap: Gap = Gap.NEXT
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """Sequences of steps and how they hang together.

    Attributes:
        parts: Sequences, each of at least one step.
        reaches: How far ``parts[i + 1]`` may stand from ``parts[i]``; one shorter than ``parts``.
        absent: Symbols that must not occur in the same clauses.
        absent_anywhere: Symbols that must not occur in the message.
        present_anywhere: Symbols that must occur in the message.
        choices: What the nameless choices ``(a|b)`` mean: symbol to alternatives.
    """

    parts: tuple[tuple[Step, ...], ...]
    reaches: tuple[Reach, ...]
    absent: tuple[str, ...]
    absent_anywhere: tuple[str, ...]
    present_anywhere: tuple[str, ...]
    choices: dict[str, tuple[str, ...]]

    @property
    def required(self) -> frozenset[str]:
        """Symbols without which this pattern cannot match."""
        return frozenset(self.present_anywhere).union(
            step.symbol
            for part in self.parts
            for step in part
            if not step.optional and step.symbol not in (START, END)
        )


def parse(source: str) -> Pattern:
    """Read a pattern.

    Raises:
        NotationError: The notation is wrong.
    """
    parts: list[tuple[Step, ...]] = []
    reaches: list[Reach] = []
    absent: list[str] = []
    absent_anywhere: list[str] = []
    present_anywhere: list[str] = []
    choices: dict[str, tuple[str, ...]] = {}
    steps: list[Step] = []
    gap = Gap.NEXT
    for word in split_words(source):
        if word == "-":
            continue
        if word in _JOINS:
            parts.append(_sequence(steps, source))
            reaches.append(Reach(_JOINS[word]))
            steps, gap = [], Gap.NEXT
        elif word in ("..", "..."):
            gap = Gap.NEAR if word == ".." else Gap.FAR
        elif word.startswith("!!"):
            absent_anywhere.append(_symbol(word[2:], choices))
        elif word.startswith("++"):
            present_anywhere.append(_symbol(word[2:], choices))
        elif word.startswith("!"):
            absent.append(_symbol(word[1:], choices))
        else:
            optional = len(word) > 1 and word.endswith("?")
            name = word[:-1] if optional else word
            steps.append(Step(_symbol(name, choices), gap, optional))
            gap = Gap.NEXT
    parts.append(_sequence(steps, source))
    return Pattern(
        parts=tuple(parts),
        reaches=tuple(reaches),
        absent=tuple(absent),
        absent_anywhere=tuple(absent_anywhere),
        present_anywhere=tuple(present_anywhere),
        choices=choices,
    )


def _sequence(steps: list[Step], source: str) -> tuple[Step, ...]:
    if all(step.optional or step.symbol in (START, END) for step in steps):
        raise NotationError(f"nothing to look for in a part of '{source}'")
    return tuple(steps)


def _symbol(word: str, choices: dict[str, tuple[str, ...]]) -> str:
    if word in (START, END) or word.startswith("@"):
        return word
    inside = word[1:-1] if word.startswith("(") else word
    choices[word] = tuple(split_choices(inside))
    return word
