"""The trained statistical reader: one weight per feature and rule, one threshold per rule."""

from __future__ import annotations

import os
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from backchat.language.doubt.features import BUCKETS, Passage, pair_numbers, passages, word_features

Floats = NDArray[np.float32]

_FORMAT = 1
_MOST_WORDS = 20_000
_CLOSE = 3.0
"""How far below the likeliest rule of a passage another may score and still be suspected."""


class ModelError(ValueError):
    """A model file that cannot be used; the message says why."""


class Doubt:
    """Suspects rules in messages; safe to share between threads.

    Args:
        rules: The rule ids that can be suspected.
        weights: Per feature and rule; shape ``(BUCKETS, len(rules))``.
        bias: Per rule.
        thresholds: Per rule, the score from which on it is suspected.
    """

    def __init__(
        self, rules: tuple[str, ...], weights: Floats, bias: Floats, thresholds: Floats
    ) -> None:
        """Take over the arrays; nothing is copied."""
        if weights.shape != (BUCKETS, len(rules)):
            raise ModelError(f"weights have the shape {weights.shape}")
        if bias.shape != (len(rules),) or thresholds.shape != (len(rules),):
            raise ModelError("bias and thresholds must have one value per rule")
        self.rules = rules
        self.thresholds = thresholds
        self._weights = weights
        self._bias = bias
        self._words: dict[str, Floats] = {}

    def suspects(self, text: str, margin: float = 0.0) -> tuple[str, ...]:
        """Return the rules that the message makes one suspect, in order of id; never raises.

        Where a passage would make one suspect several rules, only the likeliest count: one doubt
        is one question.

        Args:
            text: The message.
            margin: How much surer than usual to be, in log-odds.
        """
        scores = self._scores(text)
        likeliest = scores >= scores.max(axis=1, keepdims=True) - _CLOSE
        suspected = (likeliest & (scores >= self.thresholds + margin)).any(axis=0)
        return tuple(self.rules[i] for i in np.flatnonzero(suspected))

    def scores(self, text: str) -> Floats:
        """Return per rule the highest score of any passage; -inf where there are no words."""
        highest: Floats = self._scores(text).max(axis=0, initial=-np.inf)
        return highest

    def with_thresholds(self, thresholds: Floats) -> Doubt:
        """Return the same reader with other thresholds."""
        return Doubt(self.rules, self._weights, self._bias, thresholds)

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
                thresholds=self.thresholds,
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
        except (BadZipFile, EOFError, KeyError, ValueError) as error:
            raise ModelError(f"{path.name} is not a model: {error}") from error

    @classmethod
    def _from(cls, file: Any) -> Doubt:
        if int(file["format"]) != _FORMAT:
            raise ModelError(f"format {file['format']}, expected {_FORMAT}")
        return cls(
            rules=tuple(str(rule) for rule in file["rules"]),
            weights=file["weights"].astype(np.float32),
            bias=file["bias"],
            thresholds=file["thresholds"],
        )

    def _scores(self, text: str) -> Floats:
        """Return the scores of every sentence and every two in a row; one row each."""
        sentences = [self._sum(passage) for passage in passages(text)]
        pairs = [one + other for one, other in pairwise(sentences)]
        rows = np.array([*sentences, *pairs], dtype=np.float32).reshape(-1, len(self.rules))
        scores: Floats = rows + self._bias
        return scores

    def _sum(self, passage: Passage) -> Floats:
        words = [self._word(word) for word in passage]
        total: Floats = self._weights[pair_numbers(passage)].sum(axis=0) + np.sum(words, axis=0)
        return total

    def _word(self, word: str) -> Floats:
        known = self._words.get(word)
        if known is None:
            numbers, weights = word_features(word)
            known = np.array(weights, dtype=np.float32) @ self._weights[list(numbers)]
            if len(self._words) >= _MOST_WORDS:
                self._words.clear()
            self._words[word] = known
        return known
