"""The metrics of one process, in the registry that `exposition` serves.

No label holds anything of a person: channels, levels, rule ids and names of loggers only.
"""

from __future__ import annotations

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
)

disable_created_metrics()
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)

TURNS = Counter(
    "backchat_turns",
    "Turns that ended: answered, failed (the safety gate completed them) or cancelled.",
    ["channel", "outcome"],
    registry=REGISTRY,
)
TURN_SECONDS = Histogram(
    "backchat_turn_seconds",
    "From taking a message into its turn to its answer, the wait for earlier turns included.",
    ["channel"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
    registry=REGISTRY,
)
TURNS_IN_PROGRESS = Gauge(
    "backchat_turns_in_progress",
    "Turns that run or wait for earlier ones.",
    registry=REGISTRY,
)
ALARMS = Counter(
    "backchat_alarms",
    "Messages in which the safety gate heard a new red flag.",
    ["channel"],
    registry=REGISTRY,
)
ASSESSMENTS = Counter(
    "backchat_assessments",
    "Assessments by level, one for each turn that ran; none where nothing could be said yet.",
    ["level"],
    registry=REGISTRY,
)
RULES = Counter(
    "backchat_rules",
    "Assessments in which a rule stands.",
    ["rule"],
    registry=REGISTRY,
)
FALLBACKS = Counter(
    "backchat_fallbacks",
    "Messages of which the bot said that it had not understood them.",
    registry=REGISTRY,
)
CHECK_INS = Counter(
    "backchat_check_ins",
    "Check-ins that came due: said, postponed into waking hours, dropped or failed.",
    ["outcome"],
    registry=REGISTRY,
)
LOG_RECORDS = Counter(
    "backchat_log_records",
    "Warnings and errors in the process log, by the part of the program that wrote them.",
    ["level", "logger"],
    registry=REGISTRY,
)
