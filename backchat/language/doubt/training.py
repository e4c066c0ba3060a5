"""Trains the statistical reader: one-vs-rest logistic regression, then what its scores mean.

All that is random is seeded, so that the same knowledge always gives the same model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from backchat.knowledge import Knowledge
from backchat.language.doubt.calibration import levels
from backchat.language.doubt.examples import Example, read_examples
from backchat.language.doubt.features import BUCKETS, features, passages
from backchat.language.doubt.generation import grammar_examples, variations
from backchat.language.doubt.model import Doubt, Floats, Levels

Integers = NDArray[np.int64]
Progress = Callable[[str], None]

_SEED = 20
_EPOCHS = 4
_BATCH = 32
_STEP = 1.5
_FIRST_STEP_DAMPING = 0.01
_HELD_OUT = 1 / 3
"""The share of the written examples on which the meaning of scores is chosen."""
_UNCALIBRATED = Levels(suspected=0.0, sure=0.0, dismissed=0.0)


def train(knowledge: Knowledge, progress: Progress | None = None) -> Doubt:
    """Train on the written examples and on what the grammar can say; takes half a minute.

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
    is_held_out = np.random.default_rng(_SEED).random(len(written)) < _HELD_OUT
    held_out = [example for example, is_out in zip(written, is_held_out, strict=True) if is_out]
    others = [example for example, is_out in zip(written, is_held_out, strict=True) if not is_out]
    learnt = _material(rules, others, variations(others, _SEED), spoken)
    say("Calibrating the statistical reader")
    chosen = _levels(_fit(learnt, rules), held_out)
    say("Training the statistical reader")
    everything = learnt + _material(rules, held_out, variations(held_out, _SEED))
    return _fit(everything, rules).with_levels(chosen)


def _levels(doubt: Doubt, unseen: Sequence[Example]) -> Levels:
    harmless: list[float] = []
    alarming: list[float] = []
    for example in unseen:
        scores = doubt.scores(example.text)
        if example.rules:
            alarming.extend(float(scores[doubt.rules.index(rule)]) for rule in example.rules)
        else:
            harmless.append(float(scores.max()))
    return levels(np.array(harmless, np.float32), np.array(alarming, np.float32))


def _fit(material: Material, rules: tuple[str, ...]) -> Doubt:
    weights, bias = _regress(material)
    return Doubt(
        rules=rules,
        weights=(weights[:, 1:] - weights[:, :1]).astype(np.float16).astype(np.float32),
        bias=bias[1:] - bias[:1],
        levels=_UNCALIBRATED,
    )


@dataclass(frozen=True, slots=True)
class Material:
    """Examples as numbers, one row each.

    Attributes:
        features: The numbers of each row's features; a number may occur repeatedly.
        values: Their values.
        targets: Whether it is harmless, then whether each rule applies.
        importance: How much it counts.
    """

    features: list[Integers]
    values: list[Floats]
    targets: Floats
    importance: Floats

    def __add__(self, other: Material) -> Material:
        return Material(
            self.features + other.features,
            self.values + other.values,
            np.vstack([self.targets, other.targets]),
            np.concatenate([self.importance, other.importance]),
        )


def _material(rules: tuple[str, ...], *examples: Iterable[Example]) -> Material:
    flat = list(chain.from_iterable(examples))
    rows = [_row(example.text) for example in flat]
    return Material(
        features=[numbers for numbers, _ in rows],
        values=[values for _, values in rows],
        targets=_targets(flat, rules),
        importance=np.array([example.weight for example in flat], dtype=np.float32),
    )


def _row(text: str) -> tuple[Integers, Floats]:
    numbers: list[int] = []
    values: list[float] = []
    for passage in passages(text):
        more_numbers, more_values = features(passage)
        numbers.extend(more_numbers)
        values.extend(more_values)
    return np.array(numbers, dtype=np.int64), np.array(values, dtype=np.float32)


def _targets(examples: Sequence[Example], rules: tuple[str, ...]) -> Floats:
    """Return one row per example: whether it is harmless, then whether each rule applies."""
    column = {rule: 1 + i for i, rule in enumerate(rules)}
    targets = np.zeros((len(examples), 1 + len(rules)), dtype=np.float32)
    for row, example in zip(targets, examples, strict=True):
        row[[column[rule] for rule in example.rules] or [0]] = 1
    return targets


def _regress(material: Material) -> tuple[Floats, Floats]:
    """Fit logistic regressions for all columns of the targets by AdaGrad.

    Returns:
        Weights of shape ``(BUCKETS, columns)`` and the bias per column.
    """
    columns = material.targets.shape[1]
    weights = np.zeros((BUCKETS, columns), dtype=np.float32)
    bias = np.zeros(columns, dtype=np.float32)
    weight_squares = np.full_like(weights, _FIRST_STEP_DAMPING)
    bias_squares = np.full_like(bias, _FIRST_STEP_DAMPING)
    rng = np.random.default_rng(_SEED)
    batches = list(_batches(material, rng))
    for _ in range(_EPOCHS):
        for i in rng.permutation(len(batches)):
            batch = batches[i]
            chosen = weights[batch.used]
            chances = _logistic(batch.inputs @ chosen + bias)
            errors = (chances - batch.targets) * batch.importance
            slope = batch.transposed @ errors
            squares = weight_squares[batch.used] + slope**2
            weight_squares[batch.used] = squares
            weights[batch.used] = chosen - _STEP * slope / np.sqrt(squares)
            bias_slope = errors.sum(axis=0)
            bias_squares += bias_slope**2
            bias -= _STEP * bias_slope / np.sqrt(bias_squares)
    return weights, bias


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some rows, with only the features that occur in them.

    Attributes:
        used: Numbers of their features.
        inputs: Their values; shape ``(rows, len(used))``.
        transposed: The same the other way round.
        targets: As in `Material`.
        importance: Likewise, as a column, and divided by the number of rows.
    """

    used: Integers
    inputs: csr_matrix
    transposed: csr_matrix
    targets: Floats
    importance: Floats


def _batches(material: Material, rng: np.random.Generator) -> Iterator[_Batch]:
    order = rng.permutation(len(material.features))
    for first in range(0, len(order), _BATCH):
        members = order[first : first + _BATCH]
        numbers = [material.features[i] for i in members]
        used, columns = np.unique(np.concatenate(numbers), return_inverse=True)
        ends = np.cumsum([0, *map(len, numbers)])
        values = np.concatenate([material.values[i] for i in members])
        inputs = csr_matrix((values, columns, ends), shape=(len(members), len(used)))
        yield _Batch(
            used=used,
            inputs=inputs,
            transposed=inputs.T.tocsr(),
            targets=material.targets[members],
            importance=material.importance[members, None] / len(members),
        )


def _logistic(scores: Floats) -> Floats:
    chances: Floats = 1 / (1 + np.exp(-np.clip(scores, -30, 30)))
    return chances
