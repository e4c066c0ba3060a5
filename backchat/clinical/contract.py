"""The public form of an assessment: what ``backchat assess`` prints and the log keeps."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backchat.clinical.episode import Episode
from backchat.clinical.reading import Topic
from backchat.clinical.triage import Assessment


def to_dict(episode: Episode, assessment: Assessment, now: datetime) -> dict[str, Any]:
    """Return the assessment of an episode as JSON types.

    Hours are before ``now``, rounded to a second; the keys are documented in ``docs``.
    """
    report = episode.report
    level, timeframe, onset = assessment.level, assessment.timeframe, report.onset
    return {
        "level": None if level is None else level.name,
        "timeframe": None if timeframe is None else timeframe.value,
        "borderline": assessment.borderline,
        "rules": [each.rule_id for each in assessment.fired],
        "rule_levels": {each.rule_id: each.level.name for each in assessment.fired},
        "onset_hours": None
        if onset is None
        else [round(hours, 4) for hours in onset.hours_before(now)],
        "trend": None if report.trend is None else report.trend.value,
        "pain": report.pain_now,
        "about": report.about.value,
        "findings": [
            {
                "concept": each.concept,
                "status": each.status.value,
                "text": each.text,
                "turn": each.turn,
                "start": each.start,
                "end": each.end,
            }
            for each in report.findings
        ],
        "causes": list(report.causes),
        "topic": (report.topic or Topic.IN_SCOPE).value,
        "ask": list(assessment.ask),
    }
