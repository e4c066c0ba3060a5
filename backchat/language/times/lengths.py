"""Lengths of time in hours."""

from __future__ import annotations

DAY = 24.0
TWO_DAYS = 2 * DAY
WEEK = 7 * DAY
FORTNIGHT = 2 * WEEK
MONTH = 30 * DAY
TWO_MONTHS = 2 * MONTH
YEAR = 365 * DAY
HOURS = {
    "minute": 1 / 60,
    "hour": 1.0,
    "day": DAY,
    "night": DAY,
    "morning": DAY,
    "evening": DAY,
    "sleep": DAY,
    "week": WEEK,
    "weekend": WEEK,
    "fortnight": FORTNIGHT,
    "month": MONTH,
    "year": YEAR,
    "decade": 10 * YEAR,
}
"""The hours from one to the next of each unit that people count in."""
