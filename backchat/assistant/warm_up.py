"""Getting a server ready for its first message, and its memory out of the garbage collector's way.

What is loaded at the start, some two million objects, lives as long as the process. Python's
collector would look through it again and again: half a second in which nobody is answered.
"""

from __future__ import annotations

import gc

from backchat import clock
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation

_ANY_WORDS = "my lower back is sore since yesterday"


def begin() -> None:
    """Leave garbage alone while everything is loaded."""
    gc.disable()


def finish(consultation: Consultation) -> None:
    """Load what the first message would otherwise wait for, and keep what there is for good."""
    consultation.hear(Episode(), _ANY_WORDS, now=clock.now())
    gc.collect()
    gc.freeze()
    gc.enable()
