"""Chooses how sure the statistical reader must be of a rule before it asks about it."""

from __future__ import annotations

import numpy as np

from backchat.language.doubt.model import Floats

FALSE_ALARMS = 0.04
"""The share of harmless messages that may make one suspect anything at all."""


def thresholds(scores: Floats) -> Floats:
    """Return per rule the lowest threshold that keeps to the budget of false alarms.

    Scores are log-odds against a harmless meaning, so that those of different rules compare and
    one level serves them all. Thresholds by rule, each from its own share of the budget, were
    tried: with a few thousand harmless messages they follow single messages, and find less.

    Args:
        scores: Of harmless messages that the scoring model had not seen; one row each, one column
            per rule. There must be at least one.
    """
    highest = np.sort(scores.max(axis=1))
    allowed = min(int(FALSE_ALARMS * len(highest)), len(highest) - 1)
    level = np.nextafter(highest[-1 - allowed], np.float32(np.inf), dtype=np.float32)
    return np.full(scores.shape[1], level, dtype=np.float32)
