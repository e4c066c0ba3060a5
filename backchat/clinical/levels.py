"""How urgent an answer is."""

from __future__ import annotations

from enum import Enum, IntEnum


class Level(IntEnum):
    """Urgency of an assessment; the larger number is the more urgent one."""

    SELF_CARE = 0
    SEE_PROVIDER = 1
    URGENT_SAME_DAY = 2
    EMERGENCY_NOW = 3


class Timeframe(Enum):
    """When to see a provider: within 24 to 48 hours, or within about a week."""

    SOON = "soon"
    ROUTINE = "routine"
