"""The few concept ids that the engine knows by name; all others only occur in the rule book."""

from __future__ import annotations

BACK_PAIN = "back_pain"
MINOR = "minor"
PREGNANT = "pregnant"
WORKOUT = "workout"
WORSENING = "worsening"
IMPROVING = "improving"

BACK_SYMPTOMS = frozenset(
    {
        BACK_PAIN,
        "soreness",
        "stiffness",
        "spasm",
        "sudden_pain",
        "sudden_severe_pain",
        "severe_pain",
        "cannot_function",
        "not_settling",
        "pain_out_of_proportion",
        "focal_spine_pain",
        "bone_pain_on_impact",
        "pop_or_snap_felt",
        "bone_crack",
        "sharp_shooting",
        "radiating_leg",
        "radiating_other",
        "limited_movement",
        "constant_pain",
        "night_pain",
        "extension_pain",
        "morning_stiffness_long",
        WORSENING,
        IMPROVING,
    }
)
"""Concepts that say by themselves that a back hurts."""
