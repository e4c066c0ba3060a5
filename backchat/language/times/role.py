"""What a time of a message can tell, and how plainly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from backchat.language.times.mention import Mention


class Role(Enum):
    """What a mentioned time tells."""

    PAIN = "pain"  # the pain began then
    WORKOUT = "workout"  # the exertion was then
    RETURN = "return"  # the pain came back then
    FREE = "free"  # there was no pain then, or for so long
    FUTURE = "future"  # it lies ahead
    EVENT = "event"  # something else happened then
    NONE = "none"


class Weight(IntEnum):
    """How plainly the words say it."""

    NONE = 0
    ASSUMED = 1  # nothing speaks of anything else
    STATED = 2  # next to words of pain
    BEGAN = 3  # "it started", "I tweaked it"


@dataclass(frozen=True, slots=True)
class TimeInRole:
    """A time of the message and what it tells."""

    mention: Mention
    role: Role
    weight: Weight = Weight.NONE
