"""Times in a message: when the pain began and which way it is going."""

from backchat.language.times.onset import OnsetReading, read_onset
from backchat.language.times.trend import read_trend

__all__ = ["OnsetReading", "read_onset", "read_trend"]
