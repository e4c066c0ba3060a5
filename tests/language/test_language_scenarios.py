"""The acceptance scenarios of the clinical facts, told to the consultation turn by turn."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from backchat.clinical import contract
from backchat.clinical.episode import Episode
from backchat.consultation import Consultation, shared

SCENARIOS = json.loads(
    (Path(__file__).parents[1] / "scenarios" / "scenarios.json").read_text("utf-8")
)


@pytest.fixture(scope="module")
def consultation() -> Consultation:
    return shared()


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["id"])
def test_a_scenario_ends_at_its_level_for_its_reasons(
    scenario: dict[str, Any], consultation: Consultation
) -> None:
    now = datetime.fromisoformat(scenario["now"])
    episode = Episode()
    for turn in scenario["turns"]:
        heard = consultation.hear(episode, turn, now=now, timezone=scenario["timezone"])
        episode = heard.episode
    result = contract.to_dict(episode, heard.assessment, now)
    assert result["level"] == scenario["expected"]
    assert set(scenario["rules"]) <= set(result["rules"])
    assert scenario.get("timeframe") in (None, result["timeframe"])
    assert scenario.get("borderline") in (None, result["borderline"])
