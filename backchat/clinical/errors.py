"""What can go wrong in this package.

::

    ClinicalError
    ├── EpisodeFormatError          a stored episode cannot be read
    └── ProgressionError            the 10 % rule cannot be applied
        ├── NotAnAmount             not a number, negative or beyond all measure
        ├── NothingToBuildOn        the current amount is zero
        ├── UnknownUnit             no increment is known for the unit
        └── GoalNotAhead            the goal is not above the current amount

All of them are ``ValueError`` as well: the caller passed a value that has no answer.
"""

from __future__ import annotations


class ClinicalError(ValueError):
    """Base of all errors of this package."""


class EpisodeFormatError(ClinicalError):
    """A stored episode has an unknown version, or a key or value that does not belong there."""


class ProgressionError(ClinicalError):
    """The 10 % rule cannot be applied."""


class NotAnAmount(ProgressionError):
    """The amount is not a number, negative or beyond all measure."""


class NothingToBuildOn(ProgressionError):
    """The current amount is zero: start with a short, easy session instead."""


class UnknownUnit(ProgressionError):
    """No increment is known for this unit or equipment."""


class GoalNotAhead(ProgressionError):
    """The goal is not above the current amount."""
