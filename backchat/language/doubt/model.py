"""The trained statistical reader: one weight per feature and rule."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from backchat.language.doubt.features import BUCKETS, Passage, pair_numbers, passages, word_features

Floats = NDArray[np.float32]

_FORMAT = 2
_MOST_WORDS = 20_000
_LONGEST_RUN = 4
"""How many parts of a sentence are judged together at most, besides the whole sentence."""
_CLOSE = 3.0
"""How far below the likeliest rule of a passage another may score and still be suspected."""


class ModelError(ValueError):
    """A model file that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What a score means, in log-odds against a harmless message.

    Attributes:
        suspected: From here on a rule is suspected.
        sure: From here on hardly any message is harmless.
        dismissed: Below this hardly any message with the sign is found.
    """

    suspected: float
    sure: float
    dismissed: float


class Opinion:
    """What the statistical reader makes of one message.

    Args:
        rules: The rule ids that it knows.
        scores: Per part of the message and rule; shape ``(parts, len(rules))``.
        levels: What they mean.
    """

    def __init__(self, rules: tuple[str, ...], scores: Floats, levels: Levels) -> None:
        """Take over the scores."""
        self._rules = rules
        self._scores = scores
        self._levels = levels

    def suspects(self, margin: float = 0.0) -> tuple[str, ...]:
        """Return the rules that the message makes one suspect, in order of id.

        Args:
            margin: How much surer than usual to be.
        """
        return self._from(self._levels.suspected + margin, close=_CLOSE)

    def is_sure_of(self, margin: float = 0.0) -> tuple[str, ...]:
        """Return the rules that it takes a part of the message for, in order of id.

        The more parts a message has, the likelier is a high score by chance, and the surer it has
        to be.

        Args:
            margin: How much surer than usual to be.
        """
        chances = float(np.log(max(1, len(self._scores))))
        return self._from(self._levels.sure + margin + chances, close=0.0)

    def prefers(self, rule: str, others: Collection[str], margin: float) -> bool:
        """Whether it takes the message rather for one rule than for any of the others.

        Args:
            rule: A rule that it knows.
            others: Rules; those that it does not know do not count.
            margin: How far the rule's highest score has to be above theirs.
        """
        highest = dict(zip(self._rules, self._scores.max(axis=0, initial=-np.inf), strict=True))
        rivals = [highest[other] for other in others if other in highest]
        return bool(highest[rule] >= max(rivals, default=-np.inf) + margin)

    def dismisses(self, rule: str) -> bool:
        """Whether it knows the rule and takes every part of the message for harmless."""
        if rule not in self._rules:
            return False
        own = self._scores[:, self._rules.index(rule)]
        return bool((own < self._levels.dismissed).all())

    def _from(self, level: float, *, close: float) -> tuple[str, ...]:
        """Return the rules that reach a level.

        Where a part would reach it for several rules, only the likeliest and those close to it
        count: one doubt is one question.
        """
        likeliest = self._scores >= self._scores.max(axis=1, keepdims=True) - close
        reached = (likeliest & (self._scores >= level)).any(axis=0)
        return tuple(self._rules[i] for i in np.flatnonzero(reached))


class Doubt:
    """Has an opinion on messages; safe to share between threads.

    Args:
        rules: The rule ids that it knows.
        weights: Per feature and rule; shape ``(BUCKETS, len(rules))``.
        bias: Per rule.
        levels: What scores mean.
    """

    def __init__(
        self, rules: tuple[str, ...], weights: Floats, bias: Floats, levels: Levels
    ) -> None:
        """Take over the arrays; nothing is copied."""
        if weights.shape != (BUCKETS, len(rules)):
            raise ModelError(f"weights have the shape {weights.shape}")
        if bias.shape != (len(rules),):
            raise ModelError("bias must have one value per rule")
        self.rules = rules
        self.levels = levels
        self._weights = weights
        self._bias = bias
        self._words: dict[str, Floats] = {}

    def opinion(self, text: str) -> Opinion:
        """Return what it makes of a message; never raises."""
        return Opinion(self.rules, self._scores(text), self.levels)

    def suspects(self, text: str) -> tuple[str, ...]:
        """Return the rules that the message makes one suspect, in order of id; never raises."""
        return self.opinion(text).suspects()

    def scores(self, text: str) -> Floats:
        """Return per rule the highest score of any part; -inf where there are no words."""
        highest: Floats = self._scores(text).max(axis=0, initial=-np.inf)
        return highest

    def with_levels(self, levels: Levels) -> Doubt:
        """Return the same reader with other levels."""
        return Doubt(self.rules, self._weights, self._bias, levels)

    def save(self, path: Path) -> None:
        """Write the model, all at once, so that no reader ever sees half of it.

        Raises:
            OSError: The file cannot be written.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        with draft.open("wb") as file:
            np.savez(
                file,
                format=np.array(_FORMAT),
                rules=np.array(self.rules),
                weights=self._weights.astype(np.float16),
                bias=self._bias,
                levels=np.array(astuple(self.levels)),
            )
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> Doubt:
        """Read a model.

        Raises:
            FileNotFoundError: There is none.
            ModelError: The file is damaged or of another format.
        """
        try:
            with np.load(path, allow_pickle=False) as file:
                return cls._from(file)
        except (BadZipFile, EOFError, KeyError, TypeError, ValueError) as error:
            raise ModelError(f"{path.name} is not a model: {error}") from error

    @classmethod
    def _from(cls, file: Any) -> Doubt:
        if int(file["format"]) != _FORMAT:
            raise ModelError(f"format {file['format']}, expected {_FORMAT}")
        return cls(
            rules=tuple(str(rule) for rule in file["rules"]),
            weights=file["weights"].astype(np.float32),
            bias=file["bias"],
            levels=Levels(*map(float, file["levels"])),
        )

    def _scores(self, text: str) -> Floats:
        """Return the scores of every part of a sentence, run of parts and two sentences in a row.

        One row each. What is harmless beside a sign, in the same breath, does not outweigh it.
        """
        rows: list[Floats] = []
        before: Floats | None = None
        for passage in passages(text):
            sums = self._cumulative(passage)
            edges = [*passage.parts, len(passage.words)]
            rows.extend(
                sums[end] - sums[start]
                for i, start in enumerate(edges[:-1])
                for end in edges[i + 1 : i + 1 + _LONGEST_RUN]
            )
            whole = sums[-1]
            rows.append(whole)
            if before is not None:
                rows.append(before + whole)
            before = whole
        scores: Floats = np.array(rows, dtype=np.float32).reshape(-1, len(self.rules)) + self._bias
        return scores

    def _cumulative(self, passage: Passage) -> Floats:
        """Return the sums over the first words of a passage: of none, of one, and so on."""
        each = self._weights[pair_numbers(passage.words)]
        each += np.array([self._word(word) for word in passage.words])
        return np.vstack([np.zeros_like(each[:1]), each.cumsum(axis=0)])

    def _word(self, word: str) -> Floats:
        known = self._words.get(word)
        if known is None:
            numbers, weights = word_features(word)
            known = np.array(weights, dtype=np.float32) @ self._weights[list(numbers)]
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[word] = known
        return known
