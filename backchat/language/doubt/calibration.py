"""Chooses what scores of the statistical reader mean."""

from __future__ import annotations

import numpy as np

from backchat.language.doubt.model import Floats, Levels

SUSPECTED_AMONG_HARMLESS = 0.04
"""The share of harmless messages that may make one suspect anything at all."""

SURE_AMONG_HARMLESS = 0.015
"""The share of harmless messages that it may be sure of all the same."""

DISMISSED_AMONG_ALARMING = 0.025
"""The share of messages with a sign that it may take for harmless."""


def levels(harmless: Floats, alarming: Floats) -> Levels:
    """Return the levels that keep to the shares above.

    Scores are log-odds against a harmless meaning, so that those of different rules compare and
    one level serves them all. Levels by rule, each from its own share, were tried: with a few
    thousand harmless messages they follow single messages, and find less.

    Args:
        harmless: The highest score of each harmless message that the scoring model had not seen.
            There must be at least one.
        alarming: The score for its rule of each other message that it had not seen.
    """
    return Levels(
        suspected=_above_all_but(harmless, SUSPECTED_AMONG_HARMLESS),
        sure=_above_all_but(harmless, SURE_AMONG_HARMLESS),
        dismissed=_below_all_but(alarming, DISMISSED_AMONG_ALARMING),
    )


def _above_all_but(scores: Floats, share: float) -> float:
    allowed = min(int(share * len(scores)), len(scores) - 1)
    return float(np.nextafter(np.sort(scores)[-1 - allowed], np.float32(np.inf)))


def _below_all_but(scores: Floats, share: float) -> float:
    if not len(scores):
        return -np.inf
    return float(np.sort(scores)[int(share * len(scores))])
