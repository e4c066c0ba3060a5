"""Onsets and whole messages that nothing is tuned on, by writers who had seen nothing of ours."""

from __future__ import annotations

from language_cases import NOW, outcome, read, rows

from backchat.clinical.levels import Level

ONSETS = rows("durations_blind")
MESSAGES = rows("messages_blind")
TWO_DAYS = 48


def side_of_two_days(text: str) -> str:
    """Return yes, no, ask, or none where no onset is read."""
    onset = read(text).onset
    if onset is None:
        return "none"
    low, high = onset.hours_before(NOW)
    return "no" if high <= TWO_DAYS else "yes" if low >= TWO_DAYS else "ask"


def share_read_as(verdict: str, *sides: str) -> float:
    texts = [row["text"] for row in ONSETS if row["verdict"] == verdict]
    return sum(side_of_two_days(text) in sides for text in texts) / len(texts)


def test_what_is_not_put_on_its_side_of_two_days_is_asked() -> None:
    assert share_read_as("yes", "yes") >= 0.7
    assert share_read_as("no", "no") >= 0.7
    assert share_read_as("yes", "no") <= 0.06
    assert share_read_as("no", "yes") <= 0.03


def test_where_no_onset_is_told_hardly_any_is_read() -> None:
    assert share_read_as("none", "none") >= 0.88


def test_hardly_any_message_gets_a_level_that_is_too_low_without_a_question() -> None:
    too_low = [
        row["id"]
        for row in MESSAGES
        if (found := outcome(row["text"])).level is not None
        and found.level < Level[row["level"]]
        and not found.asks
    ]
    assert len(too_low) <= 0.03 * len(MESSAGES)
