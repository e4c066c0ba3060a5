"""Trains the statistical reader: one-vs-rest logistic regression, then what its scores mean.

All that is random is seeded, so that the same knowledge always gives the same model.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backchat.knowledge import Knowledge
from backchat.language.doubt.calibration import levels
from backchat.language.doubt.examples import Example, read_examples
from backchat.language.doubt.features import BUCKETS, features, passages
from backchat.language.doubt.generation import grammar_examples, variations
from backchat.language.doubt.model import Doubt, Floats, Levels

Integers = NDArray[np.int64]
Progress = Callable[[str], None]

_SEED = 20
_EPOCHS = 5
_BATCH = 32
_STEP = 1.5
_FIRST_STEP_DAMPING = 0.01
_FOLDS = 3
_UNCALIBRATED = Levels(suspected=0.0, sure=0.0, dismissed=0.0)


def train(knowledge: Knowledge, progress: Progress | None = None) -> Doubt:
    """Train on the written examples and on what the grammar can say; takes some ten seconds.

    Args:
        knowledge: Where examples, grammar and rules come from.
        progress: Told in words what is being done.

    Raises:
        KnowledgeError: An example file is wrong.
    """
    written = read_examples(knowledge.directory, [rule.id for rule in knowledge.rulebook.rules])
    spoken = grammar_examples(knowledge, _SEED)
    return train_on(written, spoken, progress)


def train_on(
    written: Sequence[Example], spoken: Sequence[Example], progress: Progress | None = None
) -> Doubt:
    """Train on examples, choosing levels on written ones that the scoring model had not seen.

    Args:
        written: Examples to learn from and to calibrate on; some must be harmless.
        spoken: Examples to learn from only.
        progress: Told in words what is being done.
    """
    say = progress or (lambda _: None)
    rules = tuple(sorted({rule for example in (*written, *spoken) for rule in example.rules}))
    fold_of = np.random.default_rng(_SEED).permutation(len(written)) % _FOLDS
    harmless: list[float] = []
    alarming: list[float] = []
    for fold in range(_FOLDS):
        say(f"Calibrating the statistical reader: {fold + 1} of {_FOLDS}")
        folded = list(zip(written, fold_of, strict=True))
        doubt = _fit([example for example, of in folded if of != fold], spoken, rules)
        for example in (example for example, of in folded if of == fold):
            scores = doubt.scores(example.text)
            if example.rules:
                alarming.extend(float(scores[rules.index(rule)]) for rule in example.rules)
            else:
                harmless.append(float(scores.max()))
    say("Training the statistical reader")
    chosen = levels(np.array(harmless, np.float32), np.array(alarming, np.float32))
    return _fit(written, spoken, rules).with_levels(chosen)


def _fit(written: Sequence[Example], spoken: Sequence[Example], rules: tuple[str, ...]) -> Doubt:
    examples = [*written, *variations(written, _SEED), *spoken]
    weights, bias = _regress(_rows(examples), _targets(examples, rules), _importance(examples))
    return Doubt(
        rules=rules,
        weights=(weights[:, 1:] - weights[:, :1]).astype(np.float16).astype(np.float32),
        bias=bias[1:] - bias[:1],
        levels=_UNCALIBRATED,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    numbers: Integers
    values: Floats


def _rows(examples: Sequence[Example]) -> list[_Row]:
    return [_row(example.text) for example in examples]


def _row(text: str) -> _Row:
    numbers: list[int] = []
    values: list[float] = []
    for passage in passages(text):
        more_numbers, more_values = features(passage)
        numbers.extend(more_numbers)
        values.extend(more_values)
    return _Row(np.array(numbers, dtype=np.int64), np.array(values, dtype=np.float32))


def _targets(examples: Sequence[Example], rules: tuple[str, ...]) -> Floats:
    """Return one row per example: whether it is harmless, then whether each rule applies."""
    column = {rule: 1 + i for i, rule in enumerate(rules)}
    targets = np.zeros((len(examples), 1 + len(rules)), dtype=np.float32)
    for row, example in zip(targets, examples, strict=True):
        row[[column[rule] for rule in example.rules] or [0]] = 1
    return targets


def _importance(examples: Sequence[Example]) -> Floats:
    return np.array([example.weight for example in examples], dtype=np.float32)


def _regress(rows: Sequence[_Row], targets: Floats, importance: Floats) -> tuple[Floats, Floats]:
    """Fit logistic regressions for all columns of ``targets`` by AdaGrad.

    Returns:
        Weights of shape ``(BUCKETS, columns)`` and the bias per column.
    """
    columns = targets.shape[1]
    weights = np.zeros((BUCKETS, columns), dtype=np.float32)
    bias = np.zeros(columns, dtype=np.float32)
    weight_squares = np.full_like(weights, _FIRST_STEP_DAMPING)
    bias_squares = np.full_like(bias, _FIRST_STEP_DAMPING)
    rng = np.random.default_rng(_SEED)
    order = rng.permutation(len(rows))
    batches = [_batch(rows, order[i : i + _BATCH]) for i in range(0, len(rows), _BATCH)]
    for _ in range(_EPOCHS):
        for i in rng.permutation(len(batches)):
            batch = batches[i]
            inputs = batch.dense()
            chances = _logistic(inputs @ weights[batch.used] + bias)
            errors = (chances - targets[batch.members]) * importance[batch.members, None]
            errors /= len(batch.members)
            slope = inputs.T @ errors
            squares = weight_squares[batch.used] + slope**2
            weight_squares[batch.used] = squares
            weights[batch.used] -= _STEP * slope / np.sqrt(squares)
            bias_slope = errors.sum(axis=0)
            bias_squares += bias_slope**2
            bias -= _STEP * bias_slope / np.sqrt(bias_squares)
    return weights, bias


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some rows, with only the features that occur in them.

    Attributes:
        members: Numbers of the rows.
        used: Numbers of their features.
        cells: Where the dense matrix of rows and features is not zero.
        values: What it holds there.
    """

    members: Integers
    used: Integers
    cells: Integers
    values: Floats

    def dense(self) -> Floats:
        """Return the matrix, of shape ``(len(members), len(used))``."""
        flat = np.zeros(len(self.members) * len(self.used), dtype=np.float32)
        flat[self.cells] = self.values
        return flat.reshape(len(self.members), len(self.used))


def _batch(rows: Sequence[_Row], members: Integers) -> _Batch:
    numbers = np.concatenate([rows[i].numbers for i in members])
    values = np.concatenate([rows[i].values for i in members])
    owners = np.repeat(np.arange(len(members)), [len(rows[i].numbers) for i in members])
    used, columns = np.unique(numbers, return_inverse=True)
    cells, places = np.unique(owners * len(used) + columns, return_inverse=True)
    return _Batch(members, used, cells, np.bincount(places, values).astype(np.float32))


def _logistic(scores: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return chances
